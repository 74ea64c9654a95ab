"""The actions contacts/*, with what the provider's own test suites assert."""

import json

import pytest

from recado.apps.contacts.models import Contact, GroupMembership
from recado.apps.contacts.services import add_contact, add_group

PERSON = {
    "first_name": "Ada",
    "last_name": "Łoś",
    "company": "Ogrody",
    "email": "ada@example.com",
    "tax_id": "5250001009",
    "address": "Różana 1",
    "city": "Łódź",
    "description": "tulips",
}


def test_an_added_contact_is_viewed_without_group_fields(call):
    added = call("contacts/add", phone="+48500600700", **PERSON)
    assert added == {"success": True, "id": added["id"]}
    viewed = call("contacts/view", id=added["id"])
    assert viewed == {"id": added["id"], "phone": "+48500600700", **PERSON, "blacklist": False}


@pytest.mark.parametrize("search", ["a " * 2000, "x" * 100_000])
def test_an_endless_search_is_cut(call, search):
    assert call("contacts/index", search=search)["items"] == []


def test_a_group_that_does_not_exist_is_passed_over(call, account):
    group = add_group(account, "A")
    answer = call("contacts/add", phone="500600700", group_id=[123_456, group.pk])
    assert answer["success"] is True
    assert list(GroupMembership.objects.values_list("group_id", flat=True)) == [group.pk]


def test_adding_a_known_phone_completes_the_contact_and_wipes_nothing(call):
    first = call("contacts/add", phone="500600700", first_name="Ada", city="Łódź")
    again = call("contacts/add", phone="+48 500-600-700", first_name="", last_name="Łoś")
    assert again == first
    viewed = call("contacts/view", id=first["id"])
    assert (viewed["first_name"], viewed["last_name"], viewed["city"]) == ("Ada", "Łoś", "Łódź")


def test_contacts_are_listed_by_group_without_group_and_all(call, account):
    group = add_group(account, "A")
    inside, outside = add_contact(account, "48500600700", group_ids=[group.pk]), add_contact(account, "48500600701")

    def listed(**params):
        return [row["id"] for row in call("contacts/index", **params)["items"]]

    assert listed(group_id=group.pk) == [inside.pk]
    assert listed(group_id="none") == [outside.pk]
    assert listed(group_id=None) == listed() == [inside.pk, outside.pk]
    row = call("contacts/index", group_id=str(group.pk))["items"][0]
    assert (row["group_id"], row["group_name"]) == (group.pk, "A")


@pytest.mark.parametrize("search", ["+48500600701", "500600701", "600701", "0600701", "+48500600701 ", "ewa", "Kowal ewa", "EWA@example"])
def test_contacts_are_found_by_phone_and_by_words(call, account, search):
    add_contact(account, "48500600700", {"first_name": "Ada"})
    wanted = add_contact(account, "48500600701", {"first_name": "Ewa", "last_name": "Kowal", "email": "ewa@example.com"})
    assert [row["id"] for row in call("contacts/index", search=search)["items"]] == [wanted.pk]


def test_contacts_come_in_pages_and_page_zero_is_the_first(call, account):
    for digit in range(5):
        add_contact(account, f"4850060070{digit}")

    def phones(page):
        answer = call("contacts/index", page=page, limit=2, sort="phone", order="asc")
        assert answer["paging"] == {"page": max(page, 1), "count": 3}
        return [row["phone"][-1] for row in answer["items"]]

    assert [phones(page) for page in (0, 1, 2, 3, 4)] == [["0", "1"], ["0", "1"], ["2", "3"], ["4"], []]


def test_listing_contacts_takes_the_same_queries_for_two_as_for_fifty(call, account, django_assert_num_queries):
    groups = [add_group(account, name).pk for name in "AB"]
    for position in range(50):
        add_contact(account, f"485006007{position:02}", group_ids=groups)
    for limit in (2, 50):
        with django_assert_num_queries(3):  # login, count, page
            assert len(call("contacts/index", limit=limit)["items"]) == limit


def test_editing_changes_what_is_given_and_leaves_the_rest(call, account):
    group, other = add_group(account, "A"), add_group(account, "B")
    contact = add_contact(account, "48500600700", {"first_name": "Ada", "city": "Łódź"}, [group.pk])
    assert call("contacts/edit", id=contact.pk, phone="500600799", city="") == {"success": True, "id": contact.pk}
    viewed = call("contacts/view", id=contact.pk)
    assert (viewed["phone"], viewed["first_name"], viewed["city"]) == ("+48500600799", "Ada", "")
    assert list(contact.groups.all()) == [group]
    call("contacts/edit", id=contact.pk, group_id=[group.pk, other.pk])
    assert set(contact.groups.all()) == {group, other}


def test_editing_keeps_when_and_why_a_group_was_joined(call, account):
    group = add_group(account, "A")
    contact = add_contact(account, "48500600700", group_ids=[group.pk])
    GroupMembership.objects.update(message_id=77, keyword_id=5)
    call("contacts/edit", id=contact.pk, group_id=[group.pk, 999_999])
    assert GroupMembership.objects.get().message_id == 77
    call("contacts/edit", id=contact.pk, group_id=999_999)
    assert GroupMembership.objects.get().message_id == 77
    call("contacts/edit", id=contact.pk, group_id="none")
    assert not GroupMembership.objects.exists()


def test_a_contact_cannot_take_the_phone_of_another(call, account):
    add_contact(account, "48500600700")
    other = add_contact(account, "48500600701")
    assert call("contacts/edit", id=other.pk, phone="500600700")["error"]["code"] == 2001
    assert call("contacts/view", id=other.pk)["phone"] == "+48500600701"


def test_several_contacts_are_deleted_together_or_not_at_all(call, account, stranger):
    mine = [add_contact(account, f"4850060070{digit}").pk for digit in range(2)]
    theirs = add_contact(stranger, "48500600700").pk
    assert call("contacts/delete", id=[*mine, theirs])["error"]["code"] == 1004
    assert Contact.objects.count() == 3
    assert call("contacts/delete", id=mine) == {"success": True}
    assert list(Contact.objects.values_list("pk", flat=True)) == [theirs]


@pytest.mark.parametrize("as_string", [False, True])
def test_an_imported_list_is_a_new_group_of_exactly_these_rows(call, account, as_string):
    add_group(account, "Import")
    add_contact(account, "48500600700", {"city": "Łódź"})
    rows = [
        {"phone": "500600700", "first_name": "Ada"},
        {"phone": "+48500600701", "email": "no address", "last_name": "x" * 99},
        {"phone": "nobody", "first_name": "Nemo"},
        {"first_name": "Without"},
    ]
    answer = call("contacts/import", group_name="Import", contact=json.dumps(rows) if as_string else rows)
    assert (answer["success"], answer["correct"], answer["failed"]) == (True, 2, 2)
    listed = call("contacts/index", group_id=answer["id"], sort="phone")["items"]
    assert [(row["phone"], row["first_name"], row["city"], row["email"]) for row in listed] == [
        ("+48500600700", "Ada", "Łódź", ""),
        ("+48500600701", "", "", ""),
    ]


def test_a_long_import_takes_a_few_queries_per_five_hundred_rows(call, django_assert_max_num_queries):
    call("contacts/add", phone="500600700")  # the first id of a process looks at all tables
    rows = [{"phone": f"50060{position:04}", "first_name": f"N{position}"} for position in range(1000)]
    with django_assert_max_num_queries(56):
        answer = call("contacts/import", group_name="Many", contact=rows)
    assert (answer["correct"], answer["failed"]) == (1000, 0)
    assert GroupMembership.objects.filter(group=answer["id"]).count() == 1000


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("contacts/add", {}, 2000),
        ("contacts/add", {"phone": "telephone"}, 2001),
        ("contacts/add", {"phone": 12}, 2001),
        ("contacts/add", {"phone": {"a": 1}}, 2001),
        ("contacts/add", {"phone": "500600700", "email": "nobody"}, 1006),
        ("contacts/add", {"phone": "500600700", "first_name": "x" * 81}, 1006),
        ("contacts/add", {"phone": "500600700", "first_name": ["x"]}, 1006),
        ("contacts/view", {"id": 1}, 1004),
        ("contacts/edit", {"id": 1, "phone": "500600700"}, 1004),
        ("contacts/delete", {"id": 1}, 1004),
        ("contacts/delete", {"id": []}, 2000),
        ("contacts/index", {"group_id": 1}, 1004),
        ("contacts/import", {"group_name": "A"}, 2000),
        ("contacts/import", {"contact": []}, 2000),
        ("contacts/import", {"group_name": "A", "contact": "no list"}, 1006),
        ("contacts/import", {"group_name": "A", "contact": [1]}, 1006),
    ],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, action, params, code):
    assert call(action, **params)["error"]["code"] == code
    assert not Contact.objects.exists()


def test_importing_known_people_again_writes_only_what_changed(call, django_assert_max_num_queries):
    rows = [{"phone": f"50060{position:04}", "first_name": "Ada", "city": "Łódź"} for position in range(600)]
    call("contacts/import", group_name="First", contact=rows)
    rows[7] |= {"city": "Kraków", "first_name": ""}
    with django_assert_max_num_queries(40):
        answer = call("contacts/import", group_name="Second", contact=rows)
    assert (answer["correct"], Contact.objects.count()) == (600, 600)
    changed = Contact.objects.get(city="Kraków")
    assert (changed.first_name, changed.groups.count()) == ("Ada", 2)


def test_an_import_that_fails_leaves_no_group(call, monkeypatch):
    def fail(*args):
        raise RuntimeError("disk full")

    monkeypatch.setattr("recado.apps.contacts.importing._store", fail)
    assert call("contacts/import", group_name="A", contact=[{"phone": "500600700"}])["error"]["code"] == 1010
    assert call("groups/index")["items"] == []
