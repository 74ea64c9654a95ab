"""Orders of many numbers are written a portion at a time, with the same answers as one by one; on SQLite and PostgreSQL."""

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.billing.services import top_up
from recado.apps.billing.terms import set_own_limit
from recado.apps.connections.models import Connection
from recado.apps.contacts.opt_outs import Scope, opt_out
from recado.apps.numbers.models import Number
from recado.apps.outbox import sending
from recado.apps.outbox.credit import credit_left
from recado.apps.outbox.models import Job, Origin, OutboundMessage, SendKind
from recado.apps.outbox.services import Order, queue_text

SMS = "messages/send_sms"
PHONES = [f"4850060000{place}" for place in range(6)]

pytestmark = pytest.mark.usefixtures("orm")


@pytest.fixture
def account(orm) -> Account:
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def call(account, call_as):
    return call_as(account)


@pytest.fixture(autouse=True)
def pool(orm) -> list[Number]:
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    return [Number.objects.create(digits=f"4866000000{place}", kind="eco", connection=carrier) for place in range(2)]


def codes(answer) -> list[int | None]:
    return [row.get("error_code") for row in answer["items"]]


def test_what_a_portion_writes_is_what_single_texts_write(call, account):
    single = queue_text(account, None, "48600700800", "Hello", now=timezone.now(), origin=Origin.API, order=Order(kind=SendKind.ECO))
    assert call(SMS, phone=PHONES, text="Hello")["queued"] == len(PHONES)
    written = OutboundMessage.objects.order_by("id").last()
    names = {field.attname for field in OutboundMessage._meta.concrete_fields} - {"id", "recipient", "number_id", "sender", "created_at"}
    assert {name: getattr(written, name) for name in names} == {
        name: getattr(OutboundMessage.objects.get(pk=single.pk), name) for name in names
    }
    jobs = list(Job.objects.order_by("id"))
    names = {field.attname for field in Job._meta.concrete_fields} - {"id", "outbound_message_id", "next_attempt_at", "created_at"}
    assert {name: getattr(jobs[-1], name) for name in names} == {name: getattr(jobs[0], name) for name in names}


def test_an_id_that_somebody_takes_meanwhile_costs_the_others_nothing(call, monkeypatch):
    assert call(SMS, phone=PHONES[0], text="Hello", unique_id="one1")["queued"] == 1
    monkeypatch.setattr(sending, "taken_unique_ids", lambda *_given: set())
    answer = call(SMS, phone=PHONES[:3], text="Hello", unique_id="two2,one1,three3", details=True)
    assert codes(answer) == [None, 3201, None]
    assert list(OutboundMessage.objects.order_by("id").values_list("unique_id", flat=True)) == ["one1", "two2", "three3"]


def test_the_credit_reaches_as_far_as_it_does(call, account, monkeypatch):
    monkeypatch.setattr(sending, "PORTION", 2)
    set_own_limit(account, 0)
    top_up(account, 7 * 3 + 1)
    assert codes(call(SMS, phone=PHONES, text="Hello", details=True)) == [None, None, None, 3000, 3000, 3000]
    assert credit_left(account) == 1
    assert call(SMS, phone=PHONES, text="Hello")["error"]["code"] == 3000


def test_who_opted_out_of_one_number_of_the_pool_is_written_to_from_another_or_not_at_all(call, account, pool):
    for phone, numbers in ((PHONES[0], pool), (PHONES[1], pool[:1])):
        for number in numbers:
            opt_out(account, phone, Scope.NUMBER, number.pk, now=timezone.now())
    answer = call(SMS, phone=PHONES, text="Hello", details=True)
    assert codes(answer)[0] == 3100
    assert codes(answer)[2:] == [None] * 4
    assert not OutboundMessage.objects.filter(recipient=PHONES[1], number=pool[0]).exists()


@pytest.mark.parametrize(("speed", "is_bulk"), [(False, True), (True, False)])
def test_a_long_order_lets_others_go_first_unless_it_is_urgent(call, monkeypatch, speed, is_bulk):
    monkeypatch.setattr(sending, "BULK_FROM", 2)
    for phones, expected in ((PHONES[:2], False), (PHONES[2:], is_bulk)):
        call(SMS, phone=phones, text="Hello", speed=speed)
        assert set(Job.objects.filter(outbound_message__recipient__in=phones).values_list("is_bulk", flat=True)) == {expected}


def test_reports_are_found_on_both_databases(call):
    call(SMS, phone=PHONES[:2], text="Hello", unique_id="one1,two2")
    call(SMS, phone=PHONES[2], text="Hello", date="2099-01-01")
    assert [row["status"] for row in call("messages/reports", status=["saved", "in_progress"], order="asc")["items"]] == [
        "in_progress", "in_progress", "saved",
    ]  # fmt: skip
    assert [row["unique_id"] for row in call("messages/reports", status="in_progress", date_from="2020-01-01")["items"]] == ["two2", "one1"]
    assert call("messages/delete", id=[row["id"] for row in call("messages/reports")["items"]])["correct"] == 1
