"""Contacts and groups as panel and API change them."""

import pytest

from recado.apps import changes
from recado.apps.accounts.services import create_account
from recado.apps.contacts.models import Contact
from recado.apps.contacts.queries import NotFoundError, contacts_of, find_contact, get_contact_for, get_group_for, groups_of
from recado.apps.contacts.services import (
    ContactExistsError,
    add_contact,
    add_group,
    delete_contacts,
    delete_groups,
    edit_contact,
    join_groups,
    leave_group,
    rename_group,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return create_account("Alice Flowers")


@pytest.fixture
def charlie():
    return create_account("Charlie Cars")


def test_only_the_own_account_finds_a_contact_or_a_group(alice, charlie):
    contact, group = add_contact(alice, "48500600700"), add_group(alice, "Gardeners")
    assert get_contact_for(alice, contact.pk) == contact
    assert get_group_for(alice, group.pk).contact_count == 0
    for ask, asked in ((get_contact_for, contact), (get_group_for, group)):
        with pytest.raises(NotFoundError):
            ask(charlie, asked.pk)
    assert find_contact(charlie, "48500600700") is None


def test_two_accounts_each_have_their_own_contact_with_a_number(alice, charlie):
    assert add_contact(alice, "48500600700").pk != add_contact(charlie, "48500600700").pk


def test_a_contact_joins_no_group_of_another_account(alice, charlie):
    contact = add_contact(alice, "48500600700", group_ids=[add_group(charlie, "Theirs").pk])
    assert not contact.groups.exists()


def test_joining_twice_is_being_in_once_and_leaving_ends_it(alice):
    contact, group = add_contact(alice, "48500600700"), add_group(alice, "Gardeners")
    join_groups(contact, [group.pk])
    join_groups(contact, [group.pk])
    assert groups_of(alice).get().contact_count == 1
    leave_group(contact, group)
    assert groups_of(alice).get().contact_count == 0


def test_after_a_refused_edit_the_stored_contact_is_as_before(alice):
    add_contact(alice, "48500600700")
    contact = add_contact(alice, "48500600701", {"city": "Łódź"})
    with pytest.raises(ContactExistsError):
        edit_contact(contact, msisdn="48500600700", details={"city": "Kraków"})
    stored = Contact.objects.get(pk=contact.pk)
    assert (stored.msisdn, stored.city) == ("48500600701", "Łódź")


def test_ids_of_contacts_grow_and_fit_javascript(alice):
    ids = [add_contact(alice, f"4850060070{digit}").pk for digit in range(5)]
    assert ids == sorted(ids)
    assert 0 < ids[-1] < 2**53


def test_contacts_are_deleted_only_in_the_account_named(alice, charlie):
    contact = add_contact(alice, "48500600700")
    delete_contacts(charlie, [contact])
    assert contacts_of(alice).count() == 1
    delete_groups(charlie, [add_group(alice, "Gardeners")], with_contacts=True)
    assert groups_of(alice).count() == 1


def test_every_change_is_announced_after_it_is_committed(alice, django_capture_on_commit_callbacks):
    told = []
    unsubscribe = changes.subscribe(told.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            contact, group = add_contact(alice, "48500600700"), add_group(alice, "Gardeners")
            edit_contact(contact, details={"city": "Łódź"})
            rename_group(group, "Florists")
            delete_groups(alice, [group])
            assert told == []
    finally:
        unsubscribe()
    assert {change.account_id for change in told if change.kind == "contacts"} == {alice.pk}
    assert [change.kind for change in told].count("routing") == 2
    length = len(told)
    with django_capture_on_commit_callbacks(execute=True):
        add_group(alice, "Nobody listens")
    assert len(told) == length
