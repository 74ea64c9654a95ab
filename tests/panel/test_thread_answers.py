"""What of a group send was answered, and what the carrier said, in the thread and on the page of a message."""

import pytest

from panel.conversations import dialogue, received, sent
from recado.apps.accounts.services import create_account
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage, Segment
from recado.panel.carrier_said import of_message

pytestmark = pytest.mark.django_db


def answering(account, **fields):
    """Write a conversation in which a text answers an outgoing message with these fields."""
    conversation = dialogue(account)
    message = sent(conversation, "Autumn sale: reply YES")
    OutboundMessage.objects.filter(pk=message.pk).update(**fields)
    reply = received(conversation, "YES", minutes=1)
    Message.objects.filter(pk=reply.pk).update(answers_id=message.pk)
    return conversation, reply, message


@pytest.mark.parametrize("fields", [{"campaign_id": 7}, {"kind": "eco"}])
def test_a_reply_to_a_group_send_quotes_it(alice_client, account, fields):
    conversation, _, _ = answering(account, **fields)
    page = alice_client.get(f"/inbox/{conversation.pk}/").text
    assert "Answers:" in page
    assert page.count("Autumn sale: reply YES") == 2


def test_a_reply_to_a_person_quotes_nothing_since_that_is_right_above(alice_client, account):
    conversation, _, _ = answering(account)
    assert "Answers:" not in alice_client.get(f"/inbox/{conversation.pk}/").text


def test_another_accounts_message_is_never_quoted(alice_client, account):
    conversation, _, message = answering(account, campaign_id=7)
    OutboundMessage.objects.filter(pk=message.pk).update(account=create_account("Kino"), dialogue_id=None)
    assert "Autumn sale" not in alice_client.get(f"/inbox/{conversation.pk}/").text


def test_the_page_of_a_message_says_what_it_answers(alice_client, account):
    _, reply, _ = answering(account)
    assert "Autumn sale: reply YES" in alice_client.get(f"/messages/{reply.pk}/").text


def reported(message, word, error, **fields):
    OutboundMessage.objects.filter(pk=message.pk).update(**fields)
    message.refresh_from_db()
    return Segment.objects.create(
        id=next_id(),
        outbound_message=message,
        position=1,
        connection=message.connection,
        carrier_message_id="c",
        carrier_state=word,
        carrier_error=error,
        updated_at=message.created_at,
    )


@pytest.mark.parametrize(
    ("word", "error", "fields", "sentence"),
    [
        ("PARKED", "123", {"state": "sent"}, "The carrier said: PARKED, error 123"),
        ("PARKED", "", {"state": "sent"}, "The carrier said: PARKED"),
        ("UNDELIV", "XYZ9", {"state": "undelivered", "reason": "other_error"}, "The carrier said: UNDELIV, error XYZ9"),
        ("UNDELIV", "000", {"state": "undelivered", "reason": "other_error"}, "The carrier said: UNDELIV"),
        ("ENROUTE", "000", {"state": "sent"}, ""),
        ("", "", {"state": "sent"}, ""),
        ("", "", {"state": "undelivered", "carrier_error": "ESME_RINVDSTADR"}, "The carrier said: ESME_RINVDSTADR"),
    ],
)
def test_the_carriers_own_word_is_said_where_it_tells_more(alice_client, account, word, error, fields, sentence):
    conversation = dialogue(account)
    message = sent(conversation, "Hello")
    segment = reported(message, word, error, **fields)
    assert of_message(message, [segment]) == sentence
    page = alice_client.get(f"/inbox/{conversation.pk}/").text
    assert sentence in page if sentence else "The carrier said" not in page


def test_the_page_of_a_message_shows_it_for_its_replies(alice_client, account):
    conversation = dialogue(account)
    question = received(conversation, "When?")
    message = sent(conversation, "At nine", in_reply_to_id=question.pk)
    reported(message, "PARKED", "123", state="sent")
    assert "The carrier said: PARKED, error 123" in alice_client.get(f"/messages/{question.pk}/").text
