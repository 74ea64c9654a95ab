"""The actions blacklist/*, with what the provider's own test suites assert, and the flag `blacklist` of messages and contacts."""

from datetime import UTC, datetime

import pytest

from recado.apps.contacts.blocking import block
from recado.apps.contacts.models import BlockedSender
from recado.apps.contacts.services import add_contact

PHONE = "48500600720"


def test_a_number_is_added_listed_checked_and_deleted(call, account):
    added = call("blacklist/add", phone="500600720")
    assert added == {"success": True, "id": added["id"]}
    assert isinstance(added["id"], int)
    BlockedSender.objects.update(created_at=datetime(2026, 7, 1, 10, 25, 10, 999, tzinfo=UTC))
    listed = {"phone": "+48500600720", "added": "2026-07-01 12:25:10"}
    assert call("blacklist/index", phone="") == {"paging": {"page": 1, "count": 1}, "items": [listed]}
    assert call("blacklist/check", phone="500600720") == {"exists": True}
    assert call("blacklist/delete", phone="500600720") == {"success": True}
    assert call("blacklist/check", phone="500600720") == {"exists": False}
    assert call("blacklist/index")["items"] == []


def test_a_number_added_again_keeps_the_reason_people_wrote(call, account):
    block(account, PHONE, "rude")
    assert call("blacklist/add", phone="+48 500 600 720")["error"]["code"] == 4601
    assert BlockedSender.objects.get().reason == "rude"


def test_the_list_is_narrowed_and_comes_in_pages_first_blocked_first(call, account):
    for digit in range(3):
        block(account, f"4850060072{digit}")
    assert [row["phone"][-1] for row in call("blacklist/index", phone="500600721,500600720,500600729")["items"]] == ["0", "1"]
    second = call("blacklist/index", page=2, limit=2)
    assert (second["paging"], [row["phone"] for row in second["items"]]) == ({"page": 2, "count": 2}, ["+48500600722"])


@pytest.mark.parametrize("sender", ["4301", "MyBank"])
def test_short_codes_and_names_are_blocked_as_they_are(call, account, sender):
    call("blacklist/add", phone=sender)
    assert [row["phone"] for row in call("blacklist/index")["items"]] == [sender]
    assert call("blacklist/delete", phone=sender) == {"success": True}


@pytest.mark.parametrize("action", ["add", "check", "delete"])
@pytest.mark.parametrize(
    ("params", "code"),
    [({}, 2000), ({"phone": None}, 2000), ({"phone": ""}, 4600), ({"phone": " "}, 4600), ({"phone": []}, 4600), ({"phone": "+1"}, 2001)],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, account, action, params, code):
    assert call(f"blacklist/{action}", **params)["error"]["code"] == code
    assert not BlockedSender.objects.exists()


def test_a_number_that_is_not_listed_cannot_be_deleted(call, account):
    assert call("blacklist/delete", phone=PHONE)["error"] == {
        "code": 4602,
        "type": "BlacklistError",
        "message": "The number is not on the blacklist",
    }


def test_messages_and_contacts_say_whether_their_sender_is_blocked(call, account, stranger, receive, shared_long):
    blocked, other = add_contact(account, PHONE), add_contact(account, "48500600721")
    block(account, PHONE)
    block(stranger, "48500600721")
    receive(shared_long, sender=PHONE)
    receive(shared_long, sender="48500600721")
    rows = call("messages/recived", show_contact=True)["items"]
    assert [(row["blacklist"], row["contact"]["blacklist"]) for row in rows] == [(True, True), (False, False)]
    assert {row["id"]: row["blacklist"] for row in call("contacts/index")["items"]} == {blocked.pk: True, other.pk: False}
    assert [call("contacts/view", id=each.pk)["blacklist"] for each in (blocked, other)] == [True, False]
