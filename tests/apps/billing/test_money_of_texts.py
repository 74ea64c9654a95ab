"""What people and programs order is paid for before it leaves, or refused with how much is missing; what never leaves is given back."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import recado
from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.billing.models import Wallet
from recado.apps.billing.queries import standing
from recado.apps.billing.services import top_up
from recado.apps.billing.terms import set_own_limit
from recado.apps.connections.models import Connection
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.services import add_contact
from recado.apps.numbers.models import Number
from recado.apps.outbox.credit import NoCreditError
from recado.apps.outbox.models import ChargeState, Job, Origin, OutboundMessage
from recado.apps.outbox.sending import NotSent, Outgoing, send_texts
from recado.apps.outbox.services import Order, cancel, queue_text

pytestmark = pytest.mark.django_db
HANNA = "48604218377"
PHONES = [f"4860421837{digit}" for digit in range(4)]


@pytest.fixture
def account() -> Account:
    """Pays before, and has money for two texts."""
    found = create_account("Kwiaciarnia Róża")
    set_own_limit(found, 0)
    top_up(found, 20)
    return found


@pytest.fixture
def number(account) -> Number:
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    return Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)


def queue(account: Account, number: Number, text: str = "Hello", **more: object) -> OutboundMessage:
    return queue_text(account, number, HANNA, text, **({"now": timezone.now(), "origin": Origin.AGENT} | more))


def test_a_text_reserves_what_it_costs_and_one_that_is_too_dear_is_refused(account, number):
    message = queue(account, number)
    assert (message.cost, message.charge_state, standing(account).left) == (9, ChargeState.RESERVED, 11)
    with pytest.raises(NoCreditError) as raised:
        queue(account, number, "x" * 200)
    assert raised.value.missing == 7
    assert (OutboundMessage.objects.count(), Job.objects.count(), standing(account).reserved) == (1, 1, 9)


def test_a_test_costs_nothing_and_needs_no_credit(account, number):
    queue(account, number, "x" * 1000, is_test=True)
    assert standing(account).reserved == 0


def test_what_is_taken_back_is_given_back_once(account, number):
    message = queue(account, number, order=Order(scheduled_at=timezone.now() + timedelta(hours=1)))
    assert cancel(message)
    assert not cancel(message)
    message.refresh_from_db()
    assert (message.cost, message.charge_state, standing(account).reserved) == (0, ChargeState.RELEASED, 0)


def test_forgetting_a_person_gives_back_what_was_reserved_for_them(account, number):
    contact = add_contact(account, HANNA, {}, [])
    queue(account, number)
    erase_contact(account, contact)
    assert standing(account).reserved == 0


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_program_is_told_for_whom_the_credit_does_not_reach(account, number, dry_run):
    answers = send_texts(
        account, [Outgoing(phone, "Hello") for phone in PHONES], now=timezone.now(), origin=Origin.API, number=number, dry_run=dry_run
    )
    assert [(one.reason, one.missing) for one in answers] == [(None, 0), (None, 0), (NotSent.NO_CREDIT, 7), (NotSent.NO_CREDIT, 7)]
    assert standing(account).reserved == (0 if dry_run else 18)


def test_an_account_that_may_owe_any_amount_is_never_refused(number):
    other = create_account("Piekarnia")
    number.account = other
    number.save()
    queue(other, number)
    assert (standing(other).left, standing(other).reserved) == (None, 9)
    assert Wallet.objects.get(account=other).floor is None


_MOVES = re.compile(
    r"\bSET\b(?:(?!WHERE|WHEN).)*?\bcharge_state\s*="  # SQL
    r"|\.update\([^()]*charge_state=|^\s*\w+\.charge_state\s*=[^=]|excluded\.charge_state",
    re.DOTALL | re.MULTILINE,
)


def test_nothing_but_the_ledger_moves_a_charge():
    """Others write the state a message begins with; only `store.charging` changes it."""
    source = Path(recado.__file__).parent
    moving = [str(path.relative_to(source)) for path in source.rglob("*.py") if _MOVES.search(path.read_text())]
    assert moving == ["store/charging.py"]
