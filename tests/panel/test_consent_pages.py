"""Consent on the pages of people: opt-outs and blocked senders, how and until when somebody is in a group, what the composer says."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.blocking import block
from recado.apps.contacts.models import BlockedSender, ConsentRecord, GroupMembership, OptOut
from recado.apps.contacts.opt_outs import Scope, in_force, opt_out
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.ids import next_id
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import OutboundMessage

HANNA = "48604218377"


@pytest.fixture
def group(account: Account):
    return add_group(account, "Garden news")


@pytest.fixture
def agent(account: Account) -> Client:
    client, user = Client(), create_user("anna@example.com", "a long password", name="Anna")
    add_member(account, user, Role.AGENT)
    client.force_login(user)
    return client


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def stopped(account, *, by_message=True, **given):
    return opt_out(account, HANNA, Scope.ACCOUNT, now=timezone.now(), text="STOP", message_id=5 if by_message else None, **given)


def test_an_opt_out_is_noted_by_hand_listed_lifted_with_a_reason_and_stays_as_history(alice_client, account, alice, group):
    page = alice_client.post(
        "/contacts/blocked/opt-outs/", {"msisdn": "604 218 377", "target": f"group-{group.pk}", "text": "Called us"}, follow=True
    )
    assert "The opt-out of +48 604 218 377 is noted: Group Garden news." in text_of(page)
    one = in_force(account, HANNA)[0]
    assert (one.scope, one.target_id, one.text, one.user_id) == ("group", group.pk, "Called us", alice.pk)
    question = f"/contacts/blocked/opt-outs/{one.pk}/lift/"
    assert "May +48 604 218 377 be written to again?" in text_of(alice_client.get(question))
    assert alice_client.post(question, {"reason": ""}).status_code == 422
    alice_client.post(question, {"reason": "Asked in the shop"})
    assert not in_force(account, HANNA)
    assert "Garden news" not in text_of(alice_client.get("/contacts/blocked/")).split("What they do not want")[0]
    assert "Alice : Asked in the shop" in text_of(alice_client.get("/contacts/blocked/?show=history")).replace("Alice:", "Alice :")
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"opt_out.noted", "opt_out.lifted"}


def test_another_accounts_group_cannot_be_named(alice_client, charlie: User):
    foreign = add_group(charlie.memberships.get().account, "Patients")
    answer = alice_client.post("/contacts/blocked/opt-outs/", {"msisdn": "604218377", "target": f"group-{foreign.pk}"})
    assert answer.status_code == 422
    assert not OptOut.objects.exists()


def test_a_blocked_sender_is_unblocked_with_undo(alice_client, account):
    page = alice_client.post("/contacts/blocked/senders/", {"sender": "604218377", "reason": "Spam"}, follow=True).content.decode()
    assert "is blocked. What it sends is stored, and nothing else happens." in page
    one = BlockedSender.objects.get()
    assert (one.msisdn, one.reason) == (HANNA, "Spam")
    page = alice_client.post(f"/contacts/blocked/senders/{one.pk}/remove/", follow=True).content.decode()
    assert not BlockedSender.objects.exists()
    fields = dict(re.findall(r'type="hidden" name="(sender|reason)" value="([^"]*)"', page))
    alice_client.post("/contacts/blocked/senders/", fields)
    again = BlockedSender.objects.get()
    assert (again.msisdn, again.reason) == (HANNA, "Spam")
    alice_client.post("/contacts/blocked/senders/", {"sender": "InfoSMS"})
    assert BlockedSender.objects.filter(msisdn="InfoSMS").exists()


def test_adding_to_a_group_counts_whom_it_skips(alice_client, account, group):
    hanna, jan = add_contact(account, HANNA), add_contact(account, "48604218378")
    stopped(account)
    answer = alice_client.post("/contacts/bulk/", {"contact": [hanna.pk, jan.pk], "do": "join", "group": group.pk}, follow=True)
    assert "1 contact was added to Garden news." in text_of(answer)
    assert "Opted out: 1 contact was skipped." in text_of(answer)
    answer = alice_client.post(f"/contacts/{hanna.pk}/", {"msisdn": HANNA, "groups": [group.pk]}, follow=True)
    assert "Opted out: not added to Garden news." in text_of(answer)
    conversation = dialogue(account, HANNA)
    answer = alice_client.post(f"/inbox/{conversation.pk}/group/", {"add": group.pk}, follow=True)
    assert "Opted out: not added to Garden news." in text_of(answer)
    assert list(group.contacts.all()) == [jan]


def test_the_list_of_contacts_says_who_opted_out(alice_client, account):
    add_contact(account, HANNA)
    assert "Opted out (STOP)" not in text_of(alice_client.get("/contacts/"))
    stopped(account)
    block(account, HANNA)
    page = text_of(alice_client.get("/contacts/"))
    assert "Opted out (STOP) Everything" in page
    assert "Blocked" in page


def test_a_group_says_how_when_and_with_what_text_people_joined(alice_client, account, group):
    conversation = dialogue(account, name="Hanna Kowalczyk")
    keyword = reserve_keyword(account, number(account), "OGRODNIK", RuleContent((group,), "", ()))
    message = received(conversation, "Ogrodnik proszę")
    membership = {"group": group, "message_id": message.pk, "keyword_id": keyword.pk, "source": "keyword"}
    GroupMembership.objects.create(id=next_id(), contact=conversation.contact, **membership)
    add_contact(account, "48604218378", {}, [group.pk])
    page = text_of(alice_client.get(f"/groups/{group.pk}/"))
    assert re.search(r"Keyword OGRODNIK, .* “Ogrodnik proszę” the message", page)
    assert "By hand," in page


def test_an_end_is_set_changed_and_taken_away(alice_client, account, group):
    hanna = add_contact(account, HANNA, {}, [group.pk])
    address = f"/groups/{group.pk}/contacts/{hanna.pk}/end/"
    day = timezone.localdate() + timedelta(days=3)
    page = alice_client.post(address, {"until": day.isoformat()}, follow=True)
    assert f"+{HANNA} is in Garden news until {day:%d.%m.%Y}." in text_of(page)
    ends_at = GroupMembership.objects.get().ends_at
    assert ends_at
    assert ends_at.astimezone(ZoneInfo("Europe/Warsaw")).date() == day + timedelta(days=1)
    assert f'value="{day.isoformat()}"' in alice_client.get(f"/contacts/{hanna.pk}/").content.decode()
    alice_client.post(address, {"until": "2020-01-01"})
    assert GroupMembership.objects.get().ends_at == ends_at
    alice_client.post(address, {"until": ""})
    assert GroupMembership.objects.get().ends_at is None


def test_a_contact_shows_the_timeline_of_consent(alice_client, account, alice, group):
    hanna = add_contact(account, HANNA, {}, [group.pk], user=alice)
    ConsentRecord.objects.create(
        id=next_id(),
        account=account,
        msisdn=HANNA,
        kind="joined",
        group_id=group.pk,
        number_id=number(account).pk,
        message_id=77,
        text="ogrodnik",
        routes_version=12,
        source="keyword",
        at=timezone.now(),
    )
    stopped(account)
    page = text_of(alice_client.get(f"/contacts/{hanna.pk}/"))
    assert "Put into Garden news by Alice" in page
    assert "Joined Garden news by a message “ogrodnik”" in page
    assert "on 664 200 300 · rules no. 12 · the message" in page
    assert "Opted out by a message “STOP”" in page


def test_who_opted_out_is_not_written_to(alice_client, agent, account):
    conversation = dialogue(account, HANNA)
    stopped(account)
    page = agent.get(f"/inbox/{conversation.pk}/")
    assert "This person sent STOP on" in text_of(page)
    assert "Write all the same" not in text_of(page)
    assert 'name="text"' not in page.content.decode()
    refused = agent.post(f"/inbox/{conversation.pk}/send/", {"text": "Sale!", "key": "a", "service": "1"})
    assert refused.status_code == 422
    assert "This person opted out. Nothing was sent." in text_of(
        agent.post(f"/inbox/{conversation.pk}/send/", {"text": "Sale!", "key": "b"}, HTTP_HX_REQUEST_TYPE="partial")
    )
    assert not OutboundMessage.objects.exists()


def test_what_is_owed_is_written_by_who_may_and_noted(alice_client, account):
    conversation = dialogue(account, HANNA)
    stopped(account, by_message=False)
    assert "This person opted out on" in text_of(alice_client.get(f"/inbox/{conversation.pk}/"))
    page = alice_client.get(f"/inbox/{conversation.pk}/?service=1").content.decode()
    assert 'name="service" value="1"' in page
    alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": "Your parcel is here.", "key": "a", "service": "1"})
    assert OutboundMessage.objects.get().text == "Your parcel is here."
    assert AuditEntry.objects.get().action == "message.service"


def test_an_opt_out_of_another_number_or_a_group_lets_the_conversation_go_on(alice_client, account, group):
    conversation = dialogue(account, HANNA)
    opt_out(account, HANNA, Scope.GROUP, group.pk, now=timezone.now())
    opt_out(account, HANNA, Scope.NUMBER, conversation.number_id + 1, now=timezone.now())
    page = alice_client.get(f"/inbox/{conversation.pk}/").content.decode()
    assert "Opted out (STOP)" in page
    assert 'name="text"' in page


def test_a_blocked_phone_is_said_to_be_blocked_and_not_answered(alice_client, account):
    conversation = dialogue(account, HANNA)
    block(account, HANNA)
    assert "You blocked this number on" in text_of(alice_client.get(f"/inbox/{conversation.pk}/"))
    refused = alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": "Hi", "key": "a"}, HTTP_HX_REQUEST_TYPE="partial")
    assert "You blocked this number. Nothing was sent." in text_of(refused)
