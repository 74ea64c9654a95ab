"""Messages that may be opt-outs, and those of blocked senders: seen at once wherever they are, and made opt-outs by who reads them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import NOON, dialogue, number, received
from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import lift, opt_out
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message

TEXT = "Please stop sending me offers of roses"
WANTS_OUT, BLOCKED = "May want out", "Blocked sender"


def flagged(conversation: Dialogue, flag: str = "opt_out", text: str = TEXT, **fields) -> Message:
    message = received(conversation, text, **fields)
    Message.objects.filter(pk=message.pk).update(flag=flag)
    return message


@pytest.mark.parametrize(("flag", "words"), [("opt_out", WANTS_OUT), ("blocked", BLOCKED)])
def test_the_flag_stands_beside_the_message_wherever_it_is_shown(alice_client, account, flag, words):
    conversation = dialogue(account)
    message = flagged(conversation, flag)
    for path in ("/inbox/", f"/inbox/{conversation.pk}/", "/messages/", f"/messages/{message.pk}/"):
        assert words in alice_client.get(path).content.decode(), path


def test_a_message_without_a_flag_says_nothing_of_it(alice_client, account):
    conversation = dialogue(account)
    received(conversation, "Hello")
    pages = [alice_client.get(path).content.decode() for path in ("/messages/", f"/inbox/{conversation.pk}/")]
    assert not any(f"{WANTS_OUT}</span>" in page or BLOCKED in page for page in pages)


def test_the_row_shows_the_flag_of_the_newest_message_until_the_conversation_is_done(alice_client, account):
    conversation = dialogue(account)
    flagged(conversation)
    rows = "/inbox/?tab=all&part=list"
    assert WANTS_OUT in alice_client.get(rows).content.decode()
    Dialogue.objects.update(state="done")
    assert WANTS_OUT not in alice_client.get(rows).content.decode()
    Dialogue.objects.update(state="open")
    received(conversation, "Thanks", minutes=1)
    assert WANTS_OUT not in alice_client.get(rows).content.decode()


def test_the_inbox_is_narrowed_to_those_who_may_want_out(alice_client, account):
    one, other = dialogue(account), dialogue(account, "48601000002")
    flagged(one)
    received(other, "Hello")
    page = alice_client.get("/inbox/?tab=all&flag=opt_out").content.decode()
    assert f'id="c-{one.pk}"' in page
    assert f'id="c-{other.pk}"' not in page
    assert "Clear the filter" in page


def test_the_start_page_counts_those_nobody_has_read(alice_client, account):
    now = timezone.now()
    conversations = [dialogue(account, f"4860100000{place}") for place in range(3)]
    for conversation in conversations:
        flagged(conversation)
    Message.objects.update(received_at=now)
    flagged(dialogue(account, "48601000009", is_test=True))
    opt_out(account, conversations[2].msisdn, OptOut.Scope.ACCOUNT, now=now)
    assert "2 messages may be opt-outs: read them." in alice_client.get("/").content.decode()
    Dialogue.objects.filter(pk=conversations[0].pk).update(unread_count=0)
    assert "1 message may be an opt-out: read it." in alice_client.get("/").content.decode()
    Dialogue.objects.update(unread_count=0)
    assert "may be an opt-out" not in alice_client.get("/").content.decode()


def test_who_reads_it_opts_the_person_out_with_the_message_as_proof(account, alice):
    conversation = dialogue(account)
    message = flagged(conversation)
    agent = User.objects.create_user("agnes@example.com", "a long password", name="Agnes")
    add_member(account, agent, Role.AGENT)
    client = Client()
    client.force_login(agent)
    assert "Opt this person out" in client.get(f"/inbox/{conversation.pk}/").content.decode()
    page = client.post(f"/inbox/{conversation.pk}/opt-out/", {"message": message.pk}, follow=True).content.decode()
    noted = OptOut.objects.get()
    assert (noted.account, noted.msisdn, noted.scope, noted.text) == (account, conversation.msisdn, "account", TEXT)
    assert (noted.message_id, noted.number_id, noted.user_id) == (message.pk, conversation.number_id, agent.pk)
    assert "is noted" in page
    assert "Opt this person out" not in page
    assert AuditEntry.objects.get(action="opt_out.noted").account == account


def test_pressed_twice_it_is_one_opt_out(alice_client, account):
    conversation = dialogue(account)
    message = flagged(conversation)
    for _ in range(2):
        alice_client.post(f"/inbox/{conversation.pk}/opt-out/", {"message": message.pk})
    assert OptOut.objects.count() == 1


def test_who_came_back_is_not_asked_about_again_because_of_old_sentences(alice_client, account):
    conversation = dialogue(account)
    flagged(conversation)
    noted = opt_out(account, conversation.msisdn, OptOut.Scope.ACCOUNT, now=NOON + timedelta(hours=1))
    lift(noted, now=NOON + timedelta(hours=2))
    assert "Opt this person out" not in alice_client.get(f"/inbox/{conversation.pk}/").content.decode()


def test_only_a_flagged_message_of_this_conversation_can_be_meant(alice_client, account, db):
    conversation, other = dialogue(account), dialogue(account, "48601000002")
    stranger = Account.objects.create(name="Klinika")
    foreign = dialogue(stranger, number=number(stranger, "48664200999"))
    for message in (received(conversation, "Hello"), flagged(other), flagged(foreign)):
        assert alice_client.post(f"/inbox/{conversation.pk}/opt-out/", {"message": message.pk}).status_code == 404
    assert not OptOut.objects.exists()
