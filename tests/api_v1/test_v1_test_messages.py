"""`/test-messages` and `/today`."""

import pytest

from api_v1.doors_messages import forwarded
from api_v1.rows import own_number, shared_number
from panel.conversations import dialogue, received, sent
from recado.apps.audit.models import AuditEntry
from recado.apps.inbox import ports
from recado.apps.inbox.models import Message
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import Job, Origin

PHONE = "+48600000001"


def test_a_text_reaches_the_number_where_a_keyword_claims_it(api, account):
    reserve_keyword(account, shared_number(), "GARDENER")
    answer = api("post", "/test-messages", {"phone": PHONE, "text": "Gardener roses"})
    message = Message.objects.get(pk=answer.json()["message_id"])
    assert (answer.status_code, answer.json()["is_ours"]) == (201, True)
    assert (message.account, message.sender, message.argument, message.is_test) == (account, PHONE[1:], "roses", True)
    assert [one["text"] for one in api("get", "/test-messages?phone=600000001").json()["items"]] == ["Gardener roses"]
    assert api("delete", "/test-messages").json() == {"messages": 1, "conversations": 1, "contacts": 0}
    assert (Message.objects.exists(), AuditEntry.objects.get().action) == (False, "simulator.reset")


def test_a_word_of_nobody_needs_a_number_and_may_stay_nobodys(api, account, stranger):
    number = shared_number()
    reserve_keyword(account, number, "GARDENER")
    assert api("post", "/test-messages", {"phone": PHONE, "text": "Hello"}).json()["code"] == "nobodys-word"
    answer = api("post", "/test-messages", {"phone": PHONE, "text": "Hello", "number_id": number.pk}).json()
    assert answer["is_ours"] is False


def test_another_accounts_message_is_not_received(api, stranger):
    number, theirs = shared_number(), own_number(stranger)
    reserve_keyword(stranger, number, "CLINIC")
    assert api("post", "/test-messages", {"phone": PHONE, "text": "Clinic", "number_id": number.pk}).json()["code"] == "anothers-message"
    response = api("post", "/test-messages", {"phone": PHONE, "text": "Hello", "number_id": theirs.pk})
    assert response.json()["errors"][0]["field"] == "body.number_id"
    assert not Message.objects.exists()


def test_without_a_gateway_nothing_is_received(api, account, monkeypatch):
    monkeypatch.setattr(ports, "receiver", ports.no_receiver)
    response = api("post", "/test-messages", {"phone": PHONE, "text": "Hello", "number_id": own_number(account).pk})
    assert (response.status_code, response.json()["code"]) == (503, "no-gateway")


@pytest.mark.parametrize("text", ["😀" * 700, "STOP", "\u202e", "ﷺ" * 1530])
def test_odd_texts_are_received_like_others(api, account, text):
    answer = api("post", "/test-messages", {"phone": PHONE, "text": text, "number_id": own_number(account).pk})
    assert (answer.status_code, Message.objects.get().text) == (201, text)


def test_the_day_at_a_glance(api, account):
    talk = dialogue(account)
    forwarded(received(talk, "Hello"))
    sent(talk, "Hi", state="undelivered", origin=Origin.AGENT)
    Job.objects.update(state="dead", attempt_count=3, last_error="500")
    day = api("get", "/today").json()
    assert (day["received"], day["unread"], day["attention"]["undelivered_today"]) == (1, 1, 1)
    (failing,) = day["attention"]["failing_forwards"]
    assert (failing["name"], failing["given_up"], failing["error"]) == ("shop.example", 1, "500")
