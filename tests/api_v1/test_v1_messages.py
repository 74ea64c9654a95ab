"""`/messages/received` and `/messages/sent`: what arrived and why it did what it did, what was sent and how it fares."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api_v1.doors_messages import a_forwarded_one
from api_v1.rows import own_number
from panel.conversations import NOON, dialogue, received, sent
from recado.apps.accounts.services import create_account
from recado.apps.audit.models import AuditEntry
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import Filters, Tab, dialogue_list
from recado.apps.ids import next_id
from recado.apps.inbox import log
from recado.apps.inbox.models import Message
from recado.apps.outbox import sent_messages
from recado.apps.outbox.models import Job, Origin, OutboundMessage
from recado.apps.outbox.sent_messages import WantedSent, sent_page
from recado.core.receipt import OutboundState

HANNA = "48604218377"


def ids(api, path):
    return [one["id"] for one in api("get", path).json()["items"]]


def every_id(api, path):
    """Turn all pages."""
    found, cursor = [], ""
    while cursor is not None:
        page = api("get", f"{path}&limit=2{cursor and f'&cursor={cursor}'}").json()
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
    return found


def test_a_received_message_tells_its_way(api, account):
    talk = dialogue(account, HANNA, "Hanna Nowak")
    before, message = received(talk, "Dzień dobry"), received(talk, "Ogrodnik róże")
    answer = sent(talk, "Thanks!", origin=Origin.RULE, in_reply_to_id=message.pk)
    found = api("get", f"/messages/received/{message.pk}").json()
    assert (found["sender"], found["recipient"], found["folded_text"]) == ("+48604218377", "+48664200300", "ogrodnik roze")
    assert found["trail"][3] == {"step": "rule_skipped", "values": {"keyword": "OGRODNIK", "rule_id": 3, "reason": "over"}}
    assert [(one["id"], one["origin"]) for one in found["replies"]] == [(answer.pk, "rule")]
    assert (found["earlier_id"], found["later_id"], found["answers"]) == (before.pk, None, None)


def test_octets_are_given_as_they_came(api, account):
    message = received(dialogue(account), "Hello")
    Message.objects.filter(pk=message.pk).update(raw=b"\x00Hello\xff", encoding=1, carrier_message_id="A-7")
    found = api("get", f"/messages/received/{message.pk}/raw").json()
    assert (found["octets"], found["encoding"], found["carrier_message_id"]) == ("0048656c6c6fff", "latin1", "A-7")


def test_the_log_is_narrowed_and_read_page_by_page(api, account):
    talk = dialogue(account, HANNA, "Hanna Nowak")
    rows = [received(talk, text, minutes=place) for place, text in enumerate(("Roses", "Tulips", "Red roses", "Hello", "Bye"))]
    Message.objects.filter(pk=rows[1].pk).update(is_test=True)
    assert every_id(api, "/messages/received?search=") == [one.pk for one in reversed(rows)]
    assert ids(api, "/messages/received?search=roses") == [rows[2].pk, rows[0].pk]
    assert ids(api, "/messages/received?is_test=true") == [rows[1].pk]
    assert ids(api, "/messages/received?is_matched=true") == []
    since = (NOON + timedelta(minutes=3)).isoformat().replace("+", "%2B")
    assert ids(api, f"/messages/received?since={since}") == [rows[4].pk, rows[3].pk]
    (one,) = api("get", "/messages/received?search=tulips").json()["items"]
    assert (one["name"], one["replies"], one["forwards"], one["keyword"]) == ("Hanna Nowak", [], [], None)


def test_what_no_index_serves_is_looked_through_in_pieces(api, account, monkeypatch):
    monkeypatch.setattr(log, "WINDOW", 3)
    monkeypatch.setattr(sent_messages, "WINDOW", 3)
    talk = dialogue(account, HANNA)
    arrived = [received(talk, "Hello") for _ in range(8)]
    left = [sent(talk, "Hello", state="delivered" if place == 1 else "sent") for place in range(8)]
    Message.objects.filter(pk=arrived[1].pk).update(is_test=True)
    first = api("get", "/messages/sent?state=delivered").json()
    assert (first["items"], first["next"] is not None) == ([], True)
    assert every_id(api, "/messages/sent?state=delivered") == [left[1].pk]
    assert every_id(api, "/messages/received?is_test=true") == [arrived[1].pk]
    since = (timezone.now() + timedelta(hours=1)).isoformat().replace("+", "%2B")
    assert api("get", f"/messages/sent?state=delivered&since={since}").json() == {"items": [], "next": None}


def test_a_list_costs_the_same_for_many(api, account):
    def queries(path):
        with CaptureQueriesContext(connection) as asked:
            assert api("get", path).status_code == 200
        return len(asked)

    def write(place):
        talk = dialogue(account, f"486000007{place}", f"Person {place}")
        sent(talk, "Hi", in_reply_to_id=received(talk, "Hello").pk)

    for place in (10, 11):
        write(place)
    paths = ("/messages/received", "/messages/sent")
    queries("/today")  # the first call notes when the key was used
    few = [queries(path) for path in paths]
    for place in range(12, 30):
        write(place)
    assert [queries(path) for path in paths] == few


def test_a_message_is_forwarded_once_more_but_not_while_it_is_under_way(api, account):
    message_id = a_forwarded_one(account)["message_id"]
    (again,) = api("post", f"/messages/received/{message_id}/redeliver").json()["deliveries"]
    assert (again["delivery_id"], again["state"]) == (Job.objects.latest("pk").pk, "waiting")
    assert api("post", f"/messages/received/{message_id}/redeliver").json()["code"] == "nothing-to-deliver"
    assert [entry.action for entry in AuditEntry.objects.all()] == ["message.redelivered"]


def test_received_messages_are_a_file(api, account):
    talk = dialogue(account, HANNA, "Hanna Nowak")
    received(talk, "=SUM(A1)", minutes=1)
    received(talk, "Two\nlines", minutes=2)
    response = api("get", "/messages/received.csv?search=sum")
    (row,) = csv.DictReader(b"".join(response.streaming_content).decode().splitlines())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert (row["sender"], row["name"], row["text"], row["is_test"]) == ("+48604218377", "Hanna Nowak", "=SUM(A1)", "false")
    assert row["received_at"] == "2026-11-20T11:01:00Z"
    assert b"Two\nlines" in b"".join(api("get", "/messages/received.csv").streaming_content)


def test_sent_messages_are_narrowed(api, account):
    first, second = dialogue(account, HANNA), dialogue(account, "48600000701")
    one, two = sent(first, "Hello", unique_id="order7"), sent(second, "Hello", origin=Origin.API, state="delivered", minutes=5)
    assert ids(api, "/messages/sent") == [two.pk, one.pk]
    assert ids(api, "/messages/sent?phone=604%20218%20377") == [one.pk]
    assert ids(api, "/messages/sent?unique_id=order7") == [one.pk]
    assert ids(api, "/messages/sent?state=delivered&origin=api&kind=full") == [two.pk]
    assert ids(api, f"/messages/sent?conversation_id={first.pk}&is_test=false") == [one.pk]
    assert ids(api, "/messages/sent?campaign_id=7") == []
    OutboundMessage.objects.filter(pk=two.pk).update(created_at=timezone.now())
    until = (timezone.now() - timedelta(minutes=1)).isoformat().replace("+", "%2B")
    assert ids(api, f"/messages/sent?until={until}") == [one.pk]
    assert api("get", "/messages/sent?state=lost").json()["errors"][0]["field"] == "query.state"


def test_the_installations_own_messages_are_nobodys(api, account):
    message = OutboundMessage.objects.create(
        id=next_id(), number=own_number(account), sender="48664200300", recipient=HANNA, text="4711", origin="rule", created_at=NOON
    )
    assert api("get", f"/messages/sent/{message.pk}").status_code == 404


@pytest.mark.parametrize("given", [0, -1, 2**53, "x", "1.5", "%00"])
def test_an_id_that_is_none_is_refused(api, given):
    assert api("get", f"/messages/received/{given}").status_code == 422
    assert api("post", f"/messages/sent/{given}/cancel").status_code == 422


def test_pages_are_cut_alike_by_both_databases(orm, monkeypatch):
    monkeypatch.setattr(sent_messages, "WINDOW", 2)
    account = create_account("Kwiaciarnia Róża")
    talks = [dialogue(account, f"4860000070{place}", number=own_number(account), minutes=place // 2) for place in range(5)]
    left = [sent(talk, "Hi", state="delivered" if talk is talks[0] else "sent") for talk in talks]
    Dialogue.objects.filter(pk__in=[talk.pk for talk in talks]).update(last_message_at=NOON + timedelta(microseconds=7))
    page = dialogue_list(account, Filters(None, NOON, Tab.ALL), 2)
    place = (page[1].last_message_at, page[1].pk)
    after = dialogue_list(account, Filters(None, NOON, Tab.ALL, before=place), 5)
    assert [one.pk for one in (*page[:2], *after)] == [talk.pk for talk in reversed(talks)]
    wanted, before, found = WantedSent(states=(OutboundState.DELIVERED,)), None, []
    while True:
        rows, before = sent_page(account, wanted, NOON, before=before, size=2)
        found += rows
        if before is None:
            break
    assert found == [left[0]]
