"""`/paused-answers`: phones that get no automatic answers for now, because a machine seems to be there, or a day's ceiling is reached.

What belongs here: routes and shapes. What does not: when answers stop (`core.breaker`), reads and the change (`apps.autoresponders.trips`).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, PhoneIn, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.autoresponders.trips import CEILING, get_trip_for, lift, past_trips, phones_named, some_of, trips_in_force
from recado.apps.contacts.phone import for_people
from recado.core.action import TripReason

router = Router(tags=["Autoresponders"])


class PausedWanted(Schema):
    """Which of them."""

    is_over: bool = Field(False, description="The last 20 that are over instead of those in force.")
    phone: PhoneIn | None = None


class PausedAnswer(Schema):
    """Where automatic answers stopped."""

    id: int
    phone: str
    reason: TripReason = Field(description="`ceiling`: it cost what it may cost a day, and answers nobody until midnight.")
    autoresponder_id: int | None
    rule_id: int | None = Field(description="With neither: questions and confirmations.")
    number: str | None
    message_id: int = Field(description="The message that was not answered.")
    stopped_at: datetime
    until: datetime = Field(description="When answers begin again by themselves.")
    resumed_at: datetime | None = Field(description="When somebody let them begin again.")


class AnsweredAgain(Schema):
    """How many phones are answered again."""

    phones: int


@router.get("", auth=key(Scope.KEYWORDS_READ), response=Page[PausedAnswer], operation_id="list_paused_answers", summary="List them")
def list_paused(request: ProgramRequest, paging: PagingQuery, wanted: Query[PausedWanted]) -> Page[PausedAnswer]:
    """Newest first: where automatic answers are stopped now, or were."""
    now = timezone.now()
    if wanted.is_over:
        over = [one for one in past_trips(request.account, now) if wanted.phone in (None, one.msisdn)]
        return Page(items=[_shown(one) for one in over[: paging.limit]], next=None)
    rows = trips_in_force(request.account, now)
    return newest_first(rows.filter(msisdn=wanted.phone) if wanted.phone else rows, paging, _shown)


@router.post(
    "/resume", auth=key(Scope.KEYWORDS_WRITE), response=AnsweredAgain, operation_id="resume_all_answers", summary="Answer all again"
)
@transaction.atomic
def resume_all(request: ProgramRequest) -> AnsweredAgain:
    """Answer all phones again; what a ceiling stopped stays."""
    now = timezone.now()
    stopped = list(trips_in_force(request.account, now))
    if not lift(stopped, now):
        return AnsweredAgain(phones=0)
    phones = phones_named(stopped)
    note(request, "autoresponder.resumed", some_of(phones))
    return AnsweredAgain(phones=len(phones))


@router.post(
    "/{paused_id}/resume",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: AnsweredAgain, 409: ProblemOut},
    operation_id="resume_answers",
    summary="Answer a phone again",
)
@transaction.atomic
def resume_one(request: ProgramRequest, paused_id: Path[Id]) -> AnsweredAgain:
    """Answer one phone again. Refused (409 `ceiling-reached`) where nobody is answered."""
    found = get_trip_for(request.account, paused_id)
    if found.reason == CEILING:
        raise conflict("ceiling-reached", "It answers nobody until midnight. Raise its `daily_ceiling` to let it go on.")
    lifted = lift([found], timezone.now())
    if lifted:
        note(request, "autoresponder.resumed", for_people(found.msisdn))
    return AnsweredAgain(phones=lifted)


def _shown(trip: BreakerTrip) -> PausedAnswer:
    return PausedAnswer(
        id=trip.pk,
        phone=phone_out(trip.msisdn),
        reason=TripReason(trip.reason),
        autoresponder_id=trip.autoresponder_id,
        rule_id=trip.rule_id,
        number=phone_out(trip.number.digits) if trip.number else None,
        message_id=trip.message_id,
        stopped_at=trip.tripped_at,
        until=trip.until,
        resumed_at=trip.lifted_at,
    )
