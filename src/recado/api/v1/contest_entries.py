"""`/contests/{id}/entries`: what people entered, leaving entries out, choosing winners by hand.

What belongs here: routes and shapes. What does not: the writes (`apps.contests.services`), drawn winners (`contest_draws`).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.contest_trouble import draw_problems
from recado.api.v1.contest_winners import WinOut, win_out
from recado.api.v1.csv_files import CSV_ANSWER, Cell, csv_response
from recado.api.v1.exact import QueryFlag
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, NotBlank, Text, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.contests.lists import public_name
from recado.apps.contests.models import Contest, Entry
from recado.apps.contests.queries import EntryFilter, get_contest_for, get_entry_for, get_win_for, whole_list
from recado.apps.contests.queries import entries_of as found_entries
from recado.apps.contests.services import choose, disqualify, readmit, unchoose
from recado.core.contest import EntryState, Refusal

router = Router(tags=["Contests"])
MOST = 1_000_000
HEADER = (
    *("id", "sequence", "phone", "text", "answer", "state", "reason", "disqualified_reason"),
    *("is_winner", "is_test", "day", "entered_at"),
)
Reason = Annotated[Text, NotBlank, Field(min_length=1, max_length=200, pattern=r"\S")]


class ContestEntryOut(Schema):
    """One text that wanted to take part."""

    id: int
    phone: str
    message_id: int
    text: str
    answer: str = Field(description="What followed the keyword.")
    state: EntryState
    reason: Refusal | None
    disqualified_reason: str
    sequence: int | None = Field(description="1 for the first entry that counts.")
    day: str = Field(description="Of the account's calendar.")
    is_winner: bool = Field(description="Decided at once; who was drawn or chosen is listed under `winners`.")
    is_test: bool
    public_name: str | None = Field(description="What it is called in the published list; null for tests.")
    entered_at: datetime


class ContestEntriesWanted(Schema):
    """Which entries; what is left out does not narrow."""

    state: EntryState | None = None
    reason: Refusal | None = None
    phone: Annotated[str, Field(pattern="^[0-9]{1,15}$")] | None = Field(None, description="A piece of the number.")
    day: Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None = None
    is_winner: QueryFlag | None = Field(None, description="Of whatever kind.")
    is_test: QueryFlag = False

    def for_list(self) -> EntryFilter:
        """Return what is asked for."""
        return EntryFilter(
            state=self.state.value if self.state else "",
            reason=self.reason.value if self.reason else "",
            phone=self.phone or "",
            day=self.day or "",
            is_winner=self.is_winner,
            is_test=self.is_test,
        )


class LeaveOutIn(Schema):
    """Why an entry is left out."""

    model_config = ConfigDict(extra="forbid")
    reason: Reason


class ChooseIn(Schema):
    """What is noted about a choice."""

    model_config = ConfigDict(extra="forbid")
    note: Annotated[Text, Field(max_length=200)] = ""


@router.get(
    "/{contest_id}/entries",
    auth=key(Scope.ACTIVITIES_READ),
    response=Page[ContestEntryOut],
    operation_id="list_contest_entries",
    summary="List entries of a contest",
)
def list_entries(
    request: ProgramRequest, contest_id: Path[Id], paging: PagingQuery, wanted: Query[ContestEntriesWanted]
) -> Page[ContestEntryOut]:
    """Latest first; tests only with `is_test`."""
    found = get_contest_for(request.account, contest_id)
    return newest_first(found_entries(found, wanted.for_list()), paging, lambda one: _shown(found, one))


@router.get(
    "/{contest_id}/entries/export",
    auth=key(Scope.ACTIVITIES_READ),
    operation_id="export_contest_entries",
    summary="Take away the entries of a contest",
    openapi_extra=CSV_ANSWER,
)
def export(request: ProgramRequest, contest_id: Path[Id], wanted: Query[ContestEntriesWanted]) -> HttpResponseBase:
    """Give a CSV file with a row for each entry, the first first."""
    found = get_contest_for(request.account, contest_id)
    return csv_response(f"recado-contest-{found.pk}", HEADER, _rows(whole_list(found, wanted.for_list(), MOST)))


@router.get(
    "/{contest_id}/entries/{entry_id}",
    auth=key(Scope.ACTIVITIES_READ),
    response=ContestEntryOut,
    operation_id="get_contest_entry",
    summary="Show an entry",
)
def show(request: ProgramRequest, contest_id: Path[Id], entry_id: Path[Id]) -> ContestEntryOut:
    """One entry with what became of it."""
    found = get_entry_for(request.account, contest_id, entry_id)
    return _shown(found.contest, found)


@router.post(
    "/{contest_id}/entries/{entry_id}/disqualify",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={200: ContestEntryOut, 409: ProblemOut},
    operation_id="disqualify_contest_entry",
    summary="Leave an entry out",
)
@transaction.atomic
def leave_out(request: ProgramRequest, contest_id: Path[Id], entry_id: Path[Id], body: LeaveOutIn) -> ContestEntryOut:
    """Let it count no more. Refused (409 `no-entry`) where it did not count before. A frozen list stays as it is."""
    found = get_entry_for(request.account, contest_id, entry_id)
    with draw_problems():
        if not disqualify(found, body.reason, None):
            raise conflict("no-entry", "Only an entry that counts can be left out. Look at its `state`.")
    note(request, "contest.entry_left_out", found.contest.name, found.contest_id, after={"entry": str(found.pk), "reason": body.reason})
    return _shown(found.contest, found)


@router.post(
    "/{contest_id}/entries/{entry_id}/readmit",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={200: ContestEntryOut, 409: ProblemOut},
    operation_id="readmit_contest_entry",
    summary="Let an entry count again",
)
@transaction.atomic
def let_back(request: ProgramRequest, contest_id: Path[Id], entry_id: Path[Id]) -> ContestEntryOut:
    """Refused (409 `not-left-out`) where it was not left out."""
    found = get_entry_for(request.account, contest_id, entry_id)
    if not readmit(found):
        raise conflict("not-left-out", "The entry was not left out. Look at its `state`.")
    note(request, "contest.entry_readmitted", found.contest.name, found.contest_id, after={"entry": str(found.pk)})
    return _shown(found.contest, found)


@router.post(
    "/{contest_id}/entries/{entry_id}/choose",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={201: WinOut, 409: ProblemOut},
    operation_id="choose_contest_entry",
    summary="Choose a winner by hand",
)
@transaction.atomic
def choose_it(request: ProgramRequest, contest_id: Path[Id], entry_id: Path[Id], body: ChooseIn) -> Status[WinOut]:
    """For `entry_rule` `jury`; who is chosen beyond `winner_count` is a reserve."""
    found = get_entry_for(request.account, contest_id, entry_id)
    with draw_problems():
        win = choose(found, body.note, timezone.now())
    note(request, "contest.winner_chosen", found.contest.name, found.contest_id, after={"entry": str(found.pk), "place": win.place})
    return Status(201, win_out(win))


@router.post(
    "/{contest_id}/winners/{win_id}/take-back",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={200: WinOut, 409: ProblemOut},
    operation_id="take_back_contest_winner",
    summary="Take back a choice",
)
@transaction.atomic
def take_back(request: ProgramRequest, contest_id: Path[Id], win_id: Path[Id]) -> WinOut:
    """Refused (409 `is-told`) once the person was told, or where the choice was taken back."""
    win = get_win_for(request.account, contest_id, win_id)
    with draw_problems():
        unchoose(win)
    note(request, "contest.winner_taken_back", win.contest.name, win.contest_id, after={"entry": str(win.entry_id)})
    return win_out(get_win_for(request.account, contest_id, win_id))


def _shown(contest: Contest, one: Entry) -> ContestEntryOut:
    return ContestEntryOut(
        id=one.pk,
        phone=phone_out(one.msisdn),
        message_id=one.message_id,
        text=one.text,
        answer=one.answer,
        state=EntryState(one.state),
        reason=Refusal(one.reason) if one.reason else None,
        disqualified_reason=one.disqualified_reason,
        sequence=one.sequence,
        day=one.day,
        is_winner=one.is_winner,
        is_test=one.is_test,
        public_name=None if one.is_test else public_name(contest, one.pk, one.msisdn),
        entered_at=one.entered_at,
    )


def _rows(entries: Iterator[Entry]) -> Iterator[list[Cell]]:
    for one in entries:
        said: list[Cell] = [one.state, one.reason, one.disqualified_reason, str(one.is_winner).lower(), str(one.is_test).lower()]
        yield [one.pk, one.sequence, phone_out(one.msisdn), one.text, one.answer, *said, one.day, one.entered_at]
