"""messages/view, reports and delete: what was sent, what became of it, taking back what waits for its time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from recado.apps.connections.models import Connection
from recado.apps.contacts.services import add_contact
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.outbox.services import Order, queue_text
from recado.core.outbound_id import to_public
from recado.core.receipt import OutboundState, UnsentReason

HANNA = "48604218377"
STATUSES = {"delivered", "undelivered", "sent", "unsent", "in_progress", "saved"}


@pytest.fixture
def number(individual) -> Number:
    individual.connection = Connection.objects.create(name="Carrier", kind="smpp")
    individual.save()
    return individual


@pytest.fixture
def queue(account, number):
    def queue(state: str = "", to: str = HANNA, *, order: Order | None = None, **fields: object) -> OutboundMessage:
        given = {"now": timezone.now(), "origin": Origin.API, "order": order or Order()}
        message = queue_text(account, number, to, "Zażółć", **given)
        if state:
            OutboundMessage.objects.filter(pk=message.pk).update(state=state, **fields)
        return message

    return queue


def later(unique_id: str | None = None) -> Order:
    return Order(scheduled_at=timezone.now() + timedelta(days=1), unique_id=unique_id)


def test_a_message_is_shown_as_the_contract_says(call, account, queue):
    add_contact(account, HANNA, {"first_name": "Hanna"}, [])
    at = datetime(2026, 11, 20, 11, tzinfo=UTC)
    message = queue("delivered", order=Order(unique_id="Order1"), created_at=at, sent_at=at, finished_at=at)
    for asked in ({"id": to_public(message.pk).upper()}, {"unique_id": "Order1"}):
        shown = call("messages/view", **asked, show_contact=True)
        assert shown.pop("contact")["first_name"] == "Hanna"
        assert shown == {
            "id": to_public(message.pk), "unique_id": "Order1", "phone": f"+{HANNA}", "status": "delivered",
            "queued": "2026-11-20 12:00:00", "sent": "2026-11-20 12:00:00", "delivered": "2026-11-20 12:00:00",
            "sender": "+48664200300", "type": "full", "text": "Zażółć",
            "flash": False, "utf": True, "parts": 1, "cost": message.cost / 100, "method": "api", "mnc": None, "country": "",
            "network": "", "attachments": [], "reason": "",
        }  # fmt: skip


@pytest.mark.parametrize(("params", "code"), [({}, 2000), ({"id": "0000000000"}, 1004), ({"id": "?"}, 1004), ({"id": "a,b"}, 1006)])
def test_view_misuse(call, params, code):
    assert call("messages/view", **params)["error"]["code"] == code


def test_every_state_has_a_status_of_the_contract_by_which_it_is_found(call, queue):
    made = {state.value: to_public(queue(state.value).pk) for state in OutboundState}
    made["saved"] = to_public(queue(order=later()).pk)
    found = {row["id"]: row["status"] for row in call("messages/reports")["items"]}
    assert set(found.values()) == STATUSES
    for status in STATUSES:
        asked = call("messages/reports", status=status)["items"]
        assert {row["id"] for row in asked} == {key for key, own in found.items() if own == status}
    pending = {row["id"] for row in call("messages/reports", status="pending")["items"]}
    assert pending == {made[state] for state in ("queued", "uncertain", "sent", "saved")}
    assert call("messages/reports", status="odd")["items"] == []


def test_reports_are_narrowed_and_turned_page_by_page(call, queue):
    first, second = queue(order=Order(unique_id="Order1")), queue(to="48500600700")
    ids = [to_public(second.pk), to_public(first.pk)]
    assert call("messages/reports", limit=1)["paging"] == {"page": 1, "count": 2}
    now = timezone.localtime()
    for params, expected in (
        ({}, ids),
        ({"order": "asc"}, ids[::-1]),
        ({"page": 2, "limit": 1}, ids[1:]),
        ({"id": ids}, ids),
        ({"id": ids[0], "unique_id": ["Order1", "Order2"]}, ids),
        ({"phone": "+48500600700"}, ids[:1]),
        ({"type": "full"}, ids),
        ({"type": "eco"}, []),
        ({"type": "mms"}, []),
        ({"stat_id": 5}, []),
        ({"date_from": str(now.date() - timedelta(days=1))}, ids),
        ({"date_from": str(now.date() + timedelta(days=2))}, []),
        ({"date_to": str(now.date() - timedelta(days=2))}, []),
    ):
        assert [row["id"] for row in call("messages/reports", **params)["items"]] == expected, params
    assert call("messages/reports", id=[f"{place:010x}" for place in range(501)])["error"]["code"] == 1006


def test_why_one_was_not_delivered_is_said_in_the_providers_words(call, queue):
    queue("undelivered", reason="wrong_number")
    queue("unsent", reason=UnsentReason.TOO_LATE)
    assert [row["reason"] for row in call("messages/reports")["items"]] == ["message_expired", "wrong_number"]


def test_what_waits_for_its_time_is_taken_back(call, queue):
    message = queue(order=later("Order1"))
    assert call("messages/delete", id=to_public(message.pk)) == {"success": True}
    message.refresh_from_db()
    assert (message.state, message.cost) == ("unsent", 0)
    assert call("messages/delete", unique_id="Order1") == {"success": False}


def test_what_is_on_its_way_is_not(call, queue):
    now, sent, scheduled = queue(), queue("sent"), queue(order=later())
    for message in (now, sent):
        assert call("messages/delete", id=to_public(message.pk)) == {"success": False}
    answer = call("messages/delete", id=[to_public(one.pk) for one in (now, sent, scheduled)])
    assert answer == {"success": True, "correct": 1, "failed": 2}
    assert call("messages/delete")["error"]["code"] == 2000
