"""Answers that leave later: at a time chosen, after the quiet hours; and from where, at which price."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number, received, sent
from recado.apps.accounts.models import Account, User
from recado.apps.connections.models import Connection
from recado.apps.dialogues.answering import Refusal, ReplyRefusedError
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import Job, JobState, OutboundMessage, SendKind
from recado.core.number import NumberKind
from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason
from recado.panel.inbox.scheduling import FARTHEST, timing_of

WARSAW = ZoneInfo("Europe/Warsaw")
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=WARSAW)
PARTIAL = {"headers": {"HX-Request-Type": "partial"}}


@pytest.fixture
def hanna(account: Account) -> Dialogue:
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Macie tulipany?")
    return conversation


@pytest.fixture
def quiet_now(account: Account) -> None:
    """It is quiet from an hour ago until in two hours, on the clock of Poland."""
    now = datetime.now(WARSAW)
    account.quiet_from, account.quiet_until = (now - timedelta(hours=1)).time(), (now + timedelta(hours=2)).time()
    account.save()


def wrote(conversation: Dialogue, ago: timedelta) -> None:
    Message.objects.filter(dialogue_id=conversation.pk).update(received_at=timezone.now() - ago)


def send(client: Client, conversation: Dialogue, **fields: str) -> OutboundMessage:
    client.post(f"/inbox/{conversation.pk}/send/", {"text": "Tak, mamy", "key": "k1", "seen": "0", **fields})
    return OutboundMessage.objects.get(idempotency_key="k1")


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({}, None),
        ({"when": ""}, None),
        ({"when": "evening"}, datetime(2026, 11, 27, 18, tzinfo=WARSAW)),
        ({"when": "tomorrow"}, datetime(2026, 11, 28, 9, tzinfo=WARSAW)),
        ({"when": "monday"}, datetime(2026, 11, 30, 9, tzinfo=WARSAW)),
        ({"when": "at", "at": "2026-11-30T15:20"}, datetime(2026, 11, 30, 15, 20, tzinfo=WARSAW)),
        ({"when": "at", "at": "2027-07-01T08:00"}, datetime(2027, 7, 1, 8, tzinfo=WARSAW)),
        ({"at": "2026-11-30T15:20"}, None),  # filled in, and then sent by the usual button
        ({"until": "2026-11-28T08:00:00+01:00"}, datetime(2026, 11, 28, 8, tzinfo=WARSAW)),
        ({"until": "2026-11-27T14:59:00+01:00"}, None),  # the page lay open
        ({"until": "nonsense"}, None),
        ({"until": "2026-11-28T08:00:00+01:00", "when": "monday"}, datetime(2026, 11, 30, 9, tzinfo=WARSAW)),
        ({"until": "2026-11-28T08:00:00+01:00", "now": "1"}, None),
    ],
)
def test_the_form_says_when(posted, expected):
    assert timing_of(posted, FRIDAY).scheduled_at == expected
    assert timing_of(posted, FRIDAY).is_urgent is ("now" in posted)


@pytest.mark.parametrize(
    ("posted", "now", "reason"),
    [
        ({"when": "evening"}, FRIDAY.replace(hour=18, minute=1), Refusal.TIME_PASSED),
        ({"when": "at", "at": ""}, FRIDAY, Refusal.TIME_PASSED),
        ({"when": "at", "at": "2026-11-27T14:59"}, FRIDAY, Refusal.TIME_PASSED),
        ({"when": "hour"}, FRIDAY, Refusal.TIME_PASSED),
        ({"when": "\0"}, FRIDAY, Refusal.TIME_PASSED),
        ({"when": "at", "at": (FRIDAY + FARTHEST + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")}, FRIDAY, Refusal.TOO_FAR),
        ({"when": "at", "at": "9999-12-31T23:59"}, FRIDAY, Refusal.TOO_FAR),
    ],
)
def test_a_moment_that_is_over_or_far_away_is_refused(posted, now, reason):
    with pytest.raises(ReplyRefusedError) as caught:
        timing_of(posted, now)
    assert caught.value.reason == reason


def test_a_text_for_later_waits_and_says_so(alice_client, hanna):
    message = send(alice_client, hanna, when="tomorrow")
    job = Job.objects.get(outbound_message=message)
    assert message.scheduled_at == job.next_attempt_at
    assert message.scheduled_at > timezone.now()
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert "Scheduled for" in page
    assert "Send now" in page


def test_a_time_that_is_over_sends_nothing_and_keeps_the_text(alice_client, hanna):
    answer = alice_client.post(f"/inbox/{hanna.pk}/send/", {"text": "Tak, mamy", "key": "k1", "when": "at", "at": "2020-01-01T10:00"})
    assert answer.status_code == 422
    assert "That moment is over." in answer.content.decode()
    assert "Tak, mamy</textarea>" in answer.content.decode()
    assert not OutboundMessage.objects.exists()


def test_a_text_that_waits_is_taken_back_and_written_again(alice_client, hanna):
    message = send(alice_client, hanna, when="tomorrow")
    page = alice_client.post(f"/inbox/{hanna.pk}/messages/{message.pk}/cancel/", follow=True).content.decode()
    message.refresh_from_db()
    assert (message.state, message.reason, message.cost) == (OutboundState.UNSENT, UnsentReason.CANCELLED, 0)
    assert Job.objects.get().state == JobState.DONE
    assert "taken back before its time" in page
    assert f"?again={message.pk}" in page
    assert "Tak, mamy</textarea>" in alice_client.get(f"/inbox/{hanna.pk}/?again={message.pk}").content.decode()


def test_a_text_that_waits_is_sent_at_once(alice_client, hanna):
    message = send(alice_client, hanna, when="tomorrow")
    piece = alice_client.post(f"/inbox/{hanna.pk}/messages/{message.pk}/now/", **PARTIAL).content.decode()
    message.refresh_from_db()
    assert message.scheduled_at <= timezone.now()
    assert Job.objects.get().next_attempt_at <= timezone.now()
    assert f'hx-target="#m-{message.pk}" hx-swap="outerHTML"' in piece
    assert "It is on its way." in piece
    assert "Scheduled for" not in piece


@pytest.mark.parametrize("change", ["cancel", "now"])
def test_what_waits_no_more_is_left_as_it_is(alice_client, hanna, change):
    message = send(alice_client, hanna, when="tomorrow")
    Job.objects.update(state=JobState.DONE)
    page = alice_client.post(f"/inbox/{hanna.pk}/messages/{message.pk}/{change}/", follow=True).content.decode()
    assert "It does not wait any more" in page
    message.refresh_from_db()
    assert message.state == OutboundState.QUEUED


@pytest.mark.parametrize("change", ["cancel", "now"])
def test_a_message_of_another_conversation_or_account_is_not_found(alice_client, account, charlie: User, hanna, change):
    message = send(alice_client, hanna, when="tomorrow")
    other = dialogue(account, "48660917411")
    assert alice_client.post(f"/inbox/{other.pk}/messages/{message.pk}/{change}/").status_code == 404
    foreign = dialogue(charlie.memberships.get().account, "48660917411", number=number(None, "48503340503", NumberKind.SHARED_LONG))
    theirs = sent(foreign, "Wizyta jutro")
    assert alice_client.post(f"/inbox/{hanna.pk}/messages/{theirs.pk}/{change}/").status_code == 404
    assert alice_client.get(f"/inbox/{hanna.pk}/?again={theirs.pk}").status_code == 404


def test_in_quiet_hours_an_answer_waits_for_their_end(alice_client, account, hanna, quiet_now):
    wrote(hanna, timedelta(days=2))
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert "where this person is. Your answer waits until" in page
    assert "Send now anyway" in page
    message = send(alice_client, hanna)
    assert message.scheduled_at is not None
    assert message.scheduled_at.astimezone(WARSAW).time().replace(tzinfo=None) == account.quiet_until


def test_in_quiet_hours_a_text_leaves_all_the_same_where_somebody_says_so(alice_client, hanna, quiet_now):
    wrote(hanna, timedelta(days=2))
    assert send(alice_client, hanna, now="1").scheduled_at is None


@pytest.mark.parametrize(("ago", "is_direct"), [(timedelta(minutes=5), True), (timedelta(hours=23), True), (timedelta(hours=25), False)])
def test_a_direct_answer_waits_for_nothing(alice_client, hanna, quiet_now, ago, is_direct):
    wrote(hanna, ago)
    assert ("Send now anyway" in alice_client.get(f"/inbox/{hanna.pk}/").content.decode()) is not is_direct
    assert (send(alice_client, hanna).scheduled_at is None) is is_direct


def test_a_time_chosen_within_quiet_hours_moves_to_their_end(alice_client, account, hanna):
    wrote(hanna, timedelta(days=2))
    account.quiet_from, account.quiet_until = time(6), time(12)
    account.save()
    message = send(alice_client, hanna, when="tomorrow")
    assert message.scheduled_at.astimezone(WARSAW).time() == time(12)


def test_the_price_and_the_width_stand_by_the_counter(alice_client, account, hanna):
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert 'data-price="9"' in page
    assert "data-wide" not in page
    Connection.objects.update(settings={"reference_bits": "16"})
    assert 'data-wide="1"' in alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    message = send(alice_client, hanna, text="x" * 305)
    assert (message.segment_count, message.cost) == (3, 27)


def test_a_test_costs_nothing(alice_client, account):
    tried = dialogue(account, is_test=True)
    assert "data-price" not in alice_client.get(f"/inbox/{tried.pk}/").content.decode()


def shared(account: Account, *, can_send: bool) -> Dialogue:
    number(None, "48503340503", NumberKind.SHARED_LONG)
    Number.objects.filter(digits="48503340503").update(can_send=can_send)
    conversation = dialogue(account, number=Number.objects.get(digits="48503340503"))
    received(conversation, "Ogrodnik")
    return conversation


def test_a_shared_number_answers_itself_where_its_carrier_takes_it(alice_client, account):
    conversation = shared(account, can_send=True)
    assert "Reply from 503 340 503" in alice_client.get(f"/inbox/{conversation.pk}/").content.decode()
    message = send(alice_client, conversation)
    assert (message.sender, message.kind) == ("48503340503", SendKind.FULL)


def test_else_a_pool_number_answers_and_the_composer_says_so(alice_client, account):
    conversation = shared(account, can_send=False)
    add_number("48664100200", NumberKind.ECO, connection=Connection.objects.get())
    page = alice_client.get(f"/inbox/{conversation.pk}/").content.decode()
    assert "The carrier takes no texts from 503 340 503: your answer leaves from 664 100 200" in page
    assert 'data-price="7"' in page
    message = send(alice_client, conversation)
    assert (message.sender, message.kind, message.cost, message.dialogue_id) == ("48664100200", SendKind.ECO, 7, conversation.pk)


def test_without_a_pool_number_nobody_answers(alice_client, account):
    conversation = shared(account, can_send=False)
    assert "no pool number is there to stand in" in alice_client.get(f"/inbox/{conversation.pk}/").content.decode()
    answer = alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": "Tak", "key": "k1"})
    assert answer.status_code == 422
    assert not OutboundMessage.objects.exists()


def test_sending_anyway_means_the_time_chosen_before(alice_client, bob: User, hanna):
    seen = received(hanna, "Halo?").pk
    sent(hanna, "Mamy", author=bob)
    chosen = {"text": "Tak, mamy", "key": "k1", "seen": str(seen), "when": "tomorrow"}
    refused = alice_client.post(f"/inbox/{hanna.pk}/send/", chosen).content.decode()
    assert 'name="anyway" value="tomorrow"' in refused
    assert send(alice_client, hanna, seen=str(seen), anyway="tomorrow").scheduled_at is not None


def test_a_thread_explains_what_is_uncertain_and_why_something_was_not_sent(alice_client, hanna):
    sent(hanna, "Może", state=OutboundState.UNCERTAIN)
    sent(hanna, "Nie", state=OutboundState.UNSENT, reason=UnsentReason.NO_POOL_NUMBER)
    failed = sent(hanna, "Też nie", state=OutboundState.UNDELIVERED, reason=UndeliveredReason.WRONG_NUMBER)
    page = alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    for words in ("Perhaps sent", "It is not sent again by itself.", "no pool number is free for this phone", "the number does not exist"):
        assert words in page
    assert f"?again={failed.pk}" in page


def test_who_only_reads_gets_nothing_to_press(vera_client, hanna):
    sent(hanna, "Jutro", scheduled_at=datetime.now(UTC) + timedelta(days=1))
    page = vera_client.get(f"/inbox/{hanna.pk}/").content.decode()
    assert "Scheduled for" in page
    assert "/cancel/" not in page


def test_a_conversation_on_a_pool_number_goes_on_from_it(alice_client, account):
    pool = [add_number(f"4866410020{place}", NumberKind.ECO, connection=number(account).connection) for place in range(3)]
    conversation = dialogue(account, "48660917411", number=pool[2])
    received(conversation, "Tak!")
    page = alice_client.get(f"/inbox/{conversation.pk}/").content.decode()
    assert "Reply from 664 100 202" in page
    assert "a number of the pool" not in page
    message = send(alice_client, conversation)
    assert (message.sender, message.kind, message.cost) == ("48664100202", SendKind.ECO, 7)
