"""The page for the code that a phone agrees to forwards by, and where it is said that one is missing."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import number
from panel.forwarding import place
from recado.apps.accounts.models import Account
from recado.apps.audit.models import AuditEntry
from recado.apps.keywords.rules import RuleContent, save_rule
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.code_text import text_with
from recado.apps.outbox.models import Destination, OutboundMessage, PhoneCode
from recado.config import parse_mail_listener
from recado.core.phone_code import CodeJudgement, CodeRefusal
from recado.panel.forwards.code_words import JUDGEMENTS, REFUSALS
from recado.panel.rule_words import deeds_in_words
from recado.protocols.gsm import segments

pytestmark = pytest.mark.django_db
NEW = "/forwards/new/?kind=phone"
MISSING = "until a code sent to it is typed in"


@pytest.fixture
def able(account: Account) -> None:
    found = number(account)
    found.connection.kind, found.connection.name = "smpp", "carrier"
    found.connection.save()
    found.can_send = True
    found.save()


def test_every_code_of_the_core_has_its_words():
    assert set(REFUSALS) == set(CodeRefusal)
    assert set(JUDGEMENTS) == set(CodeJudgement) - {CodeJudgement.RIGHT}


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("name", ["Kwiaciarnia Żółta Róża i Spółka z o.o.", "Win at https://evil.example now!!!", "W" * 80])
def test_the_text_to_the_phone_is_one_part_and_leads_nowhere(name, language):
    text = text_with(Account(name=name, language=language), "012345")
    assert "012345" in text
    assert segments(text).count == 1
    assert not re.search(r"://|\w\.\w", text)


def test_a_new_phone_is_asked_for_its_code_and_the_right_one_lets_messages_go_there(alice_client: Client, account: Account, able):
    asked = alice_client.post(NEW, {"msisdn": "604 218 377"}, follow=True)
    found = Destination.objects.get()
    assert asked.redirect_chain[-1][0] == f"/forwards/{found.pk}/confirm/"
    code = re.search(r"\d{6}", OutboundMessage.objects.get().text)[0]
    assert "A code was sent to" in asked.text
    assert code not in asked.text
    page = alice_client.get("/forwards/").text
    assert "Waits for its code" in page
    assert MISSING in page
    page = alice_client.get(f"/forwards/{found.pk}/").text
    assert MISSING in page
    assert "Send the test" not in page
    wrong = alice_client.post(f"/forwards/{found.pk}/confirm/", {"code": "12"})
    assert wrong.status_code == 422
    assert "This is not the code." in wrong.text
    right = alice_client.post(f"/forwards/{found.pk}/confirm/", {"code": code}, follow=True)
    assert "has agreed" in right.text
    assert "Send the test" in right.text
    assert AuditEntry.objects.get(action="forward.confirmed").object_id == found.pk
    assert alice_client.get(f"/forwards/{found.pk}/confirm/")["Location"] == f"/forwards/{found.pk}/"
    changed = alice_client.post(f"/forwards/{found.pk}/edit/", {"msisdn": "604 218 378", "name": "Night"})
    assert changed["Location"] == f"/forwards/{found.pk}/confirm/"


def test_why_no_code_goes_out_is_said_and_another_can_be_sent(alice_client: Client, account: Account, able):
    found = place(account, "phone", confirmed_at=None)
    assert "Send the code" in alice_client.get(f"/forwards/{found.pk}/confirm/").text
    assert "A code was sent" in alice_client.post(f"/forwards/{found.pk}/code/", follow=True).text
    again = alice_client.post(f"/forwards/{found.pk}/code/", follow=True).text
    assert "Wait a minute" in again
    assert "Send another code" in again
    assert PhoneCode.objects.count() == 1


def test_where_phones_are_simulated_the_code_is_on_the_page(alice_client: Client, account: Account, able):
    number(account).connection.__class__.objects.update(kind="simulator")
    asked = alice_client.post(NEW, {"msisdn": "604 218 377"}, follow=True)
    assert re.search(r"\d{6}", OutboundMessage.objects.get().text)[0] in asked.text


def test_only_phones_have_codes(alice_client: Client, account: Account):
    found = place(account, "email")
    for path in ("confirm", "code"):
        assert alice_client.post(f"/forwards/{found.pk}/{path}/").status_code == 404


def test_a_rule_that_forwards_there_says_so(alice_client: Client, account: Account):
    keyword = reserve_keyword(account, number(account), "Ogrodnik")
    waiting, agreed = place(account, "phone", "Night", confirmed_at=None), place(account, "email", "Office")
    save_rule(keyword, RuleContent(destinations=(waiting, agreed)))
    assert alice_client.get("/keywords/").text.count("Waits for its code") == 1
    given = {"word": "Ogrodnik", "kind": "exact", "destination": waiting.pk, "reply": "Hello"}
    saved = alice_client.post(f"/keywords/{keyword.pk}/", given, follow=True).text
    assert "Night gets nothing before the phone has agreed" in saved
    assert "waits for its code" in saved
    assert deeds_in_words(keyword.rules.get()) == ["replies “Hello”", "forwards to Night, which waits for its code", "forwards to Office"]
    Destination.objects.update(confirmed_at=timezone.now())
    assert "before the phone has agreed" not in alice_client.post(f"/keywords/{keyword.pk}/", given, follow=True).text


def test_a_mail_is_only_said_to_be_answerable_where_mails_are_taken(alice_client: Client, settings):
    page = alice_client.get("/forwards/new/?kind=email").text
    assert "An answer to the e-mail reaches nobody" in page
    assert "answer the e-mail, and the person gets a text" not in page + alice_client.get("/forwards/new/").text
    listener = parse_mail_listener("lmtp://127.0.0.1:8024", "reply.example.org")
    settings.RECADO = replace(settings.RECADO, mail_listen=listener, mail_domain="reply.example.org")
    page = alice_client.get("/forwards/new/?kind=email").text
    assert "Who answers the e-mail writes a text to the person" in page
    assert "answer the e-mail, and the person gets a text" in page


def test_a_subject_is_shown_filled_in_and_refused_with_places_nobody_fills(alice_client: Client, account: Account):
    page = alice_client.get("/forwards/new/?kind=email").text
    for place_of_it in ("sender", "phone", "first_name", "last_name", "number", "keyword", "text"):
        assert f"<code>{{{place_of_it}}}</code>" in page
    assert "SMS from Anna Nowak" in page
    shown = alice_client.post("/forwards/preview/", {"subject": "{keyword}: {name}"}).text
    assert "OGRODNIK: {name}" in shown
    assert "Nothing is filled in for {name}" in shown
    refused = alice_client.post("/forwards/new/?kind=email", {"email": "a@shop.example", "subject": "{keyword}: {name}"})
    assert refused.status_code == 422
    assert "Nothing is filled in for {name}. Use one of the placeholders" in refused.text
    assert not Destination.objects.exists()


def test_phones_in_the_call_are_written_as_the_program_wants_them(alice_client: Client, account: Account):
    given = {"url": "https://shop.example/?n=#NUMER#", "method": "GET", "phone_form": "national"}
    assert "n=600100200" in alice_client.post("/forwards/preview/", given).text
    alice_client.post("/forwards/new/?kind=url", given)
    assert Destination.objects.get().phone_form == "national"
    assert "n=600100200" in alice_client.get(f"/forwards/{Destination.objects.get().pk}/edit/").text
