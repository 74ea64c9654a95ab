"""The trace of a message: reasons, replies, forwards with their attempts; strangers get nothing."""

from django.test import Client
from django.utils import timezone

from panel.conversations import TRAIL, dialogue, received, sent
from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Attempt, Destination, Job, Origin


def forwarded(message: Message, **attempt: object) -> Job:
    destination = Destination.objects.create(account_id=message.account_id, name="Sklep", url="https://shop.example/in?t=#WIADOMOSC#")
    job = Job.objects.create(
        id=next_id(),
        account_id=message.account_id,
        kind="forward_url",
        message_id=message.pk,
        destination=destination,
        next_attempt_at=timezone.now(),
        created_at=timezone.now(),
    )
    Attempt.objects.create(id=next_id(), job=job, position=1, started_at=timezone.now(), duration_ms=143, **attempt)
    return job


def test_trace_says_why_and_what_went_out(alice_client: Client, account: Account):
    conversation = dialogue(account)
    message = received(conversation, "ogrodnik")
    sent(conversation, "Dziękujemy!", origin=Origin.RULE, in_reply_to_id=message.pk, state="delivered")
    forwarded(message, response_status=500, error="HTTP 500")
    text = alice_client.get(f"/messages/{message.pk}/").content.decode()
    assert "Keyword <b>OGRODNIK</b> was passed over: <b>its period is over</b>" in text
    assert "Added to group <b>Newsletter ogrodniczy</b>" in text
    assert "Dziękujemy!" in text
    assert "Delivered" in text
    for words in ("shop.example", "500", "HTTP 500", "143", "Next try"):
        assert words in text
    assert text.count("<li") >= len(TRAIL)


def test_a_forward_that_arrived_is_called_delivered(alice_client: Client, account: Account):
    message = received(dialogue(account), "Halo")
    job = forwarded(message, response_status=200)
    Job.objects.filter(pk=job.pk).update(state="done")
    assert 'c-chip--good">Delivered<' in alice_client.get(f"/messages/{message.pk}/").content.decode()


def test_message_without_consequences_says_so(alice_client: Client, account: Account):
    message = received(dialogue(account), "Halo", trail=())
    text = alice_client.get(f"/messages/{message.pk}/").content.decode()
    assert "Nothing was sent because of this message" in text
    assert "It was not forwarded" in text


def test_strangers_get_nothing(charlie_client: Client, client: Client, account: Account):
    message = received(dialogue(account), "Halo")
    assert charlie_client.get(f"/messages/{message.pk}/").status_code == 404
    assert client.get(f"/messages/{message.pk}/").headers["Location"].startswith("/login/")


def test_forwards_are_delivered_again_as_jobs_of_their_own(alice_client: Client, account: Account):
    message = received(dialogue(account), "Halo")
    ended = forwarded(message, response_status=500, error="HTTP 500")
    Job.objects.filter(pk=ended.pk).update(state="dead")
    assert "Deliver again" in alice_client.get(f"/messages/{message.pk}/").content.decode()
    alice_client.post(f"/messages/{message.pk}/redeliver/")
    alice_client.post(f"/messages/{message.pk}/redeliver/")  # it is on its way already
    again = Job.objects.exclude(pk=ended.pk).get()
    assert (again.state, again.attempt_count, again.destination_id) == ("waiting", 0, ended.destination_id)
    assert AuditEntry.objects.get().action == "message.redelivered"


def test_the_messages_before_and_after_are_a_link_away(alice_client: Client, account: Account):
    conversation = dialogue(account)
    first, second, third = (received(conversation, text) for text in "abc")
    text = alice_client.get(f"/messages/{second.pk}/").content.decode()
    assert f'href="/messages/{first.pk}/"' in text
    assert f'href="/messages/{third.pk}/"' in text


def test_the_message_is_given_as_data(alice_client: Client, account: Account):
    message = received(dialogue(account), "Zażółć")
    data = alice_client.get(f"/messages/{message.pk}/raw/").json()
    assert (data["text"], data["from"], data["is_masked"]) == ("Zażółć", "48604218377", False)
    assert data["trail"][0][0] == "received"


def test_who_may_not_read_messages_gets_masked_data(account: Account, client: Client):
    clerk = create_user("clerk@example.com", "a long password", name="Clerk")
    add_member(account, clerk, Role.BILLING)
    client.force_login(clerk)
    response = client.get(f"/messages/{received(dialogue(account), 'Sekret').pk}/raw/")
    data = response.json()
    assert (data["text"], data["octets"], data["from"], data["trail"], data["is_masked"]) == (None, None, "…377", [], True)
    assert "Sekret" not in response.content.decode()
