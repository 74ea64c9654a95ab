"""Rules, the tester, examples and changes that are only tried."""

import pytest
from django.utils import timezone

from api_v1.numbers_there import keyword, own_number, shared_number, two_rules
from recado.apps.audit.models import AuditEntry
from recado.apps.codes.models import CodePool
from recado.apps.contacts.services import add_group
from recado.apps.contests.models import Contest
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.outbox.destinations import DestinationContent, create
from recado.apps.outbox.models import Destination

EVERYTHING = {
    "is_enabled": False,
    "starts_at": "2026-12-01T00:00:00Z",
    "ends_at": "2027-01-01T00:00:00Z",
    "weekdays": [6, 7],
    "from_time": "22:00",
    "until_time": "06:00",
    "days": "off",
    "office_hours": "closed",
    "occasion": "first",
    "standing": "in",
    "sender_prefixes": ["+48600", "+49"],
    "daily_ceiling": 4990,
    "join_until": "2027-06-01T00:00:00Z",
    "reply": "Hello {first_name}",
}


def test_a_rule_says_all_that_it_was_given(api, account):
    there, gardeners, guests = keyword(account), add_group(account, "Gardeners"), add_group(account, "Guests")
    shop = create(account, DestinationContent(kind=Destination.Kind.URL, url="https://shop.example/sms"))
    given = {
        **EVERYTHING,
        "in_group_id": gardeners.pk,
        "not_in_group_id": guests.pk,
        "join_group_ids": [guests.pk],
        "leave_group_ids": [gardeners.pk],
        "forward_ids": [shop.pk],
    }
    added = api("post", f"/keywords/{there.pk}/rules", given).json()
    assert {name: added[name] for name in given} == given
    changed = api("patch", f"/rules/{added['id']}", {"reply": "", "weekdays": []}).json()
    assert {name: changed[name] for name in given} == {**given, "reply": "", "weekdays": []}
    after = AuditEntry.objects.order_by("id")[0].after
    assert (after["starts_at"], after["ends_at"], after["daily_ceiling"]) == ("2026-12-01", "2027-01-01", "4990")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"in_group_id": 77}, "in_group_id"),
        ({"leave_group_ids": [77]}, "leave_group_ids"),
        ({"forward_ids": [77]}, "forward_ids"),
        ({"starts_at": "2027-01-01T00:00:00Z", "ends_at": "2026-01-01T00:00:00Z"}, "ends_at"),
        ({"from_time": "09:00", "until_time": "09:00"}, "until_time"),
        ({"from_time": "24:00"}, "from_time"),
        ({"weekdays": [8]}, "weekdays.0"),
        ({"sender_prefixes": ["600"]}, "sender_prefixes.0"),
        ({"daily_ceiling": -1}, "daily_ceiling"),
        ({"reply": "Hello {nobody}"}, "reply"),
        ({"reply": "\ud800"}, "reply"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_the_field(api, account, body, field):
    response = api("post", f"/keywords/{keyword(account).pk}/rules", body)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, f"body.{field}")


def test_groups_and_forwards_of_others_are_refused(api, account, stranger):
    theirs = add_group(stranger, "Patients")
    place = create(stranger, DestinationContent(kind=Destination.Kind.URL, url="https://clinic.example/sms"))
    there = keyword(account)
    for body in ({"join_group_ids": [theirs.pk]}, {"not_in_group_id": theirs.pk}, {"forward_ids": [place.pk]}):
        assert api("post", f"/keywords/{there.pk}/rules", body).status_code == 422
    assert Rule.objects.count() == 1


def test_rules_are_moved_deleted_and_restored_as_they_were(api, account):
    first, second = two_rules(account)
    moved = api("post", f"/rules/{second.pk}/move", {"to": "earlier"}).json()["items"]
    assert [(one["id"], one["never_acts_behind_id"]) for one in moved] == [(second.pk, None), (first.pk, second.pk)]
    assert api("post", f"/rules/{second.pk}/move", {"to": "earlier"}).json()["code"] == "no-such-place"
    undo = api("delete", f"/rules/{second.pk}").json()
    assert api("delete", f"/rules/{first.pk}").json()["code"] == "last-rule"
    restored = api("post", "/rules/restore", undo).json()
    assert (restored["reply"], restored["keyword_id"]) == ("Bye", first.keyword_id)
    actions = [f"keyword.rule_{what}" for what in ("moved", "deleted", "restored")]
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == actions


def test_nobody_restores_what_is_not_theirs_or_forged(api, strangers_api, account):
    undo = api("delete", f"/rules/{two_rules(account)[1].pk}").json()
    assert strangers_api("post", "/rules/restore", undo).json()["code"] == "rule-refused"
    for forged in ("x", "", undo["undo"][:-1], "é:x:y"):
        assert api("post", "/rules/restore", {"undo": forged}).status_code == 409
    assert Rule.objects.count() == 1


def test_a_shared_number_has_no_rules_of_its_own(api, account):
    number = shared_number()
    assert api("post", f"/numbers/{number.pk}/rules", {"reply": "Hello"}).json()["code"] == "rule-refused"
    assert api("get", f"/numbers/{number.pk}/rules").json() == {"items": []}


def test_a_text_is_tried_with_its_trace_and_cost(api, account):
    there, guests = keyword(account), add_group(account, "Guests")
    api("post", f"/keywords/{there.pk}/rules", {"in_group_id": guests.pk, "reply": "Hello guest"})
    address = f"/numbers/{there.number_id}/try?text=ogrodnik&sender=%2B48604218377"
    tried = api("get", address).json()
    assert (tried["owner"], tried["keyword_id"], tried["actions"][0]["text"]) == ("yours", there.pk, "Hello")
    assert tried["cost"] == tried["actions"][0]["cost"] == 9
    skipped = next(one for one in tried["trace"] if one["step"] == "rule_skipped")
    assert skipped["values"]["reason"] == "not_in_group"
    member = api("get", f"{address}&who=member&group_id={guests.pk}&moment=2026-11-21T20:00:00Z").json()
    assert member["actions"][0]["text"] == "Hello guest"
    assert api("get", f"{address}&group_id=77").json()["errors"][0]["field"] == "query.group_id"


def test_of_a_text_that_is_anothers_nothing_is_said(api, stranger):
    theirs = keyword(stranger, number=shared_number())
    tried = api("get", f"/numbers/{theirs.number_id}/try?text=ogrodnik").json()
    assert (tried["owner"], tried["keyword_id"], tried["actions"], tried["trace"]) == ("other", None, [], [])


def test_an_example_tells_when_it_comes_out_otherwise_until_it_is_settled(api, account):
    there = keyword(account)
    body = {"text": "ogrodnik", "weekday": 6, "at_time": "22:00", "note": "Saturday night"}
    kept = api("post", f"/numbers/{there.number_id}/examples", body).json()
    assert (kept["expected"]["deeds"][0]["text"], kept["at_time"], kept["now"]) == ("Hello", "22:00", None)
    api("patch", f"/rules/{there.rules.get().pk}", {"reply": "Good day"})
    (listed,) = api("get", "/examples").json()["items"]
    assert (listed["expected"]["deeds"][0]["text"], listed["now"]["deeds"][0]["text"]) == ("Hello", "Good day")
    assert api("post", f"/examples/{kept['id']}/settle").json()["expected"]["deeds"][0]["text"] == "Good day"
    assert api("post", f"/numbers/{there.number_id}/examples", {"text": "x", "weekday": 6}).status_code == 422


def test_a_change_that_is_tried_changes_nothing_and_says_what_it_would_mean(api, account):
    there = keyword(account)
    api("post", f"/numbers/{there.number_id}/examples", {"text": "ogrodnik"})
    first = there.rules.get()

    def tried(**change):
        return api("post", f"/numbers/{there.number_id}/try-change", {"change": change}).json()

    edited = tried(operation="edit_rule", rule_id=first.pk, rule={"reply": "Good day"})
    assert [one["after"]["deeds"][0]["text"] for one in edited["examples"]] == ["Good day"]
    added = tried(operation="add_rule", keyword_id=there.pk, rule={"reply": "Never"})
    assert added["never_acting"] == [{"rule_id": None, "behind_id": first.pk}]
    reserved = tried(operation="reserve_keyword", keyword={"word": "OGRODNIK 2", "kind": "base"})
    assert (reserved["rivals"], reserved["messages_tried"]) == ([], 0)
    for change in (
        {"operation": "edit_keyword", "keyword_id": there.pk, "keyword": {"word": "ROSE"}},
        {"operation": "pause_keyword", "keyword_id": there.pk},
        {"operation": "end_keyword", "keyword_id": there.pk},
    ):
        assert len(tried(**change)["examples"]) == 1
    assert tried(operation="add_synonym", keyword_id=there.pk, word="stop")["code"] == "word-reserved"
    assert tried(operation="move_rule", rule_id=first.pk, to="later")["examples"] == []
    assert (Keyword.objects.count(), Rule.objects.count(), first.actions.get().text) == (1, 1, "Hello")


def test_a_change_on_another_number_is_not_tried(api, account):
    there, other = keyword(account), own_number(account, "48664200301")
    change = {"change": {"operation": "pause_keyword", "keyword_id": there.pk}}
    assert api("post", f"/numbers/{other.pk}/try-change", change).status_code == 404


def test_a_code_must_be_named_and_an_age_cannot_be_asked_for_on_a_shared_number(api, account):
    pool = CodePool.objects.create(account=account, name="Ten percent")
    now = timezone.now()
    contest = Contest.objects.create(account=account, name="Bike", opens_at=now, closes_at=now, min_age=18, public_token="t")
    here, there = (f"/keywords/{one.pk}/rules" for one in (keyword(account), keyword(account, "TULIP", shared_number())))
    activities = [{"kind": "give_code", "target_id": pool.pk}]
    refused = api("post", here, {"reply": "Thank you", "activities": activities})
    assert (refused.status_code, "{code}" in refused.content.decode()) == (422, True)
    assert api("post", here, {"reply": "{code}", "activities": activities}).status_code == 201
    activities = [{"kind": "enter_contest", "target_id": contest.pk}]
    refused = api("post", there, {"reply": "In.", "activities": activities})
    assert (refused.status_code, "individual numbers" in refused.content.decode()) == (422, True)
