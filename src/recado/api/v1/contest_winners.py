"""`/contests/{id}/winners`: who won, and telling them.

What belongs here: routes and shapes. What does not: drawing and taking places away (`contest_draws`), choosing (`contest_entries`).
"""

from datetime import datetime
from typing import Annotated

from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field, Strict

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.campaign_trouble import NO_SENDER, code_of
from recado.api.v1.live_keys import refuse_test_key
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.contests.content import CHOSEN_LATER
from recado.apps.contests.models import Contest, Win
from recado.apps.contests.notifying import LONGEST_TEXT, From, Told, notify_winners, previewed, unknown_in
from recado.apps.contests.queries import all_wins, get_contest_for
from recado.apps.outbox.answers import NotSent
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.senders import NoSenderError, written_sender
from recado.apps.outbox.services import Order
from recado.core.contest import EntryRule

router = Router(tags=["Contests"])
MOST_WINNERS = 20_000
Words = Annotated[Text, Field(max_length=LONGEST_TEXT, description="With {contest}, {place}, {entry}, {first_name} and {last_name}.")]
SenderText = Annotated[Text, Field(max_length=20, pattern=r"\S")]


class WinOut(Schema):
    """Somebody who was drawn, chosen, or won at once."""

    id: int
    draw_id: int | None
    entry_id: int
    phone: str
    place: int = Field(description="1 is the first; of reserves the order in which they move up.")
    round: int = Field(description="0: the draw itself; then the changes of it.")
    is_reserve: bool
    is_void: bool = Field(description="Lost the place; `note` says why.")
    note: str
    notified_at: datetime | None
    won_at: datetime


class TellingWanted(Schema):
    """How winners would be told; what is left out is as the contest has it."""

    text: Words = ""
    sender: SenderText | None = Field(None, description="An approved name or a number of the account; left out: ECO+.")


class TellingIn(Schema):
    """What the preview said: it is sent only if that still holds."""

    model_config = ConfigDict(extra="forbid")
    text: Words = Field("", description="Empty: `notify_text` of the contest.")
    sender: SenderText | None = None
    count: Annotated[int, Strict(), Field(ge=0, le=10**6)]
    cost: Annotated[int, Strict(), Field(ge=0, lt=2**53)]


class ToldOut(Schema):
    """One winner and the text for them."""

    win_id: int
    phone: str
    text: str
    segment_count: int
    cost: int = Field(description="In minor units, net of VAT.")
    code: NotSent | None = Field(description="Why they get nothing; null: they get it.")
    message_id: int | None


class TellingOut(Schema):
    """All winners who were not told before."""

    count: int = Field(description="How many get the text.")
    cost: int
    winners: list[ToldOut]


@router.get(
    "/{contest_id}/winners",
    auth=key(Scope.ACTIVITIES_READ),
    response=list[WinOut],
    operation_id="list_contest_winners",
    summary="List winners of a contest",
)
def list_winners(request: ProgramRequest, contest_id: Path[Id]) -> list[WinOut]:
    """Winners by place, then reserves, then who lost their place; of daily draws the latest day first."""
    return [win_out(one) for one in all_wins(get_contest_for(request.account, contest_id))[:MOST_WINNERS]]


@router.get(
    "/{contest_id}/winners/notify",
    auth=key(Scope.ACTIVITIES_READ),
    response=TellingOut,
    operation_id="preview_contest_telling",
    summary="Show what winners would get",
)
def preview(request: ProgramRequest, contest_id: Path[Id], wanted: Query[TellingWanted]) -> TellingOut:
    """Say who would get what at which cost, and who gets nothing; nothing is sent."""
    found = _decided_later(request, contest_id)
    text = _checked(found, wanted.text, "query.text")
    try:
        leaving = _from(request.account, wanted.sender)
        return _shown(previewed(found, text, leaving, timezone.now(), request.auth))
    except NoSenderError as error:
        raise invalid("query.sender", NO_SENDER[error.reason]) from error


@router.post(
    "/{contest_id}/winners/notify",
    auth=key(Scope.MESSAGES_SEND),
    response={200: TellingOut, 409: ProblemOut},
    operation_id="notify_contest_winners",
    summary="Tell the winners",
)
def notify(request: ProgramRequest, contest_id: Path[Id], body: TellingIn) -> TellingOut:
    """Send to each winner once. Nothing is sent (409 `count-changed`) if count or cost are not those of the preview any more."""
    found = _decided_later(request, contest_id)
    text = _checked(found, body.text, "body.text")
    refuse_test_key(request)
    now = timezone.now()
    try:
        leaving = _from(request.account, body.sender)
        expected = _shown(previewed(found, text, leaving, now, request.auth))
        if (expected.count, expected.cost) != (body.count, body.cost):
            raise conflict("count-changed", "Others would get it now, or it costs something else. Nothing was sent. Look at the preview.")
        told = _shown(notify_winners(found, text, leaving, now, program=request.auth))
    except NoSenderError as error:
        raise conflict(code_of(error.reason), NO_SENDER[error.reason]) from error
    note(request, "contest.winners_told", found.name, found.pk, after={"people": told.count, "cost": told.cost})
    return told


def win_out(win: Win) -> WinOut:
    """Show who won."""
    return WinOut(
        id=win.pk,
        draw_id=win.draw_id,
        entry_id=win.entry_id,
        phone=phone_out(win.msisdn),
        place=win.place,
        round=win.round,
        is_reserve=win.is_reserve,
        is_void=win.is_void,
        note=win.note,
        notified_at=win.notified_at,
        won_at=win.won_at,
    )


def _decided_later(request: ProgramRequest, contest_id: int) -> Contest:
    found = get_contest_for(request.account, contest_id)
    if EntryRule(found.entry_rule) not in CHOSEN_LATER:
        raise conflict("decides-at-once", "Winners of this contest learn it in the reply to their entry.")
    return found


def _checked(contest: Contest, text: str, field: str) -> str:
    text = text.strip() or contest.notify_text.strip()
    if not text:
        raise invalid(field, "must not be empty where the contest has no `notify_text`")
    if missing := unknown_in(text):
        raise invalid(field, f"nothing is filled in for {{{missing[0]}}}")
    return text


def _from(account: Account, sender: str | None) -> From:
    if sender is None:
        return From(Order(kind=SendKind.ECO))
    name, number = written_sender(account, sender)
    return From(Order(sender_name=name), number)


def _shown(told: list[Told]) -> TellingOut:
    winners = [
        ToldOut(
            win_id=one.win.pk,
            phone=phone_out(one.win.msisdn),
            text=one.text,
            segment_count=one.sent.segment_count,
            cost=one.sent.cost,
            code=one.reason,
            message_id=one.sent.message_id,
        )
        for one in told
    ]
    return TellingOut(count=sum(one.code is None for one in winners), cost=sum(one.cost for one in winners), winners=winners)
