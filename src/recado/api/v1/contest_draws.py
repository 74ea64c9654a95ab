"""`/contests/{id}/draws`: freezing the list, promising the seed, drawing, taking places away, the protocol.

What belongs here: routes and shapes. What does not: the steps (`apps.contests.draws`), who won (`contest_winners`).
"""

import json
from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.contest_entries import Reason
from recado.api.v1.contest_trouble import REFUSED, draw_problems
from recado.api.v1.contest_winners import WinOut, win_out
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.contests.draws import LONGEST_BEACON, draw_now, freeze, promise, replace_winners
from recado.apps.contests.errors import DrawRefusal
from recado.apps.contests.models import Draw
from recado.apps.contests.queries import all_wins, draws_of, get_contest_for, get_draw_for, get_win_for
from recado.apps.contests.winning import instant_protocol
from recado.core.contest import EntryRule

router = Router(tags=["Contests"])
MOST_DAYS = 400


class DrawOut(Schema):
    """A draw as far as it is."""

    id: int
    day: str = Field(description="Of daily draws; empty: of the whole contest.")
    list_sha256: str = Field(description="To be published; empty while the list is not frozen.")
    seed_sha256: str = Field(description="To be published; empty while no seed is promised.")
    beacon: str
    frozen_at: datetime
    promised_at: datetime | None
    drawn_at: datetime | None


class DrawIn(Schema):
    """A value nobody could know before."""

    model_config = ConfigDict(extra="forbid")
    beacon: Annotated[Text, Field(max_length=LONGEST_BEACON)] = ""


class ReplaceIn(Schema):
    """Why somebody may not win."""

    model_config = ConfigDict(extra="forbid")
    reason: Reason


class DrawProtocol(Schema):
    """The protocol of a draw, as `recado verify-draw` reads it."""

    model_config = ConfigDict(extra="allow")
    format: str
    contest: str
    entries: list[str]
    list_sha256: str
    seed_sha256: str
    seed: str
    beacon: str
    winners: int
    reserves: int
    order: list[str]
    redraws: list[dict[str, Any]]


class InstantEntry(Schema):
    """One entry that counted."""

    sequence: int
    day: str
    won: bool


class InstantWinProtocol(Schema):
    """The protocol of instant wins, as `recado verify-draw` reads it."""

    format: str
    contest: str
    seed_sha256: str
    seed: str
    odds: int
    cap: int | None
    cap_per_day: int | None
    entries: list[InstantEntry]


@router.get(
    "/{contest_id}/draws",
    auth=key(Scope.ACTIVITIES_READ),
    response=list[DrawOut],
    operation_id="list_contest_draws",
    summary="List draws of a contest",
)
def list_draws(request: ProgramRequest, contest_id: Path[Id]) -> list[DrawOut]:
    """One, or of daily draws one for each day, the latest first."""
    return [_shown(one) for one in draws_of(get_contest_for(request.account, contest_id))[:MOST_DAYS]]


@router.post(
    "/{contest_id}/draws",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={201: DrawOut, 409: ProblemOut},
    operation_id="freeze_contest_list",
    summary="Freeze the list of a contest",
)
@transaction.atomic
def freeze_list(request: ProgramRequest, contest_id: Path[Id]) -> Status[DrawOut]:
    """Take the first step of a draw; it cannot be undone. Publish `list_sha256`."""
    found = get_contest_for(request.account, contest_id)
    with draw_problems():
        made = freeze(found, timezone.now())
    note(request, "contest.list_frozen", found.name, found.pk, after={"list": made.list_sha256})
    return Status(201, _shown(made))


@router.post(
    "/{contest_id}/draws/{draw_id}/promise",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={200: DrawOut, 409: ProblemOut},
    operation_id="promise_contest_seed",
    summary="Promise the seed of a draw",
)
@transaction.atomic
def promise_seed(request: ProgramRequest, contest_id: Path[Id], draw_id: Path[Id]) -> DrawOut:
    """Take the second step; the seed itself is shown in the protocol. Publish `seed_sha256`."""
    found = get_draw_for(request.account, contest_id, draw_id)
    with draw_problems():
        promise(found, timezone.now())
    note(request, "contest.seed_promised", found.contest.name, found.contest_id, after={"seed": found.seed_sha256})
    return _shown(found)


@router.post(
    "/{contest_id}/draws/{draw_id}/draw",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={200: DrawOut, 409: ProblemOut},
    operation_id="draw_contest",
    summary="Draw the winners",
)
@transaction.atomic
def draw_it(request: ProgramRequest, contest_id: Path[Id], draw_id: Path[Id], body: DrawIn) -> DrawOut:
    """Take the last step: winners and reserves are listed under `winners`. Of two calls at once, one draws (409 `drawn-already`)."""
    found = get_draw_for(request.account, contest_id, draw_id)
    with draw_problems():
        draw_now(found, timezone.now(), beacon=body.beacon)
    note(request, "contest.drawn", found.contest.name, found.contest_id, after={"beacon": found.beacon})
    return _shown(found)


@router.get(
    "/{contest_id}/draws/{draw_id}/protocol",
    auth=key(Scope.ACTIVITIES_READ),
    response={200: DrawProtocol, 409: ProblemOut},
    operation_id="get_draw_protocol",
    summary="Show the protocol of a draw",
)
def show_protocol(request: ProgramRequest, contest_id: Path[Id], draw_id: Path[Id]) -> DrawProtocol:
    """Everything needed to run the draw again: `recado verify-draw` does it offline."""
    found = get_draw_for(request.account, contest_id, draw_id)
    if not found.protocol:
        raise conflict("not-drawn-yet", REFUSED[DrawRefusal.NOT_DRAWN_YET])
    return DrawProtocol(**json.loads(found.protocol))


@router.get(
    "/{contest_id}/instant-protocol",
    auth=key(Scope.ACTIVITIES_READ),
    response={200: InstantWinProtocol, 409: ProblemOut},
    operation_id="get_instant_protocol",
    summary="Show the protocol of instant wins",
)
def show_instant(request: ProgramRequest, contest_id: Path[Id]) -> InstantWinProtocol:
    """Show the seed and all entries. Refused (409 `not-decided`) while one can still win, or where nothing is won like this."""
    found = get_contest_for(request.account, contest_id)
    protocol = instant_protocol(found, timezone.now()) if found.entry_rule == EntryRule.INSTANT else None
    if protocol is None:
        raise conflict("not-decided", "The seed is shown when the contest is over and nobody is asked for their age; of `instant` alone.")
    return InstantWinProtocol(**protocol)


@router.post(
    "/{contest_id}/winners/{win_id}/replace",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={200: list[WinOut], 409: ProblemOut},
    operation_id="replace_contest_winner",
    summary="Take a place away",
)
@transaction.atomic
def replace(request: ProgramRequest, contest_id: Path[Id], win_id: Path[Id], body: ReplaceIn) -> list[WinOut]:
    """Let a reserve move up, or where none is left draw another; it is written into the protocol with the reason, for good."""
    win = get_win_for(request.account, contest_id, win_id)
    if win.draw is None:
        raise conflict("no-place", REFUSED[DrawRefusal.NO_PLACE])
    with draw_problems():
        replace_winners(win.draw, [win], body.reason, timezone.now())
    facts = {"entry": str(win.entry_id), "place": win.place, "reason": body.reason}
    note(request, "contest.winner_replaced", win.contest.name, win.contest_id, after=facts)
    return [win_out(one) for one in all_wins(win.contest)]


def _shown(one: Draw) -> DrawOut:
    return DrawOut(
        id=one.pk,
        day=one.day,
        list_sha256=one.list_sha256,
        seed_sha256=one.seed_sha256,
        beacon=one.beacon,
        frozen_at=one.frozen_at,
        promised_at=one.promised_at,
        drawn_at=one.drawn_at,
    )
