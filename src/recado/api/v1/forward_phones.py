"""Asking a phone for its agreement to forwards: sending a code, giving it back.

What belongs here: these routes. What does not: codes and their limits (`apps.outbox.confirming`).
"""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.delivering_again import refuse_texts_of_tests
from recado.api.v1.forward_shapes import ForwardOut
from recado.api.v1.forwards import full
from recado.api.v1.problems import ProblemOut, conflict, not_found
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.outbox.code_text import text_with
from recado.apps.outbox.confirming import CodeRefusedError, confirm, send_code
from recado.apps.outbox.destinations import get_destination_for
from recado.apps.outbox.models import Destination
from recado.core.phone_code import CodeJudgement, CodeRefusal

router = Router(tags=["Forwards"])

REFUSALS: Mapping[CodeRefusal, tuple[str, str]] = {
    CodeRefusal.JUST_SENT: ("code-just-sent", "A code was sent a moment ago. Wait a minute before you send another one."),
    CodeRefusal.TOO_MANY_TO_PHONE: ("too-many-codes", "This phone got three codes today. Try again tomorrow."),
    CodeRefusal.TOO_MANY_OF_ACCOUNT: ("too-many-codes", "Twenty codes were sent for this account today. Try again tomorrow."),
    CodeRefusal.OPTED_OUT: ("opted-out", "Who has this phone texted STOP, so it gets no code. They must text START first."),
    CodeRefusal.NO_SENDER: ("no-sender", "There is no number a text could leave from. Ask the operator of this installation."),
}
JUDGEMENTS: Mapping[CodeJudgement, tuple[str, str]] = {
    CodeJudgement.WRONG: ("wrong-code", "This is not the code. Use the six digits of the last text on the phone."),
    CodeJudgement.USED_UP: ("code-used-up", "A wrong code was given too often. Send a new one."),
    CodeJudgement.EXPIRED: ("code-expired", "The code was good for 15 minutes. Send a new one."),
    CodeJudgement.NONE_SENT: ("no-code-sent", "No code was sent yet. Send one first."),
}


class PhoneCodeIn(Schema):
    """What stood in the text to the phone."""

    model_config = ConfigDict(extra="forbid")
    code: Annotated[Text, Field(min_length=1, max_length=20, examples=["123456"])]


class PhoneCodeSent(Schema):
    """A code is on its way."""

    simulated_code: str | None = Field(description="The code itself, only where phones are simulated.")


@router.post(
    "/{forward_id}/code",
    auth=key(Scope.FORWARDS_WRITE),
    response={202: PhoneCodeSent, 409: ProblemOut},
    operation_id="send_forward_code",
    summary="Send a code to the phone",
)
def code(request: ProgramRequest, forward_id: Path[Id]) -> Status[PhoneCodeSent]:
    """Ask whoever has the phone whether messages may go there; the text costs nothing. Give the code to `confirm`."""
    found = _phone(request, forward_id)
    refuse_texts_of_tests(request, found)
    if found.confirmed_at is not None:
        raise conflict("confirmed", "The phone has agreed already; no code is needed.")
    try:
        sent = send_code(found, timezone.now(), partial(text_with, request.account))
    except CodeRefusedError as error:
        raise conflict(*REFUSALS[error.reason]) from error
    return Status(202, PhoneCodeSent(simulated_code=sent or None))


@router.post(
    "/{forward_id}/confirm",
    auth=key(Scope.FORWARDS_WRITE),
    response={200: ForwardOut, 409: ProblemOut},
    operation_id="confirm_forward",
    summary="Confirm a phone by its code",
)
def confirm_it(request: ProgramRequest, forward_id: Path[Id], body: PhoneCodeIn) -> ForwardOut:
    """From then on messages go there, and to every forward of the account with this phone. After five wrong codes a new one is needed."""
    found = _phone(request, forward_id)
    if found.confirmed_at is None:
        with transaction.atomic():  # ends before a wrong code is refused: it must be counted
            judgement = confirm(found, body.code, timezone.now())
            if judgement is CodeJudgement.RIGHT:
                note(request, "forward.confirmed", found.name, found.pk)
        if judgement is not CodeJudgement.RIGHT:
            raise conflict(*JUDGEMENTS[judgement])
    return full(request, found)


def _phone(request: ProgramRequest, forward_id: int) -> Destination:
    found = get_destination_for(request.account, forward_id)
    if found.kind != Destination.Kind.PHONE:
        raise not_found()
    return found
