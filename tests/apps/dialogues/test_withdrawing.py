"""A text that waits is not sent to somebody who opts out meanwhile, or is blocked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.connections.services import simulator
from recado.apps.contacts.blocking import block
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import lift, opt_out
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.withdrawing import withdraw_unwanted
from recado.apps.ids import next_id
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import Job, JobState, Origin, OutboundMessage
from recado.apps.outbox.services import Order, queue_text
from recado.core.number import NumberKind
from recado.core.receipt import OutboundState, UnsentReason

PHONE = "48604218377"
Scope = OptOut.Scope


@pytest.fixture
def alice(db) -> Account:
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def number(alice) -> Number:
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=alice, connection=simulator())


@pytest.fixture
def ordered(alice, number):
    """Order a text for in an hour."""

    def order(*, is_service: bool = False, dialogue_id: int | None = None, scheduled: bool = True) -> OutboundMessage:
        now = timezone.now()
        at = now + timedelta(hours=1) if scheduled else None
        fields = {"now": now, "origin": Origin.AGENT, "is_service": is_service, "dialogue_id": dialogue_id}
        return queue_text(alice, number, PHONE, "See you", order=Order(scheduled_at=at), **fields)

    return order


def state_of(message: OutboundMessage) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.reason


KEPT = (OutboundState.QUEUED, "")
WITHDRAWN = (OutboundState.UNSENT, UnsentReason.OPTED_OUT)


def test_a_text_for_somebody_who_opted_out_meanwhile_is_taken_back(alice, ordered):
    message = ordered()
    opt_out(alice, PHONE, Scope.ACCOUNT, now=timezone.now())
    assert withdraw_unwanted(timezone.now()) == 1
    assert state_of(message) == WITHDRAWN
    assert (message.cost, Job.objects.get().state) == (0, JobState.DONE)
    assert withdraw_unwanted(timezone.now()) == 0


def test_a_text_for_somebody_who_was_blocked_meanwhile_is_taken_back(alice, ordered):
    message = ordered()
    block(alice, PHONE)
    withdraw_unwanted(timezone.now())
    assert state_of(message) == WITHDRAWN


@pytest.mark.parametrize(("of_the_number", "expected"), [(True, WITHDRAWN), (False, KEPT)])
def test_an_opt_out_of_a_number_covers_that_number(alice, number, ordered, of_the_number, expected):
    message = ordered()
    opt_out(alice, PHONE, Scope.NUMBER, number.pk if of_the_number else number.pk + 1, now=timezone.now())
    withdraw_unwanted(timezone.now())
    assert state_of(message) == expected


def test_an_opt_out_of_the_number_of_the_conversation_covers_answers_from_another(alice, ordered):
    shared = add_number("48503340503", NumberKind.SHARED_LONG, connection=simulator())
    conversation = Dialogue.objects.create(id=next_id(), account=alice, number=shared, msisdn=PHONE, last_message_at=timezone.now())
    message = ordered(dialogue_id=conversation.pk)
    opt_out(alice, PHONE, Scope.NUMBER, shared.pk, now=timezone.now())
    withdraw_unwanted(timezone.now())
    assert state_of(message) == WITHDRAWN


def test_others_and_what_is_due_at_once_stay(alice, ordered):
    other = Account.objects.create(name="Charlie Cars")
    message, at_once = ordered(), ordered(scheduled=False)
    opt_out(other, PHONE, Scope.ACCOUNT, now=timezone.now())
    opt_out(alice, "48660917411", Scope.ACCOUNT, now=timezone.now())
    assert withdraw_unwanted(timezone.now()) == 0
    assert state_of(message) == state_of(at_once) == KEPT


def test_a_service_message_ordered_after_the_opt_out_stays(alice, ordered):
    opt_out(alice, PHONE, Scope.ACCOUNT, now=timezone.now() - timedelta(days=1))
    message = ordered(is_service=True)
    assert withdraw_unwanted(timezone.now()) == 0
    assert state_of(message) == KEPT


def test_who_changed_their_mind_gets_the_text(alice, ordered):
    message = ordered()
    lift(opt_out(alice, PHONE, Scope.ACCOUNT, now=timezone.now()), now=timezone.now())
    assert withdraw_unwanted(timezone.now()) == 0
    assert state_of(message) == KEPT
