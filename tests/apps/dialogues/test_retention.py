"""What is older than its account keeps goes: files first, then messages, and nothing that is still needed or another account's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import Account
from recado.apps.accounts.retention import GRACE, save_retention
from recado.apps.accounts.services import create_account
from recado.apps.campaigns.models import Campaign
from recado.apps.dialogues import retention
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.retention import forget_old
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.media import services
from recado.apps.mms.models import Attachment, ReceivedMms, SentMms
from recado.apps.outbox.models import OutboundMessage
from recado.blobs.base import keep, read

DELIVERED = "delivered"


@pytest.fixture
def talk(db, settings, tmp_path):
    settings.RECADO = replace(settings.RECADO, data=tmp_path)
    return dialogue(create_account("Kwiaciarnia Róża"), "48604218377")


def choose(account, months=None, days=None):
    save_retention(account, months, days, timezone.now() - GRACE)


def later(*, days):
    return timezone.now() + timedelta(days=days)


def part(content, role="media", **whose):
    digest = keep(services.blobs(), content)
    about = {"role": role, "sha256": digest, "size": len(content), "content_type": "image/png", "name": "sea.png"}
    return Attachment.objects.create(id=next_id(), position=0, **about, **whose)


def received_mms(talk, content=b"came"):
    message = received(talk, "Look")
    ReceivedMms.objects.create(id=message.pk, subject="Beach")
    return message, part(content, message_id=message.pk)


def sent_mms(talk, *, holder=None, state=DELIVERED):
    message = sent(talk, "Here", state=state, kind="mms")
    SentMms.objects.create(id=message.pk, subject="Here", attachments_id=holder)
    return message


def are_there(*parts):
    return [bool(Attachment.objects.get(pk=one.pk).sha256) for one in parts]


def test_files_go_after_their_days_and_messages_with_their_words_stay(talk):
    message, came = received_mms(talk)
    words = part(b"Look", "text", message_id=message.pk)
    went = part(b"went", outbound_id=sent_mms(talk).pk)
    other = received_mms(dialogue(create_account("Piekarnia"), "48600000002"), b"other")[1]
    choose(talk.account, days=30)
    forget_old(later(days=29))
    assert are_there(came, went) == [True, True]
    forget_old(later(days=31))
    assert are_there(came, went, words, other) == [False, False, True, True]
    assert (Message.objects.get(pk=message.pk).text, ReceivedMms.objects.get(pk=message.pk).subject) == ("Look", "Beach")
    services.blobs().sweep(services._named, later(days=31))  # as `sweep_if_due` does it
    with pytest.raises(FileNotFoundError):
        read(services.blobs(), came.sha256)
    assert read(services.blobs(), other.sha256) == b"other"


def test_files_that_several_messages_share_go_with_the_last_of_them(talk, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    monkeypatch.setattr(retention, "PORTIONS", 1)
    holder = next_id()
    shared = part(b"shared", outbound_id=holder)
    for _ in range(2):
        sent_mms(talk, holder=holder)
    choose(talk.account, days=30)
    forget_old(later(days=31))
    assert are_there(shared) == [True]
    forget_old(later(days=31))
    assert are_there(shared) == [False]


@pytest.mark.parametrize(("state", "stays"), [("sending", True), ("sent", False)])
def test_files_of_a_group_send_go_once_nothing_of_it_is_to_be_sent(talk, state, stays):
    holder = next_id()
    shared = part(b"shared", outbound_id=holder)
    Campaign.objects.create(account=talk.account, name="Sale", attachments_id=holder, kind="mms", state=state)
    sent_mms(talk, holder=holder)
    choose(talk.account, days=30)
    forget_old(later(days=31))
    assert are_there(shared) == [stays]


def test_a_message_that_waits_to_be_sent_keeps_its_files_and_is_passed_once_it_went(talk):
    waiting = sent_mms(talk, state="queued")
    file = part(b"went", outbound_id=waiting.pk)
    choose(talk.account, months=1, days=1)
    forget_old(later(days=40))
    assert are_there(file) == [True]
    assert OutboundMessage.objects.get().text == "Here"
    OutboundMessage.objects.update(state=DELIVERED)
    forget_old(later(days=40))
    assert not Attachment.objects.exists()
    assert OutboundMessage.objects.get().text == ""


def test_messages_lose_their_words_and_files_and_keep_what_is_counted(talk):
    message, _file = received_mms(talk)
    answer = sent(talk, "Thanks", state=DELIVERED, cost=9)
    other = received(dialogue(create_account("Piekarnia"), "48600000002"), "Bread")
    choose(talk.account, months=2)
    forget_old(later(days=50))
    assert Message.objects.get(pk=message.pk).text == "Look"
    forget_old(later(days=70))
    emptied = Message.objects.get(pk=message.pk)
    assert (emptied.text, bytes(emptied.raw), emptied.sender, emptied.received_at) == ("", b"", message.sender, message.received_at)
    assert "tokens" not in emptied.trail
    assert not ReceivedMms.objects.exists()
    assert not Attachment.objects.exists()
    kept = OutboundMessage.objects.get(pk=answer.pk)
    assert (kept.text, kept.state, kept.cost, kept.recipient) == ("", DELIVERED, 9, answer.recipient)
    assert Dialogue.objects.get(pk=talk.pk).last_text == ""
    assert Message.objects.get(pk=other.pk).text == "Bread"


def test_a_conversation_that_goes_on_keeps_its_last_words(talk):
    received(talk, "Old")
    choose(talk.account, months=1)
    Dialogue.objects.update(last_text="New", last_message_at=later(days=60))
    forget_old(later(days=70))
    assert Dialogue.objects.get().last_text == "New"


def test_a_choice_takes_a_day_and_the_installation_decides_where_there_is_none(talk, settings):
    settings.RECADO = replace(settings.RECADO, keep_files_days=7)
    came = received_mms(talk)[1]
    choose(talk.account, days=0)
    forget_old(later(days=100))
    assert are_there(came) == [True]
    save_retention(talk.account, None, 1, later(days=100))
    forget_old(later(days=100.5))
    assert are_there(came) == [True]
    Account.objects.update(keeps_files_days=None, retention_set_at=None)
    forget_old(later(days=8))
    assert are_there(came) == [False]
