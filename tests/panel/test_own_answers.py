"""What the installation answers on nobody's behalf: operators see it, the phone simulator of who asked shows it, no account does."""

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number, received
from panel.nobodys import SHARED
from recado.apps.accounts.models import Account, OperatorRole
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.services import add_contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import sole_writer, thread
from recado.apps.dialogues.unmatched import assign, get_unmatched
from recado.apps.inbox.models import Message
from recado.apps.inbox.services import receive
from recado.apps.keywords.services import end_keyword, reserve_keyword
from recado.apps.outbox.models import Job, OutboundMessage
from recado.apps.outbox.queries import replies_to
from recado.core.number import NumberKind
from recado.panel.forms.simulated import PHONES
from recado.testing.receiving import receiving_directly

PHONE = PHONES[0]
ANSWER = "This keyword is no longer in use."


@pytest.fixture
def shared(account: Account):
    """A shared number on which a word of the account rests and another one is live."""
    made = number(None, SHARED, NumberKind.SHARED_LONG)
    end_keyword(reserve_keyword(account, made, "TULIP"))
    reserve_keyword(account, made, "GARDENER")
    return made


@pytest.fixture
def gateway():
    with receiving_directly():
        yield


@pytest.fixture
def answered(shared, gateway) -> Message:
    """A message with the resting word, as if it came from a real phone, and the answer to it."""
    receive(PHONE, SHARED, "Tulip")
    Message.objects.update(is_test=False)
    OutboundMessage.objects.update(is_test=False)
    return Message.objects.get()


def send(client: Client, shared, text: str) -> str:
    client.post("/simulator/", {"phone": PHONE, "number": shared.pk, "text": text})
    return client.get("/simulator/screen/", {"phone": PHONE}).content.decode()


def test_the_simulator_shows_the_answer_to_who_sent_the_word_and_looks_again_until_it_is_there(
    alice_client, charlie_client, shared, gateway
):
    settling = send(alice_client, shared, "Tulip")
    assert "delay:600ms" in settling
    assert ANSWER not in settling
    OutboundMessage.objects.update(state="delivered")
    there = alice_client.get("/simulator/screen/", {"phone": PHONE}).content.decode()
    assert ANSWER in there
    assert "delay:600ms" not in there
    assert ANSWER not in charlie_client.get("/simulator/screen/", {"phone": PHONE}).content.decode()


def test_operators_see_it_with_the_message_and_in_the_list_of_unmatched_ones(console, answered):
    client = console(OperatorRole.ADMIN)
    detail = client.get(f"/operator/messages/{answered.pk}/").content.decode()
    for words in (ANSWER, "The installation itself", "The keyword <b>TULIP</b> has ended not long ago and rests"):
        assert words in detail
    assert f"Answered by the installation itself: “{ANSWER}”" in client.get(f"/operator/unmatched/{answered.pk}/").content.decode()


def test_a_job_of_it_that_was_given_up_is_shown_and_tried_again(console, answered):
    Job.objects.update(state="dead", finished_at=timezone.now())
    OutboundMessage.objects.update(state="undelivered")
    client, job = console(OperatorRole.ADMIN), Job.objects.get()
    assert "The installation itself" in client.get("/operator/jobs/").content.decode()
    assert "The installation itself" in client.get(f"/operator/jobs/{job.pk}/").content.decode()
    assert "The job is tried again now." in client.post(f"/operator/jobs/{job.pk}/again/", follow=True).content.decode()
    assert Job.objects.get().state == "waiting"
    for page in ("/operator/", "/operator/audit/"):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("path", ["/", "/inbox/", "/messages/", "/messages/export/?format=csv", f"/messages/?q={PHONE}"])
def test_no_page_of_an_account_shows_it_or_counts_it(alice_client, answered, path):
    response = alice_client.get(path)
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert ANSWER not in content.decode()


def test_an_account_that_is_given_the_message_gets_no_answer_with_it(alice_client, answered, account):
    assert assign([get_unmatched(answered.pk)], account) == 1
    message = Message.objects.get()
    assert replies_to(account, message.pk) == []
    page = alice_client.get(f"/messages/{message.pk}/").content.decode()
    assert ANSWER not in page
    assert [item.pk for item in thread(Dialogue.objects.get())] == [message.pk]


def test_the_answer_makes_nobody_the_only_writer_to_the_phone(shared, answered):
    assert OutboundMessage.objects.get().dialogue_id is None
    assert sole_writer(shared, PHONE, timezone.now()) is None


def test_what_is_known_about_a_person_and_their_erasure_leave_it_out(account, answered):
    contact = add_contact(account, PHONE)
    received(dialogue(account, PHONE), "Halo")
    assert ANSWER not in str(known_about(account, contact, str))
    erase_contact(account, contact)
    assert OutboundMessage.objects.get(account=None).text == ANSWER
