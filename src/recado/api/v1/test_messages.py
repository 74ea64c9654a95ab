"""`/test-messages`: a text as if a phone had sent it, what that phone shows, and forgetting all that was tried.

What belongs here: routes and shapes. What does not: the way of the message, which is the real one (`apps.inbox.services`).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.problems import Problem, ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, PhoneIn, Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.dialogues.phone import PhoneText, phone_texts
from recado.apps.dialogues.simulated import Foreign, foreign
from recado.apps.dialogues.test_data import erase_test_data
from recado.apps.inbox.claims import claimed_number
from recado.apps.inbox.ports import ReceiverUnavailableError
from recado.apps.inbox.queries import messages_by_id
from recado.apps.inbox.services import receive
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for

router = Router(tags=["Test messages"])
_FOREIGN = {
    Foreign.KEYWORD: "This word is another account's keyword. Nothing was received.",
    Foreign.CONVERSATION: "On this number the phone is talking with another account. Take another phone.",
}


class TestTextIn(Schema):
    """A text from a phone."""

    phone: PhoneIn
    text: Annotated[Text, Field(min_length=1, max_length=1530)]
    number_id: Id | None = Field(
        None, description="Which of our numbers it is sent to; null for the shared one where a keyword of the account claims it."
    )


class TestTextOut(Schema):
    """A text that was received."""

    message_id: int
    is_ours: bool = Field(description="Whether it is the account's; a text without a keyword may be nobody's.")


class TestPhone(Schema):
    """Which phone is looked at."""

    phone: PhoneIn


class TestPhoneText(Schema):
    """A text on the phone's screen."""

    id: int
    at: datetime
    is_from_phone: bool
    number: str
    text: str


class TestPhoneOut(Schema):
    """What the phone shows."""

    items: list[TestPhoneText]


class ErasedTests(Schema):
    """What was forgotten."""

    messages: int
    conversations: int
    contacts: int


@router.post(
    "",
    auth=key(Scope.MESSAGES_WRITE),
    response={201: TestTextOut, 409: ProblemOut, 503: ProblemOut},
    operation_id="receive_test_message",
    summary="Receive a text as if a phone had sent it",
)
def receive_one(request: ProgramRequest, body: TestTextIn) -> Status[TestTextOut]:
    """Store it with all its consequences, marked as a test: answers go to nobody and cost nothing, forwards are made."""
    recipient = _recipient(request.account, body)
    try:
        message_id = receive(body.phone, recipient, body.text)
    except ReceiverUnavailableError as error:
        detail = "Nothing can be received now: the gateway is not running. Try again later."
        raise Problem(503, "no-gateway", "Nothing can be received", detail) from error
    return Status(201, TestTextOut(message_id=message_id, is_ours=message_id in messages_by_id(request.account, [message_id])))


@router.get(
    "", auth=key(Scope.MESSAGES_READ), response=TestPhoneOut, operation_id="list_test_messages", summary="What a phone shows after tests"
)
def list_texts(request: ProgramRequest, wanted: Query[TestPhone]) -> TestPhoneOut:
    """List the last 40 texts it sent as tests and got as answers, the oldest first."""
    texts = phone_texts(request.account, wanted.phone)
    return TestPhoneOut(items=[_text(one) for one in texts])


@router.delete(
    "", auth=key(Scope.MESSAGES_WRITE), response=ErasedTests, operation_id="erase_test_messages", summary="Forget all that was tried"
)
@transaction.atomic
def erase(request: ProgramRequest) -> ErasedTests:
    """Erase all test messages of the account and what came of them. Nothing real is touched."""
    erased = erase_test_data(request.account)
    after = {"messages": erased.messages, "conversations": erased.dialogues, "contacts": erased.contacts}
    note(request, "simulator.reset", after=after)
    return ErasedTests(**after)


def _recipient(account: Account, body: TestTextIn) -> str:
    """Find the number it is sent to, where it would not become another account's message. Raises Problem."""
    now = timezone.now()
    if body.number_id is None:
        recipient = claimed_number(account, body.phone, body.text, now)
        if recipient is None:
            raise conflict("nobodys-word", "No keyword of the account claims this text on a shared number. Name a `number_id`.")
        return recipient
    try:
        number = get_number_for(account, body.number_id)
    except Number.DoesNotExist as error:
        raise invalid("body.number_id", "is no number the account may use") from error
    if why := foreign(account, number, body.phone, body.text, now):
        raise conflict("anothers-message", _FOREIGN[why])
    return number.digits


def _text(one: PhoneText) -> TestPhoneText:
    return TestPhoneText(id=one.id, at=one.at, is_from_phone=one.is_from_phone, number=phone_out(one.number), text=one.text)
