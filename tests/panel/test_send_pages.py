"""Sending to groups and watching it: the summary, the report, stopping, copying, who may what."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils import timezone, translation

from panel.campaigns import FIRST, draft, scheduled, written
from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.queries import standing
from recado.apps.billing.terms import set_own_limit
from recado.apps.campaigns.errors import CampaignRefusal
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.contacts.services import add_contact
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.outbox.senders import SenderRefusal
from recado.core.receipt import OutboundState
from recado.panel.fragments import render
from recado.panel.send_words import NO_SENDER, REFUSED, STATES, TABS

State = Campaign.State


def text_of(response) -> str:
    return response.content.decode()


def confirm(client: Client, campaign: Campaign, count: int = 3, cost: int = 27):
    return client.post(f"/sends/{campaign.pk}/summary/", {"count": str(count), "cost": str(cost)})


def test_every_state_and_refusal_has_words():
    assert STATES.keys() == set(State)
    assert REFUSED.keys() == set(CampaignRefusal)
    assert NO_SENDER.keys() == set(SenderRefusal)
    assert {state for _value, _word, states in TABS for state in states} == set(State)


def test_the_summary_says_to_how_many_and_at_what_price(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    opt_out(account, str(FIRST), OptOut.Scope.ACCOUNT, now=timezone.now())
    page = text_of(alice_client.get(f"/sends/{campaign.pk}/summary/"))
    assert "Send to 2 people, 0,18\xa0zł" in page
    assert re.search(r"Opted out \(STOP\)</strong> <span class=\"u-num\">1<", page)


def test_what_the_credit_does_not_reach_for_is_told_and_cannot_be_sent(account: Account, alice: User, alice_client: Client):
    set_own_limit(account, 20)
    campaign = draft(account, alice)
    page = text_of(alice_client.get(f"/sends/{campaign.pk}/summary/"))
    assert "0,07\xa0zł are missing" in page
    assert re.search(r'c-send-go" disabled aria-describedby="send-problems">.*Send to 3 people', page)
    answer = confirm(alice_client, campaign)
    assert (answer.status_code, "0,07\xa0zł are missing" in text_of(answer)) == (422, True)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.held, standing(account).reserved) == (State.DRAFT, 0, 0)


def test_who_confirms_sends_and_it_is_noted_once(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    answers = [confirm(alice_client, campaign) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"/sends/{campaign.pk}/"] * 2
    campaign.refresh_from_db()
    assert campaign.state == State.SCHEDULED
    assert [entry.after for entry in AuditEntry.objects.filter(action="send.sent")] == [{"recipients": 3, "cost": 27}]


def test_nothing_is_sent_if_other_people_would_get_it_than_stood_on_the_button(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    response = confirm(alice_client, campaign, count=4, cost=36)
    assert response.status_code == 422
    assert "Nothing was sent. Look at the new figures." in text_of(response)
    assert "Send to 3 people, 0,27\xa0zł" in text_of(response)
    campaign.refresh_from_db()
    assert campaign.state == State.DRAFT


@pytest.mark.parametrize(("fields", "words"), [({"text": " "}, "There is no text yet."), ({"number": None}, "Choose a sender.")])
def test_what_is_missing_is_said_instead_of_a_button(account: Account, alice: User, alice_client: Client, fields, words):
    campaign = draft(account, alice, **fields)
    page = text_of(alice_client.get(f"/sends/{campaign.pk}/summary/"))
    assert words in page
    assert "c-send-go" not in page


def test_accents_that_cost_more_are_named_with_the_price_without_them(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice, text="Zażółć gęślą jaźń " * 5)
    page = text_of(alice_client.get(f"/sends/{campaign.pk}/summary/"))
    assert "Without accents it would cost 0,27\xa0zł." in page


def test_a_later_one_waits_and_can_be_made_a_draft_again(account: Account, alice: User, alice_client: Client):
    campaign = scheduled(account, alice)
    assert "Do not send it then" in text_of(alice_client.get(f"/sends/{campaign.pk}/"))
    assert alice_client.post(f"/sends/{campaign.pk}/cancel/")["Location"] == f"/sends/{campaign.pk}/edit/"
    campaign.refresh_from_db()
    assert campaign.state == State.DRAFT
    assert AuditEntry.objects.filter(action="send.cancelled").count() == 1


def test_the_text_goes_to_ones_own_phone_first_and_the_phone_is_remembered(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    alice_client.post(f"/sends/{campaign.pk}/try/", {"phone": "604 218 377"})
    message = OutboundMessage.objects.get()
    assert (message.recipient, message.campaign_id, message.text[:18]) == ("48604218377", None, "Dzień dobry Osoba0")
    assert 'value="+48 604 218 377"' in text_of(alice_client.get(f"/sends/{campaign.pk}/summary/"))
    alice_client.post(f"/sends/{campaign.pk}/try/", {"phone": "nie"})
    assert OutboundMessage.objects.count() == 1


def test_stopping_says_for_how_many_and_is_noted(account: Account, alice: User, alice_client: Client):
    campaign = written(account, alice)
    assert "Stop: 1 person will not get it" in text_of(alice_client.get(f"/sends/{campaign.pk}/stop/"))
    alice_client.post(f"/sends/{campaign.pk}/stop/")
    alice_client.post(f"/sends/{campaign.pk}/stop/")
    campaign.refresh_from_db()
    assert campaign.state == State.STOPPED
    assert AuditEntry.objects.filter(action="send.stopped").count() == 1


def test_a_copy_is_a_draft_with_the_same_people_and_text(account: Account, alice: User, alice_client: Client):
    campaign = written(account, alice, state=State.SENT)
    place = alice_client.post(f"/sends/{campaign.pk}/copy/")["Location"]
    page = text_of(alice_client.get(place))
    assert "w sobotę tulipany" in page
    assert '<dd class="u-num">3</dd>' in page


def test_the_report_counts_and_lists(account: Account, alice: User, alice_client: Client):
    messages = {OutboundState.DELIVERED: 3, OutboundState.UNDELIVERED: 1}
    campaign = written(account, alice, state=State.SENT, messages=messages, reason="wrong_number")
    page = text_of(alice_client.get(f"/sends/{campaign.pk}/"))
    assert "the number does not exist" in page
    assert "0,36\xa0zł" in page
    failed = text_of(alice_client.get(f"/sends/{campaign.pk}/?state=undelivered"))
    assert failed.count('class="c-state ') == 1
    found = text_of(alice_client.get(f"/sends/{campaign.pk}/?q=601 000 001"))
    assert found.count('class="c-state ') == 1
    assert "Nobody fits" in text_of(alice_client.get(f"/sends/{campaign.pk}/?q=999"))


def test_replies_stand_under_the_group_send_and_lead_to_the_conversation(account: Account, alice: User, alice_client: Client):
    campaign = written(account, alice, state=State.SENT)
    conversation = dialogue(account, str(FIRST))
    reply = received(conversation, "Poproszę dwa bukiety")
    type(reply).objects.filter(pk=reply.pk).update(campaign_id=campaign.pk)
    page = text_of(alice_client.get(f"/sends/{campaign.pk}/?show=replies"))
    assert "Poproszę dwa bukiety" in page
    assert f'href="/inbox/{conversation.pk}/#m-{reply.pk}"' in page


def test_a_message_of_a_group_send_names_it_in_the_conversation(account: Account, alice: User, alice_client: Client):
    campaign = written(account, alice, state=State.SENT)
    conversation = dialogue(account, str(FIRST))
    sent(conversation, "W sobotę tulipany", origin=Origin.CAMPAIGN, campaign_id=campaign.pk)
    page = text_of(alice_client.get(f"/inbox/{conversation.pk}/"))
    assert f'href="/sends/{campaign.pk}/"' in page
    assert "Group send: Tulipany" in page


def test_everybody_it_went_to_is_taken_away_as_a_file(account: Account, alice: User, alice_client: Client):
    campaign = written(account, alice, state=State.SENT)
    rows = list(csv.reader(io.StringIO(b"".join(alice_client.get(f"/sends/{campaign.pk}/export/?as=csv")).decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[1][0] == str(FIRST)
    assert "Delivered" in rows[1]
    sheet = alice_client.get(f"/sends/{campaign.pk}/export/?as=xlsx")
    assert sheet["Content-Type"].endswith("sheet")
    sheet.close()


@pytest.mark.parametrize(("tab", "names"), [("", {"Szkic", "Idzie"}), ("draft", {"Szkic"}), ("sending", {"Idzie"}), ("sent", set())])
def test_the_list_is_narrowed_by_where_they_stand(account: Account, alice: User, alice_client: Client, tab, names):
    draft(account, alice, name="Szkic")
    written(account, alice, name="Idzie")
    page = text_of(alice_client.get("/sends/", {"state": tab} if tab else {}))
    assert {name for name in ("Szkic", "Idzie") if f">{name}</a>" in page} == names


def test_who_only_looks_sees_everything_and_can_change_nothing(account: Account, vera_client: Client):
    drafted, running = draft(account), written(account)
    pages = [text_of(vera_client.get(path)) for path in ("/sends/", f"/sends/{drafted.pk}/", f"/sends/{running.pk}/")]
    for page in pages:
        for offer in ("/sends/new/", "/stop/", "/copy/", "/edit/"):
            assert offer not in page
    assert "This is a draft." in pages[1]


def test_an_agent_sees_no_way_to_send_to_ticked_contacts(account: Account):
    add_contact(account, str(FIRST))
    eva = create_user("eva@example.com", "a long password", name="Eva")
    add_member(account, eva, Role.AGENT)
    client = Client()
    client.force_login(eva)
    assert 'value="send"' not in text_of(client.get("/contacts/"))
    assert client.post("/contacts/bulk/", {"do": "send"}).status_code == 403


def test_open_pages_hear_how_far_it_is_with_the_rights_of_who_looks(account: Account, alice: User, vera: User, charlie: User):
    campaign = written(account, alice)
    piece = render("campaign", account.pk, campaign.pk, alice, "en")
    assert f'hx-target="#send-live-{campaign.pk}"' in piece
    assert "/stop/" in piece
    assert "/stop/" not in render("campaign", account.pk, campaign.pk, vera, "en")
    assert render("campaign", account.pk, campaign.pk, charlie, "en") == ""
    assert render("campaign", charlie.memberships.get().account_id, campaign.pk, charlie, "en") == ""


def test_a_page_asks_by_itself_only_while_something_is_to_come(account: Account, alice: User, alice_client: Client):
    running, over = written(account, alice), written(account, alice, state=State.SENT, messages={OutboundState.DELIVERED: 3})
    assert "every 3s" in text_of(alice_client.get(f"/sends/{running.pk}/"))
    assert "every " not in text_of(alice_client.get(f"/sends/{over.pk}/"))


def test_a_sender_that_is_gone_is_told_as_the_reason_why_it_was_stopped(account: Account, alice: User, alice_client: Client):
    campaign = written(account, alice, state=State.STOPPED, messages={}, trouble="cannot_send")
    assert "Nothing can be sent from this number now." in text_of(alice_client.get(f"/sends/{campaign.pk}/"))


@pytest.mark.parametrize(("count", "words"), [(1, "Wyślij do 1 osoby, 0,09"), (3, "Wyślij do 3 osób, 0,27"), (5, "Wyślij do 5 osób, 0,45")])
def test_the_button_speaks_polish(account: Account, alice: User, alice_client: Client, count, words):
    User.objects.filter(pk=alice.pk).update(language="pl")
    campaign = draft(account, alice)
    campaign.audience.all().delete()
    for place in range(count):
        campaign.entries.create(msisdn=str(FIRST + place))
    with translation.override("pl"):
        assert words in text_of(alice_client.get(f"/sends/{campaign.pk}/summary/"))
