"""Forwards to phones where messages are read and tried: the text, what became of it, why it was not sent, what it costs."""

import re

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.news import tell_given_up
from recado.apps.ids import next_id
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.notifications.models import Notification
from recado.apps.numbers.services import add_number
from recado.apps.outbox.destinations import DestinationContent, create
from recado.apps.outbox.models import Destination, Job, OutboundMessage
from recado.core.number import NumberKind
from recado.core.phone_forward import PhoneRefusal
from recado.panel.forward_words import REFUSED
from recado.panel.notification_words import sentence
from recado.store.phone_forward_rows import key_of


@pytest.fixture
def shift(account):
    return create(account, DestinationContent(kind=Destination.Kind.PHONE, msisdn="600 700 800", name="Night shift"))


def job_for(message, shift, **more) -> Job:
    now = timezone.now()
    values = {"kind": "forward_phone", "message_id": message.pk, "next_attempt_at": now, "created_at": now, **more}
    return Job.objects.create(id=next_id(), account_id=message.account_id, destination=shift, **values)


def test_every_refusal_has_its_words():
    assert set(REFUSED) == set(PhoneRefusal)


def test_the_text_to_the_phone_is_shown_with_what_became_of_it_and_is_no_reply(alice_client, account, shift):
    conversation = dialogue(account)
    message = received(conversation, "Is it open?")
    job = job_for(message, shift, state="done")
    OutboundMessage.objects.create(
        id=next_id(), account=account, sender="48503340503", recipient=shift.msisdn, text="604 218 377: Is it open?", state="undelivered",
        reason="wrong_number", origin="forward", destination_id=shift.pk, in_reply_to_id=message.pk, idempotency_key=key_of(job.pk),
        created_at=timezone.now(),
    )  # fmt: skip
    trace = alice_client.get(f"/messages/{message.pk}/").content.decode()
    for words in ("Night shift", "600 700 800", "604 218 377: Is it open?", 'c-chip--bad">Not delivered<', "the number does not exist"):
        assert words in trace
    listed = alice_client.get(f"/forwards/{shift.pk}/").content.decode()
    assert re.search(r'c-chip--bad">.*?Not delivered</span>', listed)
    assert "the number does not exist" in listed
    assert "Nothing was sent because of this message" in trace
    assert "Forward to Night shift: Not delivered" in alice_client.get(f"/inbox/{conversation.pk}/").content.decode()
    assert "Not delivered" in alice_client.get("/messages/").content.decode()
    contact, _ = Contact.objects.get_or_create(account=account, msisdn=conversation.msisdn, defaults={"id": next_id()})
    erase_contact(account, contact)
    assert OutboundMessage.objects.get(destination_id=shift.pk).text == ""


def test_a_refused_forward_says_why_and_is_told_once_a_day(alice_client, account, shift):
    message, now = received(dialogue(account), "Halo"), timezone.now().replace(hour=12)
    for hours in (0, 1):
        at = now + timezone.timedelta(hours=hours)
        job_for(message, shift, state="dead", last_error="phone_daily_limit", attempt_count=1, finished_at=at)
        tell_given_up([account.pk], at)
    said = [sentence(one) for one in Notification.objects.all()]
    assert said == [f"Forwarding to Night shift was given up: {REFUSED[PhoneRefusal.DAILY_LIMIT]}"]
    for path in (f"/messages/{message.pk}/", "/"):
        assert "as many as it may get in 24 hours" in alice_client.get(path).content.decode()


def test_the_tester_shows_the_text_and_its_price(alice_client, account, shift):
    own = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)
    reserve_keyword(account, own, "ROSE", RuleContent((), "Thank you", (shift,)))
    page = alice_client.get("/tester/", {"number": own.pk, "text": "Rose", "from": "604218377"}).content.decode()
    assert "To be forwarded to <b>Night shift</b>" in page
    assert "Costs 0,09" in page
    assert "604 218 377: Rose" in page
    assert "It costs 2 SMS, for the reply and for forwarding to a phone." in page
    assert "Is not forwarded" not in page
    assert not Job.objects.exists()
