import re

import pytest

from panel.conversations import dialogue, number
from recado.apps.contacts.importing import import_contacts
from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.services import add_contact, add_group, edit_contact
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind


@pytest.fixture
def group(account):
    return add_group(account, "Garden news")


@pytest.fixture
def contact(account, group):
    return add_contact(account, "48604218377", {"first_name": "Hanna"}, [group.pk])


@pytest.mark.parametrize("typed", ["604 218 377", "+48 604-218-377", "48604218377"])
def test_a_contact_is_added_however_the_number_is_typed(alice_client, account, group, typed):
    response = alice_client.post("/contacts/new/", {"msisdn": typed, "first_name": "Hanna", "groups": [group.pk]})
    assert response.status_code == 302
    contact = Contact.objects.get()
    assert (contact.msisdn, contact.first_name, list(contact.groups.all())) == ("48604218377", "Hanna", [group])


def test_somebody_who_wrote_is_added_from_the_conversation_and_named_there(alice_client, account):
    conversation = dialogue(account)
    assert "/contacts/new/?msisdn=%2B48604218377" in alice_client.get(f"/inbox/{conversation.pk}/").content.decode()
    assert 'value="+48604218377"' in alice_client.get("/contacts/new/?msisdn=%2B48604218377").content.decode()
    alice_client.post("/contacts/new/", {"msisdn": "+48604218377", "first_name": "Hanna"})
    assert "Hanna" in alice_client.get("/inbox/").content.decode()


def test_conversations_follow_the_number_of_a_contact(account, charlie, contact):
    theirs = dialogue(charlie.memberships.get().account, "48660917411", number=number(None, "48503340503", NumberKind.SHARED_LONG))
    old, new = dialogue(account), dialogue(account, "48660917411")
    edit_contact(contact, msisdn="48660917411")
    for each in (old, new, theirs):
        each.refresh_from_db()
    assert (old.contact, new.contact, theirs.contact) == (None, contact, None)


def test_conversations_are_tied_to_imported_people(account):
    conversation = dialogue(account)
    import_contacts(account, "List", [{"phone": "604218377", "first_name": "Hanna"}])
    conversation.refresh_from_db()
    assert conversation.contact == Contact.objects.get()


@pytest.mark.parametrize("given", [{"msisdn": "12"}, {"msisdn": ""}, {"msisdn": "604218377", "email": "no"}])
def test_what_is_no_contact_is_refused(alice_client, given):
    response = alice_client.post("/contacts/new/", given)
    assert response.status_code == 422
    assert not Contact.objects.exists()


def test_the_same_number_twice_is_refused(alice_client, account, contact):
    other = add_contact(account, "48604218378")
    assert alice_client.post("/contacts/new/", {"msisdn": "604218377"}).status_code == 422
    assert alice_client.post(f"/contacts/{other.pk}/", {"msisdn": "604218377"}).status_code == 422


def test_a_contact_is_changed(alice_client, contact):
    alice_client.post(f"/contacts/{contact.pk}/", {"msisdn": "604218377", "first_name": "Anna", "city": "Łódź"})
    contact.refresh_from_db()
    assert (contact.first_name, contact.city, contact.groups.count()) == ("Anna", "Łódź", 0)


def test_groups_of_strangers_cannot_be_chosen(alice_client, charlie):
    theirs = add_group(charlie.memberships.get().account, "Theirs")
    assert alice_client.post("/contacts/new/", {"msisdn": "604218377", "groups": [theirs.pk]}).status_code == 422


def test_deleting_a_contact_asks_first(alice_client, contact):
    assert alice_client.get(f"/contacts/{contact.pk}/delete/").status_code == 200
    assert Contact.objects.exists()
    alice_client.post(f"/contacts/{contact.pk}/delete/")
    assert not Contact.objects.exists()


@pytest.mark.parametrize(("search", "found"), [("hanna", True), ("604 218", True), ("604218377", True), ("nobody", False)])
def test_contacts_are_searched(alice_client, contact, search, found):
    assert ("+48 604 218 377" in alice_client.get("/contacts/", {"q": search}).content.decode()) is found


def test_many_contacts_come_in_pages_that_keep_the_search(alice_client, account):
    for count in range(55):
        add_contact(account, f"486042180{count:02}", {"first_name": "Hanna"})
    page = alice_client.get("/contacts/", {"q": "hanna"}).content.decode()
    assert page.count('class="c-table__main"') == 50
    address = re.search(r'href="(\?q=hanna&amp;before=\d+)"', page)
    assert address
    assert alice_client.get("/contacts/" + address[1].replace("&amp;", "&")).content.decode().count('class="c-table__main"') == 5


def test_a_group_is_added_renamed_and_deleted(alice_client):
    alice_client.post("/groups/", {"name": "Garden news"})
    group = Group.objects.get()
    alice_client.post(f"/groups/{group.pk}/", {"name": "Roses"})
    assert "Roses" in alice_client.get("/groups/").content.decode()
    alice_client.post(f"/groups/{group.pk}/delete/")
    assert not Group.objects.exists()


def test_a_group_without_a_name_is_refused(alice_client, group):
    assert alice_client.post("/groups/", {"name": " "}).status_code == 422
    assert alice_client.post(f"/groups/{group.pk}/", {"name": ""}).status_code == 422


def test_somebody_is_taken_out_of_a_group(alice_client, group, contact):
    assert "Hanna" in alice_client.get(f"/groups/{group.pk}/").content.decode()
    alice_client.post(f"/groups/{group.pk}/contacts/{contact.pk}/leave/")
    assert group.contacts.count() == 0


def test_deleting_a_group_names_the_keywords_that_fill_it(alice_client, account, group):
    number = add_number("48503340503", NumberKind.SHARED_LONG)
    reserve_keyword(account, number, "GARDENER", RuleContent((group,)))
    assert "GARDENER" in alice_client.get(f"/groups/{group.pk}/delete/").content.decode()
