"""Ordering texts: from which sender, at what cost, when; taking one back; several at once with an answer for each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.connections.models import Connection
from recado.apps.contacts.blocking import block
from recado.apps.contacts.opt_outs import OptedOutError, Scope, opt_out
from recado.apps.numbers.models import Number
from recado.apps.outbox.destinations import receipts_destination
from recado.apps.outbox.models import Job, Origin, OutboundMessage, PoolUse, SendKind
from recado.apps.outbox.pool import pool_number_for
from recado.apps.outbox.senders import NoSenderError, SenderRefusal, own_senders, sender_for
from recado.apps.outbox.sending import NotSent, Outgoing, send_texts
from recado.apps.outbox.services import Order, UniqueIdError, cancel, queue_text
from recado.apps.plans.price_lists import add_list, today
from recado.apps.plans.services import add_plan, set_plan
from recado.apps.senders.models import SenderName
from recado.core.price import Service

pytestmark = pytest.mark.django_db
HANNA, JAN = "48604218377", "48600700800"
ECO = Order(kind=SendKind.ECO)


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def stranger() -> Account:
    return create_account("Piekarnia")


@pytest.fixture
def carrier() -> Connection:
    return Connection.objects.create(name="Carrier", kind="smpp")


@pytest.fixture
def number(account, carrier) -> Number:
    return Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)


@pytest.fixture
def pool(carrier) -> list[Number]:
    return [Number.objects.create(digits=f"4866000000{place}", kind="eco", connection=carrier) for place in range(2)]


def queue(account: Account, number: Number | None, text: str = "Hello", to: str = HANNA, **more: object) -> OutboundMessage:
    return queue_text(account, number, to, text, **({"now": timezone.now(), "origin": Origin.AGENT} | more))


def test_a_text_from_an_own_number_costs_what_the_plan_says(account, number):
    plan = add_plan("Small")
    add_list(plan, today(timezone.now()), {Service.FULL: 12}, (), timezone.now())
    set_plan(account, plan)
    message = queue(account, number, "x" * 161)
    assert (message.sender, message.kind, message.segment_count, message.cost) == (number.digits, "full", 2, 24)
    assert queue(account, number, is_test=True).cost == 0


def test_a_text_for_later_waits_until_then(account, number):
    later = timezone.now() + timedelta(hours=3)
    message = queue(account, number, order=Order(scheduled_at=later, valid_until=later + timedelta(hours=1), is_flash=True))
    assert Job.objects.get().next_attempt_at == later
    assert (message.scheduled_at, message.valid_until, message.is_flash) == (later, later + timedelta(hours=1), True)
    past = queue(account, number, order=Order(scheduled_at=timezone.now() - timedelta(hours=1)))
    assert Job.objects.get(outbound_message=past).next_attempt_at == past.created_at


def test_eco_takes_a_number_of_the_pool_and_keeps_it(account, stranger, pool):
    first = queue(account, None, order=ECO)
    assert (first.kind, first.cost, first.connection_id) == ("eco", 7, pool[0].connection_id)
    assert queue(account, None, order=ECO).number_id == first.number_id
    other = queue(stranger, None, order=ECO)
    assert other.number_id != first.number_id
    third = create_account("Third")
    missed = queue(third, None, order=ECO)
    assert (missed.state, missed.reason, missed.cost, missed.number_id) == ("unsent", "no_pool_number", 0, None)
    assert not missed.jobs.exists()
    assert pool_number_for(third, HANNA, timezone.now()) is None
    assert pool_number_for(account, HANNA, timezone.now()).id == first.number_id


def test_a_program_is_told_of_a_text_for_which_no_pool_number_is_free(account, stranger, pool):
    for other in (account, stranger):
        queue(other, None, order=ECO)
    third = create_account("Third")
    told = receipts_destination(third, "https://shop.example/?id=#SMSID#&state=#STAN#")
    missed = queue(third, None, order=Order(kind=SendKind.ECO, receipt_destination_id=told.pk))
    assert [(job.kind, job.destination_id) for job in missed.jobs.all()] == [("push_receipt", told.pk)]


def test_answers_in_a_thread_of_a_pool_number_come_from_it_as_eco(account, stranger, pool):
    assert queue(account, pool[1]).number_id == pool[1].pk
    assert queue(stranger, pool[1]).number_id == pool[0].pk  # it is the other account's for this phone
    use = PoolUse.objects.get(number=pool[1])
    assert (use.account_id, use.msisdn) == (account.pk, HANNA)


def test_a_number_its_carrier_takes_no_texts_from_answers_by_the_pool(account, pool, carrier):
    shared = Number.objects.create(digits="48503340503", kind="shared_long", connection=carrier)
    Number.objects.filter(pk=shared.pk).update(can_send=False)
    shared.refresh_from_db()
    message = queue(account, shared)
    assert message.kind == "eco"
    assert message.number in pool


def test_a_message_for_later_ties_its_pool_number_from_then_on(account, pool):
    later = timezone.now() + timedelta(days=5)
    queue(account, None, order=Order(kind=SendKind.ECO, scheduled_at=later))
    assert PoolUse.objects.get().used_at == later


def test_without_any_pool_there_is_nothing_to_send_from(account):
    with pytest.raises(NoSenderError) as caught:
        queue(account, None, order=ECO)
    assert caught.value.reason == SenderRefusal.NO_POOL
    assert queue(account, None, order=ECO, is_test=True).sender == "TEST"


def test_tests_take_nothing_of_the_pool(account, pool):
    message = queue(account, None, order=ECO, is_test=True)
    assert message.number in pool
    assert message.connection.kind == "simulator"
    assert not PoolUse.objects.exists()


def test_an_approved_name_is_the_sender(account, stranger, number):
    name = SenderName.objects.create(account=account, name="ROZA", state=SenderName.State.AUTHORIZED)
    message = queue(account, None, order=Order(sender_name=name))
    assert (message.sender, message.number, message.connection_id) == ("ROZA", None, number.connection_id)
    for whose, state in ((stranger, SenderName.State.AUTHORIZED), (account, SenderName.State.PENDING)):
        SenderName.objects.filter(pk=name.pk).update(state=state)
        with pytest.raises(NoSenderError) as caught:
            queue(whose, None, order=Order(sender_name=name))
        assert caught.value.reason == SenderRefusal.NAME_NOT_APPROVED


def test_a_sender_is_the_accounts_own_and_can_send(account, stranger, number):
    assert list(own_senders(account)) == [number]
    assert list(own_senders(stranger)) == []
    assert sender_for(account, SendKind.FULL, number=number).shown == number.digits
    cases = [
        (stranger, {}, SenderRefusal.NOT_OWN_NUMBER),
        (account, {"can_send": False}, SenderRefusal.CANNOT_SEND),
        (account, {"can_send": True, "state": "suspended"}, SenderRefusal.CANNOT_SEND),
        (account, {"state": "assigned", "connection": None}, SenderRefusal.NO_CONNECTION),
    ]
    for whose, change, reason in cases:
        Number.objects.filter(pk=number.pk).update(**change) if change else None
        number.refresh_from_db()
        with pytest.raises(NoSenderError) as caught:
            sender_for(whose, SendKind.FULL, number=number)
        assert caught.value.reason == reason
    with pytest.raises(NoSenderError):
        sender_for(account, SendKind.FULL)


def test_who_opted_out_gets_nothing_from_a_pool_number_either(account, pool):
    opt_out(account, HANNA, Scope.ACCOUNT, now=timezone.now())
    with pytest.raises(OptedOutError):
        queue(account, None, order=ECO)


def test_an_id_of_a_program_is_used_once(account, stranger, number, pool):
    assert queue(account, number, order=Order(unique_id="Order17")).unique_id == "Order17"
    for bad, is_taken in (("Order17", True), ("no", False), ("with-dash", False), ("x" * 51, False)):
        with pytest.raises(UniqueIdError) as caught:
            queue(account, number, order=Order(unique_id=bad))
        assert caught.value.is_taken == is_taken
    assert queue(stranger, None, order=Order(kind=SendKind.ECO, unique_id="Order17"))  # ids are each account's own


def test_a_message_that_waits_can_be_taken_back_once(account, number):
    message = queue(account, number, order=Order(scheduled_at=timezone.now() + timedelta(hours=1)))
    assert cancel(message)
    assert (message.state, message.reason, message.cost) == ("unsent", "cancelled", 0)
    assert message.finished_at is not None
    assert Job.objects.get().state == "done"
    assert not cancel(message)


@pytest.mark.parametrize("state", ["claimed", "handing", "done"])
def test_what_a_worker_has_goes_out(account, number, state):
    message = queue(account, number)
    Job.objects.update(state=state)
    assert not cancel(message)
    assert (message.state, Job.objects.get().state) == ("queued", state)


def test_each_phone_gets_an_answer_and_one_text(account, number, pool):
    opt_out(account, JAN, Scope.NUMBER, number.pk, now=timezone.now())
    block(account, "48600700900")
    asked = [
        Outgoing("604 218 377", "Hello", "First1"),
        Outgoing("+48 604-218-377", "again"),
        Outgoing("600700800", "Hello"),
        Outgoing("600700900", "Hello"),
        Outgoing("12", "Hello"),
        Outgoing(number.digits, "Hello"),
        Outgoing("600700901", " "),
        Outgoing("600700902", "x" * 153 * 256),
        Outgoing("600700903", "Hello", "First1"),
        Outgoing("600700904", "Hello", "?"),
    ]
    given = {"now": timezone.now(), "origin": Origin.API, "number": number}
    reasons = [
        None,
        NotSent.OPTED_OUT,
        NotSent.BLOCKED,
        NotSent.INVALID_NUMBER,
        NotSent.INVALID_NUMBER,
        NotSent.NO_TEXT,
        NotSent.TEXT_TOO_LONG,
        NotSent.UNIQUE_ID_TAKEN,
        NotSent.BAD_UNIQUE_ID,
    ]
    dry = send_texts(account, asked, **given, dry_run=True)
    assert [one.reason for one in dry] == reasons
    assert not OutboundMessage.objects.exists()
    sent = send_texts(account, asked, **given)
    assert [one.reason for one in sent] == reasons
    assert [(one.phone, one.segment_count, one.cost) for one in sent] == [(one.phone, one.segment_count, one.cost) for one in dry]
    message = OutboundMessage.objects.get()
    assert (message.pk, message.recipient, message.origin, message.unique_id) == (sent[0].message_id, HANNA, "api", "First1")
    assert sent[0].is_queued


def test_phones_without_a_free_pool_number_are_named(account, stranger, pool):
    given = {"now": timezone.now(), "origin": Origin.API, "order": ECO}
    for other in (stranger, create_account("Third")):
        send_texts(other, [Outgoing(HANNA, "Hi")], **given)
    asked = [Outgoing(HANNA, "Hello"), Outgoing(JAN, "Hello")]
    assert [one.reason for one in send_texts(account, asked, **given, dry_run=True)] == [NotSent.NO_POOL_NUMBER, None]
    sent = send_texts(account, asked, **given)
    assert [one.reason for one in sent] == [NotSent.NO_POOL_NUMBER, None]
    assert OutboundMessage.objects.get(pk=sent[0].message_id).state == "unsent"


def test_a_sender_that_cannot_be_used_sends_nothing_at_all(account, stranger, number):
    with pytest.raises(NoSenderError):
        send_texts(stranger, [Outgoing(HANNA, "Hello")], now=timezone.now(), origin=Origin.API, number=number)
    assert not OutboundMessage.objects.exists()
