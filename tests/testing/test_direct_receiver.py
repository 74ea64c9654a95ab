"""Tests of panel and API can receive without a gateway."""

import pytest
from django.db import connection

from recado.apps.contacts.models import GroupMembership
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox import ports, services
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Job, OutboundMessage
from recado.testing.receiving import django_connection, receiving_directly
from recado.testing.routing import SHARED, configure

pytestmark = pytest.mark.django_db


def test_a_message_has_all_its_consequences_on_the_tests_own_connection():
    from django.utils import timezone

    ids = configure(django_connection(), timezone.now())
    with receiving_directly():
        message_id = services.receive("48501222333", SHARED, "gardener")
    message = Message.objects.get(pk=message_id)
    assert (message.account_id, message.keyword_id, message.text) == (ids.accounts[0], ids.keyword_id, "gardener")
    assert Dialogue.objects.get(pk=message.dialogue_id).last_message_at == message.received_at
    assert GroupMembership.objects.get(group_id=ids.group_id).contact.msisdn == "48501222333"
    assert OutboundMessage.objects.get(in_reply_to_id=message_id).text == "Welcome."
    assert set(Job.objects.filter(message_id=message_id).values_list("kind", flat=True)) == {"submit", "forward_url"}
    assert connection.in_atomic_block


def test_the_reply_to_a_test_message_stays_with_the_simulator_although_the_number_has_a_carrier():
    from django.utils import timezone

    configure(django_connection(), timezone.now())
    with receiving_directly():
        message_id = services.receive("48501222333", SHARED, "gardener")
    reply = OutboundMessage.objects.get(in_reply_to_id=message_id)
    assert reply.is_test
    assert reply.number is not None
    assert (reply.connection.kind, reply.number.connection.kind) == ("simulator", "smpp")


def test_afterwards_nothing_receives():
    with receiving_directly():
        pass
    with pytest.raises(ports.ReceiverUnavailableError):
        services.receive("48501222333", SHARED, "gardener")
