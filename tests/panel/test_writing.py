"""Writing in a conversation: leases and refusals as pages show them, notes, canned replies, groups beside it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number, received, sent
from recado.apps.accounts.models import Account, User
from recado.apps.contacts.services import add_group
from recado.apps.dialogues.canned_replies import add_canned_reply
from recado.apps.dialogues.claims import claim
from recado.apps.dialogues.models import Dialogue, Note
from recado.apps.numbers.lifecycle import release_number
from recado.apps.outbox.models import OutboundMessage
from recado.panel.fragments import render

PARTIAL = {"HTTP_HX_REQUEST_TYPE": "partial"}


@pytest.fixture
def hanna(account: Account) -> Dialogue:
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Macie tulipany?")
    return conversation


def test_a_lease_shows_to_others_in_list_and_thread_and_not_to_its_holder(alice_client: Client, alice: User, bob: User, hanna: Dialogue):
    claim(hanna, bob, timezone.now())
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert page.count("Bob is answering") == 2
    assert "Bob is answering" in render("presence", hanna.account_id, hanna.pk, alice, "en")
    assert "is answering" not in render("presence", hanna.account_id, hanna.pk, bob, "en")


def test_claiming_says_whether_the_lease_is_ones_own(alice_client: Client, bob: User, hanna: Dialogue):
    assert alice_client.post(f"/inbox/{hanna.pk}/claim/").status_code == 204
    alice_client.post(f"/inbox/{hanna.pk}/release/")
    claim(hanna, bob, timezone.now())
    assert alice_client.post(f"/inbox/{hanna.pk}/claim/").content == b"Bob"


def test_a_quicker_colleague_stops_the_reply_and_its_text_stays(alice_client: Client, bob: User, hanna: Dialogue):
    seen = received(hanna, "Halo?").pk
    sent(hanna, "Mamy", author=bob)
    refused = alice_client.post(f"/inbox/{hanna.pk}/send/", {"text": "Tak, mamy", "key": "k1", "seen": seen})
    page = refused.content.decode()
    assert refused.status_code == 422
    for words in ("Bob answered while you were writing. Nothing was sent.", "Send anyway", "Tak, mamy</textarea>"):
        assert words in page
    assert OutboundMessage.objects.count() == 1
    alice_client.post(f"/inbox/{hanna.pk}/send/", {"text": "Tak, mamy", "key": "k1", "seen": seen, "anyway": "1"})
    assert OutboundMessage.objects.count() == 2


def test_a_conversation_on_a_number_that_was_taken_away_says_so_and_sends_nothing(alice_client: Client, hanna: Dialogue):
    release_number(hanna.number, timezone.now())
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert "You cannot answer here: the number is not yours any more." in page
    assert f"/inbox/{hanna.pk}/send/" not in page
    assert alice_client.post(f"/inbox/{hanna.pk}/send/", {"text": "Tak", "key": "k1"}).status_code == 422
    assert not OutboundMessage.objects.exists()


def test_a_refusal_asked_for_by_a_script_is_a_piece_with_both_ways_on(alice_client: Client, bob: User, hanna: Dialogue):
    claim(hanna, bob, timezone.now())
    refused = alice_client.post(f"/inbox/{hanna.pk}/send/", {"text": "Tak", "key": "k1", "seen": "0"}, **PARTIAL)
    piece = refused.content.decode()
    assert refused.status_code == 422
    assert 'hx-target="#refused"' in piece
    assert "Bob is answering now. Nothing was sent." in piece
    assert "data-show" in piece
    assert "Send anyway" in piece


def test_a_page_knows_the_newest_message_it_shows(alice_client: Client, hanna: Dialogue):
    newest = received(hanna, "Halo?").pk
    assert f'name="seen" value="{newest}"' in alice_client.get(f"/inbox/{hanna.pk}/").content.decode()


def test_a_note_stands_between_messages_and_is_sent_to_nobody(alice_client: Client, hanna: Dialogue):
    alice_client.post(f"/inbox/{hanna.pk}/note/", {"text": "Stały klient <b>VIP</b>"})
    received(hanna, "Halo?")
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert page.index("Macie tulipany?") < page.index("Stały klient &lt;b&gt;VIP") < page.rindex("Halo?")
    assert "Note, only your team sees it" in page
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_note_is_not_kept(alice_client: Client, hanna: Dialogue, text: str):
    assert alice_client.post(f"/inbox/{hanna.pk}/note/", {"text": text}, **PARTIAL).status_code == 422
    assert not Note.objects.exists()


def test_canned_replies_come_with_the_name_filled_in(alice_client: Client, account: Account, bob: User, hanna: Dialogue):
    shared = add_canned_reply(account, "Godziny", "Dzień dobry {first_name}, czynne od 9.", None)
    add_canned_reply(account, "Boba", "Tylko mój", bob)
    listed = alice_client.get(f"/inbox/{hanna.pk}/canned/", **PARTIAL).content.decode()
    assert "Dzień dobry Hanna, czynne od 9." in listed
    assert "Tylko mój" not in listed
    assert "<html" in alice_client.get(f"/inbox/{hanna.pk}/canned/").content.decode()
    chosen = alice_client.get(f"/inbox/{hanna.pk}/?canned={shared.pk}").content.decode()
    assert "Dzień dobry Hanna, czynne od 9.</textarea>" in chosen


def test_a_canned_reply_of_somebody_else_is_not_found(alice_client: Client, account: Account, bob: User, hanna: Dialogue):
    private = add_canned_reply(account, "Boba", "Tylko mój", bob)
    assert alice_client.get(f"/inbox/{hanna.pk}/?canned={private.pk}").status_code == 404


def test_groups_are_changed_beside_the_conversation_and_back(alice_client: Client, account: Account):
    unknown = dialogue(account, "48660917411")
    group = add_group(account, "Ogród")
    address = f"/inbox/{unknown.pk}/group/"
    piece = alice_client.post(address, {"add": group.pk}, **PARTIAL).content.decode()
    assert f'hx-target="#groups-{unknown.pk}"' in piece
    assert "Undo" in piece
    assert group.contacts.get().msisdn == "48660917411"
    alice_client.post(address, {"remove": group.pk})
    assert not group.contacts.exists()


def test_a_group_of_another_account_is_not_found(alice_client: Client, charlie: User, hanna: Dialogue):
    foreign = add_group(charlie.memberships.get().account, "Pacjenci")
    assert alice_client.post(f"/inbox/{hanna.pk}/group/", {"add": foreign.pk}).status_code == 404


def test_the_column_shows_other_conversations_of_the_phone(alice_client: Client, account: Account, charlie: User, hanna: Dialogue):
    other = dialogue(account, number=number(account, "48664200301"))
    foreign = dialogue(charlie.memberships.get().account, number=number(account, "48664200302"))
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert "Also wrote to" in page
    assert f"/inbox/{other.pk}/" in page
    assert str(foreign.pk) not in page


def test_whose_and_until_when_stands_above_the_messages(alice_client: Client, bob: User, hanna: Dialogue):
    Dialogue.objects.update(assignee=bob, snoozed_until=timezone.now() + timedelta(days=1))
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    status = page[page.index(f'id="status-{hanna.pk}"') : page.index("data-messages")]
    assert "Assigned to Bob" in status
    assert "Snoozed until" in status
