"""Answering and finishing dialogues: what is written, what is announced, what is refused."""

import pytest
from django.utils import timezone

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Account, User
from recado.apps.accounts.services import create_account, create_owner
from recado.apps.changes import Change, subscribe
from recado.apps.dialogues.answering import Refusal, ReplyRefusedError, refusal_of, reply
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.services import mark_read, set_state
from recado.apps.numbers.lifecycle import REST, end_rest, release_number, suspend_number
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import assign_number
from recado.apps.outbox.models import Job, OutboundMessage
from recado.core.number import NumberKind


@pytest.fixture
def account(db: None) -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def anna(account: Account) -> User:
    return create_owner(account, "anna@example.com", "a long password")


@pytest.fixture
def announced(django_capture_on_commit_callbacks):
    """Collect what is announced while the block runs."""

    def collect(act) -> set[tuple[str, int | None]]:
        changes: list[Change] = []
        unsubscribe = subscribe(changes.append)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        unsubscribe()
        return {(change.kind, change.object_id) for change in changes}

    return collect


def test_reply_leaves_from_the_number_of_the_dialogue_through_its_connection(account: Account, anna: User):
    conversation = dialogue(account)
    message = reply(account, anna, conversation, "Dzień dobry", "k1")
    assert (message.sender, message.recipient) == ("48664200300", "48604218377")
    assert message.connection == conversation.number.connection
    assert (message.origin, message.author, message.state) == ("agent", anna, "queued")
    job = Job.objects.get()
    assert (job.kind, job.outbound_message, job.state) == ("submit", message, "waiting")


@pytest.mark.parametrize(("text", "count"), [("x" * 160, 1), ("x" * 161, 2), ("ą" * 70, 1), ("ą" * 71, 2), ("€" * 80, 1), ("€" * 81, 2)])
def test_reply_knows_its_segments(account: Account, anna: User, text: str, count: int):
    assert reply(account, anna, dialogue(account), text, "k1").segment_count == count


def test_reply_updates_what_the_list_shows(account: Account, anna: User):
    conversation = dialogue(account)
    received(conversation, "Halo")
    reply(account, anna, conversation, "x" * 200, "k1")
    conversation.refresh_from_db()
    assert conversation.last_text == "x" * 160
    assert not conversation.last_is_inbound
    assert (conversation.unread_count, conversation.message_count) == (0, 2)


def test_reply_announces_the_message_and_the_job(account: Account, anna: User, announced):
    conversation = dialogue(account)
    assert announced(lambda: reply(account, anna, conversation, "Halo", "k1")) == {("outbound", conversation.pk), ("jobs", None)}


def test_a_repeated_key_gives_the_first_message_and_changes_nothing(account: Account, anna: User):
    conversation = dialogue(account)
    first = reply(account, anna, conversation, "Halo", "k1")
    assert reply(account, anna, conversation, "Another text", "k1") == first
    assert OutboundMessage.objects.count() == Job.objects.count() == 1
    conversation.refresh_from_db()
    assert conversation.message_count == 1


def test_keys_of_different_accounts_do_not_meet(account: Account, anna: User):
    other = create_account("Klinika Zdrowie")
    shared = number(None, "48503340503", NumberKind.SHARED_LONG)
    reply(account, anna, dialogue(account, number=shared), "Halo", "k1")
    reply(other, anna, dialogue(other, number=shared), "Halo", "k1")
    assert OutboundMessage.objects.count() == 2


@pytest.mark.parametrize(("text", "reason"), [("", Refusal.EMPTY), (" \r\n ", Refusal.EMPTY), ("x" * 1531, Refusal.TOO_LONG)])
def test_texts_that_cannot_be_sent_write_nothing(account: Account, anna: User, text: str, reason: Refusal):
    with pytest.raises(ReplyRefusedError) as refused:
        reply(account, anna, dialogue(account), text, "k1")
    assert refused.value.reason is reason
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize("sender", ["MBank", "4301", "PLAY24"])
def test_names_and_short_codes_cannot_be_answered(account: Account, sender: str):
    assert refusal_of(dialogue(account, sender)) is Refusal.NO_PHONE


def test_a_number_without_connection_cannot_answer(account: Account):
    conversation = dialogue(account)
    conversation.number.connection = None
    conversation.number.connection_id = None
    assert refusal_of(conversation) is Refusal.NO_CONNECTION


def reason_of(account: Account, user: User, conversation: Dialogue) -> Refusal:
    with pytest.raises(ReplyRefusedError) as refused:
        reply(account, user, Dialogue.objects.select_related("number").get(pk=conversation.pk), "Halo", "k1")
    return refused.value.reason


def test_a_number_that_was_taken_away_answers_for_its_former_owner_never_again(account: Account, anna: User):
    conversation, own = dialogue(account), Number.objects.get()
    released = timezone.now() - REST
    release_number(own, released)
    assert reason_of(account, anna, conversation) is Refusal.NUMBER_GONE
    end_rest(own, timezone.now())
    assert reason_of(account, anna, conversation) is Refusal.NUMBER_GONE
    assign_number(own, account=create_account("Klinika Zdrowie"))
    assert reason_of(account, anna, conversation) is Refusal.NUMBER_GONE
    assert not OutboundMessage.objects.exists()


def test_a_shared_number_that_rests_answers_nobody(account: Account, anna: User):
    shared = number(None, "48503340503", NumberKind.SHARED_LONG)
    conversation = dialogue(account, number=shared)
    release_number(shared, timezone.now())
    assert reason_of(account, anna, conversation) is Refusal.NUMBER_GONE


def test_shared_and_suspended_numbers_can_be_answered_from(account: Account):
    suspended = dialogue(account)
    suspend_number(suspended.number, timezone.now())
    eco = dialogue(account, number=number(None, "48500000001", NumberKind.ECO))
    assert (refusal_of(suspended), refusal_of(eco)) == (None, None)


def test_marking_read_is_announced_once(account: Account, announced):
    conversation = dialogue(account)
    received(conversation, "Halo")
    assert announced(lambda: mark_read(conversation)) == {("dialogue", conversation.pk)}
    assert announced(lambda: mark_read(conversation)) == set()
    conversation.refresh_from_db()
    assert conversation.unread_count == 0


def test_done_is_announced_once(account: Account, announced):
    conversation = dialogue(account)
    assert announced(lambda: set_state(conversation, Dialogue.State.DONE)) == {("dialogue", conversation.pk)}
    assert announced(lambda: set_state(conversation, Dialogue.State.DONE)) == set()
    conversation.refresh_from_db()
    assert conversation.state == "done"
