"""Message search: found by whatever is known of a message, shown to its octets, and every look noted."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, received, sent
from panel.nobodys import unmatched
from recado.apps.accounts.models import OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Segment

PAGE = "/operator/messages/"


@pytest.fixture
def olga(settings, db) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.SUPPORT))
    return client


def found(client: Client, **query: object) -> list[int]:
    text = client.get(PAGE, query).content.decode()
    return [int(key) for key in re.findall(r'href="/operator/messages/(\d+)/"', text)]


@pytest.fixture
def message(account) -> Message:
    made = received(dialogue(account, "48604218377"), "Tajemnica")
    Message.objects.filter(pk=made.pk).update(carrier_message_id="A1-77", raw=b"Taj\xff")
    received(dialogue(account, "48601000001"), "Inna")
    return made


@pytest.mark.parametrize("words", ["604 218 377", "+48 604-218-377", "48604218377", "A1-77"])
def test_a_message_is_found_by_phone_and_by_the_carriers_id(olga, message: Message, words):
    assert found(olga, q=words) == [message.pk]


def test_a_message_is_found_by_its_id_its_customer_and_its_day(olga, message: Message, account, charlie):
    assert found(olga, q=message.pk) == [message.pk]
    assert message.pk in found(olga, account=account.pk, day=timezone.now().astimezone(account.zone).date().isoformat())
    assert found(olga, account=charlie.memberships.get().account_id) == []
    assert found(olga, day="2020-01-01") == []


def test_a_message_is_found_by_the_carriers_id_of_its_reply(olga, message: Message):
    reply = sent(message_dialogue(message), "Halo", in_reply_to_id=message.pk)
    Segment.objects.create(
        id=next_id(), outbound_message=reply, position=1, connection=reply.connection, carrier_message_id="R9", updated_at=timezone.now()
    )
    assert found(olga, q="R9") == [message.pk]


def message_dialogue(message: Message):
    from recado.apps.dialogues.models import Dialogue

    return Dialogue.objects.get(pk=message.dialogue_id)


def test_nobodys_messages_are_found_by_phone(olga):
    nobodys = unmatched("Gardner", "48601000001")
    assert found(olga, q="601 000 001") == [nobodys.pk]


def test_the_list_shows_neither_texts_nor_whole_numbers(olga, message: Message):
    text = olga.get(PAGE).content.decode()
    assert "Tajemnica" not in text
    assert "604 218 377" not in text
    assert "9 characters" in text


def test_a_look_shows_octets_and_is_noted(olga, message: Message, account):
    text = olga.get(f"{PAGE}{message.pk}/").content.decode()
    assert "Tajemnica" in text
    assert "54 61 6a ff" in text.lower()
    entry = AuditEntry.objects.get(action="message.viewed")
    assert (entry.account, entry.object_id, entry.is_operator) == (account, message.pk, True)


def test_a_message_without_a_trail_says_so(olga, account):
    untold = received(dialogue(account), "Halo", trail=())
    assert "No trail was kept for this message." in olga.get(f"{PAGE}{untold.pk}/").content.decode()


def test_what_is_not_there_is_not_found(olga):
    assert olga.get(f"{PAGE}1/").status_code == 404
    assert "No message found" in olga.get(PAGE, {"q": "99999999999999999999"}).content.decode()


@pytest.mark.parametrize("query", [{"day": "never"}, {"account": "x"}, {"before": "x"}, {"q": "'; --"}])
def test_odd_questions_break_nothing(olga, message: Message, query):
    assert olga.get(PAGE, query).status_code == 200
