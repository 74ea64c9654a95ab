"""Several contacts at once, undo of leaving a group, the contact as data, and forgetting a person."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from panel.conversations import dialogue, received, sent
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import Contact, GroupMembership
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.news import tell_undelivered
from recado.apps.dialogues.services import assign
from recado.apps.inbox.models import Message
from recado.apps.notifications.models import Notification
from recado.apps.outbox.models import OutboundMessage


@pytest.fixture
def group(account):
    return add_group(account, "Garden news")


@pytest.fixture
def people(account):
    return [add_contact(account, f"4860421837{digit}", {"first_name": f"Hanna {digit}"}) for digit in range(3)]


def ask(client, people, **fields):
    return client.post("/contacts/bulk/", {"contact": [one.pk for one in people], **fields}, follow=True)


def test_the_ticked_are_put_into_a_group_and_only_they(alice_client, people, group):
    assert "2 contacts were added to Garden news" in ask(alice_client, people[:2], do="join", group=group.pk).content.decode()
    assert set(group.contacts.all()) == set(people[:2])


def test_leaving_a_group_is_undone_with_the_consent_that_was_given(alice_client, account, people, group):
    joined = timezone.now()
    membership = GroupMembership.objects.create(id=5, group=group, contact=people[0], joined_at=joined, message_id=7, keyword_id=9)
    page = ask(alice_client, people, do="leave", group=group.pk).content.decode()
    assert group.contacts.count() == 0
    token = re.search(r'name="left" value="([^"]+)"', page)
    assert token
    alice_client.post("/contacts/rejoin/", {"left": token[1]})
    again = GroupMembership.objects.get()
    assert (again.pk, again.joined_at, again.message_id, again.keyword_id) == (membership.pk, joined, 7, 9)


def test_what_was_not_signed_by_us_or_is_another_accounts_is_not_undone(alice_client, charlie_client, people, group):
    GroupMembership.objects.create(id=5, group=group, contact=people[0])
    token = re.search(r'name="left" value="([^"]+)"', ask(alice_client, people, do="leave", group=group.pk).content.decode())
    assert token
    alice_client.post("/contacts/rejoin/", {"left": token[1] + "x"})
    charlie_client.post("/contacts/rejoin/", {"left": token[1]})
    assert not GroupMembership.objects.exists()


def test_deleting_many_asks_with_the_number_in_the_button(alice_client, people):
    page = ask(alice_client, people[:2], do="delete").content.decode()
    assert "Delete 2 contacts" in page
    assert Contact.objects.count() == 3
    ask(alice_client, people[:2], do="delete", sure="1")
    assert list(Contact.objects.all()) == people[2:]


def test_contacts_of_strangers_are_not_touched(charlie_client, people, group):
    ask(charlie_client, people, do="delete", sure="1")
    assert charlie_client.post("/contacts/bulk/", {"contact": [people[0].pk], "do": "join", "group": group.pk}).status_code == 302
    assert (Contact.objects.count(), group.contacts.count()) == (3, 0)


def test_all_on_a_page_are_ticked_without_scripts(alice_client, people):
    assert alice_client.get("/contacts/?pick=all").content.decode().count(" checked>") == 3


def test_numbers_are_typed_into_a_group(alice_client, people, group):
    page = alice_client.post(f"/groups/{group.pk}/join/", {"numbers": "604218370, 604 218 399\n12"}, follow=True).content.decode()
    assert set(group.contacts.values_list("msisdn", flat=True)) == {"48604218370", "48604218399"}
    assert "1 entry is no phone number" in page


def test_a_group_shows_how_it_grew_as_picture_and_table(alice_client, people, group):
    ask(alice_client, people, do="join", group=group.pk)
    page = alice_client.get(f"/groups/{group.pk}/").content.decode()
    assert "3 people joined in 30 days" in page
    assert 'class="c-bars__bar c-bars__bar--0"' in page
    assert "Show as table" in page


def test_a_person_gets_all_that_is_known(alice_client, account):
    conversation = dialogue(account, name="Hanna Lis")
    received(conversation, "Dzień dobry")
    sent(conversation, "Witamy")
    data = alice_client.get(f"/contacts/{conversation.contact.pk}/data/").json()
    assert (data["phone"], data["first_name"]) == ("48604218377", "Hanna")
    assert [data["received"][0]["text"], data["sent"][0]["text"]] == ["Dzień dobry", "Witamy"]


def test_a_forgotten_person_leaves_no_words_and_nobody_else_is_touched(alice_client, account):
    conversation, other = dialogue(account, name="Hanna Lis"), dialogue(account, "48660917411")
    message, kept = received(conversation, "Sekret"), received(other, "Inne")
    sent(conversation, "Odpowiedź")
    alice_client.get(f"/contacts/{conversation.contact.pk}/erase/")
    assert Contact.objects.exists()
    alice_client.post(f"/contacts/{conversation.contact.pk}/erase/")
    message.refresh_from_db()
    conversation.refresh_from_db()
    assert (message.text, bytes(message.raw), conversation.last_text, conversation.contact) == ("", b"", "", None)
    assert "tokens" not in message.trail
    assert OutboundMessage.objects.get().text == ""
    assert Message.objects.get(pk=kept.pk).text == "Inne"
    assert AuditEntry.objects.get().action == "contact.erased"


def test_the_bell_names_a_forgotten_person_no_more_and_everybody_else_still(alice_client, alice, bob, account):
    hanna, jan = dialogue(account, name="Hanna Lis"), dialogue(account, "48660917411", "Jan Kos")
    for conversation in (hanna, jan):
        assign(conversation, alice, bob, reverse("conversation", args=[conversation.pk]))
    sent(hanna, "Odpowiedź", author=alice, state="undelivered", finished_at=timezone.now())
    tell_undelivered([hanna.pk], timezone.now())
    assert Notification.objects.filter(values__name="Hanna Lis").count() == 2
    alice_client.post(f"/contacts/{hanna.contact.pk}/erase/")
    assert Notification.objects.get().values["name"] == "Jan Kos"
