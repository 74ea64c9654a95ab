"""What is done with a forward: pausing and resuming it, trying it now and out, switching it, delivering again.

What belongs here: these routes. What does not: doing it (`apps.outbox`).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.delivering_again import AgainTarget, other_place, read_url, refuse_texts_of_tests
from recado.api.v1.delivery_shapes import DeliveryOut, shown_deliveries
from recado.api.v1.exact import Flag
from recado.api.v1.forward_shapes import ForwardOut
from recado.api.v1.forwards import forward_for, full
from recado.api.v1.problems import ProblemOut, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Moment, NotBlank, PhoneIn, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.media.samples import sample_mms
from recado.apps.outbox.destinations import disable, enable, get_destination_for
from recado.apps.outbox.pausing import pause, resume, try_now
from recado.apps.outbox.redelivering_many import MOST, Order, count, redeliver_many
from recado.apps.outbox.redelivery import Sample, send_test
from recado.apps.outbox.samples import sample_of

router = Router(tags=["Forwards"])
WRITE = key(Scope.FORWARDS_WRITE)


class ForwardTestIn(Schema):
    """A message nobody sent; what is left out is filled in."""

    model_config = ConfigDict(extra="forbid")
    sender: PhoneIn | None = None
    text: Annotated[Text, NotBlank, Field(min_length=1, max_length=1530, pattern=r"\S")] | None = None
    is_mms: Flag = Field(default_factory=bool, description="Whether it comes as an MMS with a picture.")


class ForwardWentOn(Schema):
    """How much waited and goes there now."""

    deliveries: int


class DeliverAgainIn(AgainTarget):
    """Which deliveries to make once more."""

    model_config = ConfigDict(extra="forbid")
    since: Moment
    until: Moment | None = Field(None, description="Null: now.")
    only_failed: bool = Field(True, description="False: also what was delivered.")
    after: Id | None = Field(None, description="`last_id` of the answer before, to go on behind it.")
    dry_run: bool = Field(False, description="Only count them.")


class DeliveredAgain(Schema):
    """How many deliveries are made once more, or would be."""

    deliveries: int
    has_more: bool = Field(description=f"Whether there are more than {MOST}, the most of one call: send the same again with `after`.")
    last_id: int | None = Field(description="The last delivery that was made once more.")
    since: datetime
    until: datetime = Field(description="Send both again, so that what you counted is what is delivered.")


@router.post(
    "/{forward_id}/test",
    auth=WRITE,
    response={202: DeliveryOut, 409: ProblemOut},
    operation_id="try_out_forward",
    summary="Try a forward out",
)
def try_out(request: ProgramRequest, forward_id: Path[Id], body: ForwardTestIn) -> Status[DeliveryOut]:
    """Send a sample, once, also where the forward is paused or off; the delivery shows what was answered. To a phone it costs a text."""
    found = forward_for(request, forward_id)
    refuse_texts_of_tests(request, found)
    with translation.override(request.account.language):
        sample = sample_of(request.account)
        mms = sample_mms(_("Test")) if body.is_mms else None
    asked = Sample(body.sender or sample["sender"], sample["recipient"], body.text or sample["text"], mms)
    job = send_test(request.account, found.pk, asked)
    return Status(202, shown_deliveries(request.account, [job])[0])


@router.post("/{forward_id}/pause", auth=WRITE, response=ForwardOut, operation_id="pause_forward", summary="Pause a forward")
@transaction.atomic
def pause_it(request: ProgramRequest, forward_id: Path[Id]) -> ForwardOut:
    """Let what comes meanwhile wait; nothing is lost."""
    found = get_destination_for(request.account, forward_id)
    if pause(found, timezone.now()):
        note(request, "forward.paused", found.name, found.pk)
    return full(request, found)


@router.post("/{forward_id}/resume", auth=WRITE, response=ForwardWentOn, operation_id="resume_forward", summary="Resume a forward")
def resume_it(request: ProgramRequest, forward_id: Path[Id]) -> ForwardWentOn:
    """Let what waits go there now, in its order."""
    found = get_destination_for(request.account, forward_id)
    if found.paused_at is None:
        return ForwardWentOn(deliveries=0)
    note(request, "forward.resumed", found.name, found.pk)
    return ForwardWentOn(deliveries=resume(found, timezone.now()))


@router.post("/{forward_id}/try-now", auth=WRITE, response=ForwardWentOn, operation_id="try_forward_now", summary="Try at once")
def try_it_now(request: ProgramRequest, forward_id: Path[Id]) -> ForwardWentOn:
    """Try at once what waits for its next try; what waits for a paused forward goes on waiting."""
    found = get_destination_for(request.account, forward_id)
    waiting = try_now(found, timezone.now())
    note(request, "forward.tried_now", found.name, found.pk, after={"deliveries": waiting})
    return ForwardWentOn(deliveries=waiting)


@router.post("/{forward_id}/switch-on", auth=WRITE, response=ForwardOut, operation_id="switch_forward_on", summary="Switch a forward on")
def switch_on(request: ProgramRequest, forward_id: Path[Id]) -> ForwardOut:
    """Forward messages there again."""
    return _switch(request, forward_id, on=True)


@router.post("/{forward_id}/switch-off", auth=WRITE, response=ForwardOut, operation_id="switch_forward_off", summary="Switch a forward off")
def switch_off(request: ProgramRequest, forward_id: Path[Id]) -> ForwardOut:
    """Forward nothing there, and let nothing wait; to let it wait, pause it. Rules go on naming it."""
    return _switch(request, forward_id, on=False)


@router.post(
    "/{forward_id}/deliver-again",
    auth=WRITE,
    response={200: DeliveredAgain, 409: ProblemOut},
    operation_id="deliver_forwards_again",
    summary="Deliver many again",
)
@transaction.atomic
def deliver_again(request: ProgramRequest, forward_id: Path[Id], body: DeliverAgainIn) -> DeliveredAgain:
    """Make what was given up in a time, or all of it, once more, oldest first; also to another address or another forward."""
    found = get_destination_for(request.account, forward_id)
    until = body.until or timezone.now()
    if until <= body.since:
        raise invalid("body.until", "must come after `since`")
    to = other_place(request, body)
    order = Order(body.since, until, body.only_failed, read_url(body, found), to, body.after)
    if body.dry_run:
        counted = count(request.account, found, order)
        return DeliveredAgain(deliveries=min(counted, MOST), has_more=counted > MOST, last_id=body.after, since=body.since, until=until)
    refuse_texts_of_tests(request, to or found)
    done = redeliver_many(request.account, found, order)
    note(request, "forward.delivered_again", found.name, found.pk, after={"deliveries": done.count})
    return DeliveredAgain(deliveries=done.count, has_more=done.has_more, last_id=done.last_id, since=body.since, until=until)


def _switch(request: ProgramRequest, forward_id: int, *, on: bool) -> ForwardOut:
    found = forward_for(request, forward_id)
    if found.is_enabled != on:
        with transaction.atomic():
            (enable if on else disable)(found)
            values = {"is_enabled": "no" if on else "yes"}, {"is_enabled": "yes" if on else "no"}
            note(request, "forward.switched", found.name, found.pk, before=values[0], after=values[1])
    return full(request, found)
