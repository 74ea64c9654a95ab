"""The actions groups/*, with what the provider's own test suites assert."""

import pytest

from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.numbers.models import RoutingVersion


def version():
    return RoutingVersion.objects.values_list("version", flat=True).first() or 0


def test_an_added_group_is_listed_viewed_renamed_and_deleted(call):
    added = call("groups/add", name="Gardeners")
    assert added == {"success": True, "id": added["id"]}
    assert isinstance(added["id"], int)
    assert call("groups/view", id=added["id"]) == {"id": added["id"], "name": "Gardeners", "count": 0}
    assert call("groups/edit", id=str(added["id"]), name="Florists") == {"success": True, "id": added["id"]}
    assert call("groups/index")["items"] == [{"id": added["id"], "name": "Florists", "count": 0}]
    assert call("groups/delete", id=added["id"]) == {"success": True}
    assert call("groups/index") == {"paging": {"page": 1, "count": 1}, "items": []}


def test_groups_are_searched_sorted_and_counted(call, account):
    first, second = add_group(account, "Alpha beds"), add_group(account, "Beta beds")
    add_group(account, "Other")
    for digit in range(3):
        add_contact(account, f"4850060070{digit}", group_ids=[second.pk])
    found = call("groups/index", search="beds", sort="name", order="desc")
    assert [(row["id"], row["count"]) for row in found["items"]] == [(second.pk, 3), (first.pk, 0)]
    assert [row["name"] for row in call("groups/index", name="other")["items"]] == ["Other"]


def test_listing_groups_takes_the_same_queries_for_two_as_for_fifty(call, account, django_assert_num_queries):
    for position in range(50):
        group = add_group(account, f"Group {position}")
        add_contact(account, f"485006007{position:02}", group_ids=[group.pk])
    with django_assert_num_queries(3):  # login, count, page
        assert len(call("groups/index", limit=2)["items"]) == 2
    with django_assert_num_queries(3):
        assert len(call("groups/index", limit=50)["items"]) == 50


def test_several_groups_are_deleted_together_or_not_at_all(call, account, stranger):
    mine = [add_group(account, name).pk for name in "AB"]
    theirs = add_group(stranger, "Theirs").pk
    assert call("groups/delete", id=[*mine, theirs])["error"]["code"] == 1004
    assert Group.objects.count() == 3
    assert call("groups/delete", id=",".join(map(str, mine)))["success"] is True
    assert list(Group.objects.values_list("pk", flat=True)) == [theirs]


@pytest.mark.parametrize(("flag", "left"), [(True, 0), ("0", 1)])
def test_deleting_a_group_takes_its_contacts_along_only_if_asked(call, account, flag, left):
    group = add_group(account, "A")
    add_contact(account, "48500600700", group_ids=[group.pk])
    call("groups/delete", id=group.pk, delete_contacts=flag)
    assert Contact.objects.count() == left


def test_deleting_a_group_ends_the_rule_action_that_fills_it_and_tells_routing(call, account, shared_long):
    group = add_group(account, "Gardeners")
    keyword = Keyword.objects.create(account=account, number=shared_long, word="GARDENER", tokens="gardener", folded="gardener")
    rule = Rule.objects.create(account=account, number=shared_long, keyword=keyword)
    RuleAction.objects.create(rule=rule, kind=RuleAction.Kind.ADD_TO_GROUP, group=group)
    RuleAction.objects.create(rule=rule, kind=RuleAction.Kind.SEND_REPLY, text="Hello")
    before = version()
    assert call("groups/delete", id=group.pk)["success"] is True
    assert [action.kind for action in rule.actions.all()] == ["send_reply"]
    assert version() > before


def test_renaming_a_group_tells_routing(call, account):
    group = add_group(account, "A")
    before = version()
    call("groups/edit", id=group.pk, name="B")
    assert version() > before


def test_check_names_the_groups_a_phone_is_in(call, account):
    groups = [add_group(account, name) for name in ("A", "B")]
    contact = add_contact(account, "48500600700", group_ids=[group.pk for group in groups])
    assert call("groups/check", phone="500 600 700") == {
        "items": [{"id": contact.pk, "group_id": group.pk, "group_name": group.name} for group in groups]
    }
    assert call("groups/check", phone="+48500600701") == {"items": []}


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("groups/add", {}, 2000),
        ("groups/add", {"name": "  "}, 2000),
        ("groups/add", {"name": "x" * 101}, 1006),
        ("groups/view", {}, 2000),
        ("groups/view", {"id": "abc"}, 1004),
        ("groups/view", {"id": 9**20}, 1004),
        ("groups/view", {"id": True}, 1004),
        ("groups/edit", {"id": 1, "name": "A"}, 1004),
        ("groups/delete", {}, 2000),
        ("groups/check", {}, 2000),
        ("groups/check", {"phone": "12"}, 2001),
        ("groups/index", {"limit": 1001}, 3331),
        ("groups/index", {"limit": "many"}, 1006),
    ],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, action, params, code):
    assert call(action, **params)["error"]["code"] == code
