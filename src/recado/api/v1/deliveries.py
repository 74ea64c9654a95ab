"""`/deliveries`: what was forwarded where, and how every attempt went.

What belongs here: routes. What does not: shapes (`delivery_shapes`), many at once (`forward_actions`), reads and writes (`apps.outbox`).
"""

from typing import Literal

from django.db import transaction
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.delivering_again import AgainTarget, other_place, read_url, refuse_texts_of_tests
from recado.api.v1.delivery_shapes import DeliveryOut, DeliveryWithAttempts, shown_attempt, shown_deliveries
from recado.api.v1.paging import Page, PagingQuery, page_of, position
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Moment, PhoneIn
from recado.apps.accounts.scopes import Scope
from recado.apps.outbox.deliveries import DeliveryFilter, deliveries_told, get_delivery_for
from recado.apps.outbox.models import Destination, SigningSecret
from recado.apps.outbox.redelivering_many import CALLED
from recado.apps.outbox.redelivery import NotRedeliverableError, StillWaitingError, redeliver_job
from recado.apps.outbox.secrets import secrets_in_force

router = Router(tags=["Deliveries"])


class DeliveriesWanted(Schema):
    """Which deliveries a list has."""

    forward_id: Id | None = None
    state: Literal["delivered", "waiting", "failed", "given_up"] | None = Field(
        None, description="`waiting` has those that failed and are tried again, too."
    )
    phone: PhoneIn | None = Field(None, description="Who wrote; the last 1000 messages are looked at.")
    since: Moment | None = None
    until: Moment | None = None


@router.get("", auth=key(Scope.FORWARDS_READ), response=Page[DeliveryOut], operation_id="list_deliveries", summary="List deliveries")
def list_deliveries(request: ProgramRequest, paging: PagingQuery, wanted: Query[DeliveriesWanted]) -> Page[DeliveryOut]:
    """Newest first, of all forwards or of one."""
    before = position(paging)
    asked = DeliveryFilter(wanted.forward_id, "", wanted.since, wanted.until, wanted.phone or "")
    rows = deliveries_told(request.account, asked, wanted.state or "")
    some = list((rows.filter(pk__lt=before) if before else rows)[: paging.limit + 1])
    written = {one.id: one for one in shown_deliveries(request.account, some)}
    return page_of(some, paging, lambda job: written[job.pk])


@router.get(
    "/{delivery_id}", auth=key(Scope.FORWARDS_READ), response=DeliveryWithAttempts, operation_id="get_delivery", summary="Show a delivery"
)
def show(request: ProgramRequest, delivery_id: Path[Id]) -> DeliveryWithAttempts:
    """Every attempt with what was sent, what was answered, and what was signed."""
    job = get_delivery_for(request.account, delivery_id)
    keys: list[SigningSecret] = []
    is_called = False
    if job.destination is not None:
        is_called = job.destination.kind in CALLED
        keys = secrets_in_force(job.destination, timezone.now()) if job.destination.kind == Destination.Kind.WEBHOOK else []
    log = [shown_attempt(one, keys, is_called=is_called) for one in job.attempts.all()]
    return DeliveryWithAttempts(**shown_deliveries(request.account, [job])[0].dict(), log=log)


@router.post(
    "/{delivery_id}/again",
    auth=key(Scope.FORWARDS_WRITE),
    response={202: DeliveryOut, 409: ProblemOut},
    operation_id="deliver_again",
    summary="Deliver once more",
)
@transaction.atomic
def again(request: ProgramRequest, delivery_id: Path[Id], body: AgainTarget) -> Status[DeliveryOut]:
    """Make a new delivery of the same message, where it was meant to go or elsewhere. What is on its way goes elsewhere only."""
    job = get_delivery_for(request.account, delivery_id)
    place = job.destination
    to = other_place(request, body)
    if job.sample is not None:
        raise conflict("is-a-test", "This was a test. Try the forward out again instead.")
    if place is None or (to is None and place.removed_at is not None):
        raise conflict("forward-removed", "The forward was removed. Name another one with `forward_id`.")
    refuse_texts_of_tests(request, to or place)
    try:
        made = redeliver_job(request.account, job.pk, url=read_url(body, place), to=to)
    except StillWaitingError as error:
        raise conflict("still-waiting", "It is still on its way, and tried again by itself.") from error
    except NotRedeliverableError as error:
        raise conflict("is-a-report", "A delivery report cannot go to a forward of messages. Leave `forward_id` out.") from error
    note(request, "forward.delivered_again", str(to or place), (to or place).pk, after={"deliveries": 1})
    return Status(202, shown_deliveries(request.account, [made])[0])
