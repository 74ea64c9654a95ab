"""`/autoresponders` and `/paused-answers`: what is particular about them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api_v1.doors_autoresponders import a_trip, an_autoresponder
from panel.conversations import number
from recado.api.v1.autoresponder_shapes import _REFUSED
from recado.apps.audit.models import AuditEntry
from recado.apps.autoresponders.errors import AutoresponderRefusal
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.contacts.services import add_group
from recado.apps.keywords.services import reserve_keyword

FULL = {
    "name": "Night",
    "text": "Closed, {first_name}.",
    "once_minutes": 720,
    "is_enabled": True,
    "starts_at": "2098-12-01T00:00:00Z",
    "ends_at": "2098-12-24T00:00:00Z",
    "weekdays": [1, 5],
    "from_time": "22:00",
    "until_time": "06:00",
    "days": "working",
    "office_hours": "closed",
    "occasion": "first",
    "standing": "opted_out",
    "sender_prefixes": ["+48600", "+49"],
    "daily_ceiling": 250,
}


def made(api, **given):
    response = api("post", "/autoresponders", {"name": "A", "text": "Hello.", **given})
    assert response.status_code == 201, response.content
    return response.json()


def test_one_with_every_restriction_is_shown_as_it_was_given_and_noted(api, account):
    group, keyword = add_group(account, "Guests"), reserve_keyword(account, number(account), "Ogrodnik")
    given = FULL | {"in_group_id": group.pk, "keyword_id": keyword.pk}
    added = made(api, **given)
    shown = api("get", f"/autoresponders/{added['id']}").json()
    assert {name: shown[name] for name in given} == given
    assert (shown["number_id"], shown["place"], shown["state"]) == (None, 1, "not_yet")
    noted = AuditEntry.objects.get()
    assert (noted.action, noted.after["place"], noted.after["once"]) == ("autoresponder.added", "Ogrodnik · 48664200300", "720")


def test_a_change_leaves_what_it_does_not_name(api, account):
    keyword = reserve_keyword(account, number(account), "Ogrodnik")
    path = f"/autoresponders/{made(api, **FULL, keyword_id=keyword.pk)['id']}"
    changed = api("patch", path, {"weekdays": [], "ends_at": None}).json()
    assert {name: changed[name] for name in FULL} == FULL | {"weekdays": [], "ends_at": None}
    assert api("patch", path, {"number_id": number(account).pk}).json()["keyword_id"] is None
    api("patch", path, {})
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")][1:] == ["autoresponder.changed"] * 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "Hello {nobody}"}, "text"),
        ({"name": "  "}, "name"),
        ({"once_minutes": 0}, "once_minutes"),
        ({"number_id": 7**9}, "number_id"),
        ({"keyword_id": 7**9}, "keyword_id"),
        ({"keyword_id": 1, "number_id": 1}, "keyword_id"),
        ({"in_group_id": 7**9}, "in_group_id"),
        ({"starts_at": "2098-12-02T00:00:00Z", "ends_at": "2098-12-01T00:00:00Z"}, "ends_at"),
        ({"from_time": "08:00", "until_time": "08:00"}, "until_time"),
        ({"sender_prefixes": [f"+48{index:013}" for index in range(14)]}, "sender_prefixes"),
        ({"from_time": "24:00"}, "from_time"),
        ({"txet": "x"}, "txet"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(given, field, api):
    response = api("post", "/autoresponders", {"name": "A", "text": "Hello."} | given)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, f"body.{field}"), response.content
    assert not Autoresponder.objects.exists()


def test_every_refusal_names_a_field():
    assert set(_REFUSED) | {AutoresponderRefusal.PLACEHOLDERS} == set(AutoresponderRefusal)


def test_the_order_is_changed_and_pages_follow_it(api):
    keys = [made(api, name=name)["id"] for name in "ABC"]
    assert api("post", f"/autoresponders/{keys[2]}/move", {"place": 1}).json()["place"] == 1
    first = api("get", "/autoresponders?limit=2").json()
    rest = api("get", f"/autoresponders?limit=2&cursor={first['next']}").json()
    assert [one["name"] for one in first["items"] + rest["items"]] == ["C", "A", "B"]
    assert rest["next"] is None
    assert api("post", f"/autoresponders/{keys[2]}/move", {"place": 99}).json()["place"] == 3


def test_one_that_is_overtaken_names_the_one_before(api):
    early, late = made(api, once_minutes=None), made(api)
    assert (late["state"], late["overtaken_by_id"]) == ("overtaken", early["id"])
    api("post", f"/autoresponders/{early['id']}/switch-off")
    assert api("get", f"/autoresponders/{late['id']}").json()["state"] == "on"


def test_a_deletion_is_taken_back_once_and_by_its_own_account(api, strangers_api):
    made(api, name="A")
    added = made(api, **FULL)
    undo = api("delete", f"/autoresponders/{added['id']}").json()
    assert api("get", f"/autoresponders/{added['id']}").status_code == 404
    assert strangers_api("post", "/autoresponders/restore", undo).json()["code"] == "too-late"
    restored = api("post", "/autoresponders/restore", undo)
    assert (restored.status_code, restored.json()) == (201, added)
    assert api("post", "/autoresponders/restore", undo).json()["code"] == "too-late"
    assert api("post", "/autoresponders/restore", {"undo": "ü:x:y"}).json()["code"] == "too-late"


def test_a_copy_stands_behind_switched_off_under_a_name_of_its_own(api):
    found = made(api, **FULL)
    copied = api("post", f"/autoresponders/{found['id']}/copy", {}).json()
    assert (copied["name"], copied["place"], copied["state"]) == ("Copy of Night", 2, "off")
    assert api("post", f"/autoresponders/{found['id']}/copy", {"name": "Holidays"}).json()["name"] == "Holidays"


def test_the_preview_is_filled_in_counted_and_priced(api, account):
    shown = api("post", "/autoresponders/preview", {"text": "{first_name}, {number} {nobody}", "number_id": number(account).pk}).json()
    assert (shown["text"], shown["segments"], shown["unknown"]) == ("Anna, +48664200300 {nobody}", 1, ["nobody"])
    assert shown["cost"] > 0


def test_phones_are_answered_again_one_or_all_but_not_beyond_a_ceiling(api, account):
    ours = an_autoresponder(account)["autoresponder_id"]
    trips = [a_trip(account, phone, autoresponder_id=ours) for phone in ("48600100200", "48600100201", "48600100202")]
    full = a_trip(account, "48600100203", "ceiling", ours)
    assert api("get", f"/autoresponders/{ours}").json()["paused_phones"] == 3
    assert [one["phone"] for one in api("get", "/paused-answers?limit=2").json()["items"]] == ["+48600100203", "+48600100202"]
    assert api("post", f"/paused-answers/{full.pk}/resume").json()["code"] == "ceiling-reached"
    assert [api("post", f"/paused-answers/{trips[0].pk}/resume").json() for _ in range(2)] == [{"phones": 1}, {"phones": 0}]
    assert api("post", "/paused-answers/resume").json() == {"phones": 2}
    assert [one["reason"] for one in api("get", "/paused-answers").json()["items"]] == ["ceiling"]
    over = api("get", "/paused-answers?is_over=true&phone=600100201").json()["items"]
    assert [(one["id"], bool(one["resumed_at"])) for one in over] == [(trips[1].pk, True)]
    assert [entry.action for entry in AuditEntry.objects.all()] == ["autoresponder.resumed"] * 2


def test_a_change_that_is_tried_changes_nothing_and_names_the_examples_it_would_change(api, account):
    there = number(account).pk
    first = made(api, once_minutes=None)
    api("post", f"/numbers/{there}/examples", {"text": "Hello"})

    def tried(**change):
        return api("post", f"/numbers/{there}/try-change", {"change": change}).json()

    key = {"autoresponder_id": first["id"]}
    for change in (
        {"operation": "edit_autoresponder", "autoresponder": {"text": "Good day."}, **key},
        {"operation": "switch_autoresponder_off", **key},
        {"operation": "delete_autoresponder", **key},
    ):
        assert len(tried(**change)["examples"]) == 1, change
    assert tried(operation="move_autoresponder", place=1, **key)["examples"] == []
    assert tried(operation="add_autoresponder", autoresponder={"name": "B", "text": "Late."})["examples"] == []
    wrong = tried(operation="add_autoresponder", autoresponder={"name": "B", "text": "{nobody}"})
    assert wrong["errors"][0]["field"] == "body.change.autoresponder.text"
    assert [(one["id"], one["text"]) for one in api("get", "/autoresponders").json()["items"]] == [(first["id"], "Hello.")]


def test_a_list_asks_as_often_for_many_as_for_two(api):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert api("get", "/autoresponders").status_code == 200
        return len(caught)

    for name in "AB":
        made(api, name=name)
    few = queries()
    for name in "CDEF":
        made(api, name=name)
    assert queries() == few
