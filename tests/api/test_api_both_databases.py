"""What the databases do differently: plans, locks, broken constraints, the words of a search; on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.db import connection

from recado.apps.accounts.services import create_account
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.inbox.queries import Wanted
from recado.apps.inbox.services import fetch_unread
from recado.apps.inbox.unread import unread_page
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage
from recado.core.number import NumberKind

pytestmark = pytest.mark.usefixtures("orm")


@pytest.fixture
def account(orm):
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def number(account):
    return Number.objects.create(digits="48503340503", kind="shared_long")


@pytest.fixture
def call(account, call_as):
    return call_as(account)


def test_unread_messages_are_found_by_their_index_among_many_read_ones(account, number, receive_as):
    first = receive_as(account)(number, is_read_by_api=True)
    copies = [
        Message(**{**vars_of(first), "id": first.pk + position, "received_at": first.received_at + timedelta(seconds=position)})
        for position in range(1, 4000)
    ]
    for copy in copies[-40:]:
        copy.is_read_by_api = False
    Message.objects.bulk_create(copies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = unread_page(account, Wanted(kinds=(NumberKind.SHARED_LONG,), since=first.received_at), 0, 10)
    assert "message_unread_by_" in found.messages.explain()
    assert "message_unread_by_api" in unread_page(account, Wanted(), 0, 10).messages.explain()
    assert found.counted == 40


def vars_of(message):
    return {field.attname: getattr(message, field.attname) for field in message._meta.concrete_fields}


def test_two_programs_asking_at_once_never_get_the_same_message(account, number, receive_as, in_threads):
    stored = [receive_as(account)(number).pk for _ in range(40)]

    def fetch():
        got = []
        while page := fetch_unread(unread_page(account, Wanted(), 0, 3).messages):
            got += [message.pk for message in page]
        return got

    results = in_threads(fetch, fetch, fetch)
    assert sorted(chain.from_iterable(results)) == stored


def test_messages_are_read_narrowed_and_marked(account, number, call, receive_as):
    receive = receive_as(account)
    first, second = receive(number, "Zażółć 🌷"), receive(number, sender="MyBank")
    answer = call("messages/recived", type="nd", phone=["500600700", "MyBank"], show_contact=True, ndi="503340503", date_from="2026-01-01")
    assert [row["text"] for row in answer["items"]] == [first.text, second.text]
    assert [row["id"] for row in call("messages/recived", read=True, phone="MyBank")["items"]] == [second.pk]
    assert [row["id"] for row in call("messages/recived", order="desc")["items"]] == [first.pk]


def test_contacts_and_groups_make_their_whole_way(call, account):
    group = call("groups/add", name="Gardeners")["id"]
    added = call("contacts/add", phone="500600700", group_id=[group, 10**15], first_name="Ada\u0000\ud800")["id"]
    imported = call("contacts/import", group_name="Import", contact=[{"phone": "500600700", "city": "Łódź"}, {"phone": "500600701"}])
    assert (imported["correct"], imported["failed"]) == (2, 0)
    assert [row["count"] for row in call("groups/index", sort="name")["items"]] == [1, 2]
    assert [row["id"] for row in call("contacts/index", search="ada ŁÓDŹ"[:4], group_id=imported["id"])["items"]] == [added]
    other = next(row["id"] for row in call("contacts/index", sort="phone", order="desc")["items"])
    assert call("contacts/edit", id=other, phone="500600700")["error"]["code"] == 2001
    assert call("groups/delete", id=imported["id"], delete_contacts=True)["success"] is True
    assert call("contacts/index")["items"] == []
    assert call("groups/index")["items"] == [{"id": group, "name": "Gardeners", "count": 0}]


def test_blocking_templates_and_sender_names_make_their_whole_way(call, account):
    call("contacts/add", phone="500600720")
    assert call("blacklist/add", phone="500600720")["success"] is True
    assert call("blacklist/add", phone="500600720")["error"]["code"] == 4601
    assert [row["blacklist"] for row in call("contacts/index", sort="name")["items"]] == [True]
    assert call("blacklist/delete", phone="500600720") == {"success": True}
    template = call("templates/add", name="A", text="Zażółć\u0000 🌷")["id"]
    assert [row["text"] for row in call("templates/index")["items"]] == ["Zażółć 🌷"]
    assert call("templates/delete", id=template) == {"success": True}
    assert call("senders/add", name="Roza") == {"success": True}
    assert call("senders/add", name="Roza")["error"]["code"] == 4400


def test_a_contact_added_twice_at_once_is_one_contact(account, in_threads):
    group = add_group(account, "Gardeners")
    ids = in_threads(*[lambda: add_contact(account, "48500600700", group_ids=[group.pk]).pk] * 4)
    assert len(set(ids)) == 1
    assert group.contacts.count() == 1


def test_group_sends_and_single_texts_come_in_one_order(account, call):
    noon = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
    sent = Campaign.objects.create(account=account, name="Spring", text="Hi", state="sent", started_at=noon)
    single = {"account": account, "recipient": "48500600700", "text": "Hi", "state": "delivered"}
    for place, fields in enumerate([{"origin": "campaign", "campaign_id": sent.pk}] * 2 + [{"origin": "api"}] * 2):
        at = noon + timedelta(minutes=place)
        OutboundMessage.objects.create(id=first_id_at(at), created_at=at, **single, **fields)
    rows = call("stats/index", begin="2026-11-20", end="2026-11-20")["items"]
    assert [(row["name"], row["delivered"]) for row in rows] == [("", 1), ("", 1), ("Spring", 2)]
    assert call("stats/index", begin="2026-11-20", end="2026-11-20", limit=1, page=3)["items"] == rows[2:]
