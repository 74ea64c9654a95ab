"""The lease on a conversation: one person at a time, for a minute, and what it means for sending."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account, User
from recado.apps.accounts.services import create_account, create_owner
from recado.apps.changes import Change, subscribe
from recado.apps.dialogues.answering import Refusal, ReplyRefusedError, reply
from recado.apps.dialogues.claims import LEASE, answering, claim, release
from recado.apps.dialogues.models import Dialogue
from recado.apps.outbox.models import OutboundMessage


@pytest.fixture
def account(db: None) -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def anna(account: Account) -> User:
    return create_owner(account, "anna@example.com", "a long password", name="Anna")


@pytest.fixture
def bob(account: Account) -> User:
    return create_owner(account, "bob@example.com", "a long password", name="Bob")


@pytest.fixture
def conversation(account: Account) -> Dialogue:
    return dialogue(account)


def test_a_lease_is_taken_once_kept_by_its_holder_and_free_again_when_it_is_over(conversation: Dialogue, anna: User, bob: User):
    now = timezone.now()
    assert claim(conversation, anna, now)
    assert not claim(conversation, bob, now)
    assert claim(conversation, anna, now + timedelta(seconds=20))
    assert not claim(conversation, bob, now + LEASE)
    assert claim(conversation, bob, now + timedelta(seconds=20) + LEASE)
    conversation.refresh_from_db()
    assert answering(conversation, now) == bob
    assert answering(conversation, now + LEASE * 3) is None


def test_only_the_holder_gives_a_lease_back(conversation: Dialogue, anna: User, bob: User):
    now = timezone.now()
    claim(conversation, anna, now)
    release(conversation, bob)
    assert not claim(conversation, bob, now)
    release(conversation, anna)
    assert claim(conversation, bob, now)


def test_others_are_told_of_a_lease_and_of_its_end(conversation: Dialogue, anna: User, django_capture_on_commit_callbacks):
    heard: list[Change] = []
    unsubscribe = subscribe(heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        claim(conversation, anna, timezone.now())
        release(conversation, anna)
        release(conversation, anna)
    unsubscribe()
    assert heard == [Change("presence", conversation.account_id, conversation.pk)] * 2


def test_nobody_sends_while_somebody_else_answers(account: Account, conversation: Dialogue, anna: User, bob: User):
    claim(conversation, anna, timezone.now())
    with pytest.raises(ReplyRefusedError) as refused:
        reply(account, bob, conversation, "Tak", "k1", seen=0)
    assert (refused.value.reason, refused.value.by) == (Refusal.BEING_ANSWERED, anna)
    assert not OutboundMessage.objects.exists()
    reply(account, anna, conversation, "Tak", "k2", seen=0)
    conversation.refresh_from_db()
    assert conversation.claimed_by is None


def test_an_answer_of_somebody_else_after_what_was_seen_stops_a_reply(account: Account, conversation: Dialogue, anna: User, bob: User):
    seen = received(conversation, "Macie tulipany?").pk
    answer = reply(account, anna, conversation, "Mamy", "k1", seen=seen)
    with pytest.raises(ReplyRefusedError) as refused:
        reply(account, bob, conversation, "Tak", "k2", seen=seen)
    assert (refused.value.reason, refused.value.by) == (Refusal.ANSWERED, anna)
    assert OutboundMessage.objects.count() == 1
    reply(account, bob, conversation, "Tak", "k3", seen=answer.pk)


def test_ones_own_answer_or_a_new_message_stops_nobody(account: Account, conversation: Dialogue, anna: User):
    seen = received(conversation, "Macie tulipany?").pk
    reply(account, anna, conversation, "Mamy", "k1", seen=seen)
    received(conversation, "Super")
    reply(account, anna, conversation, "Do zobaczenia", "k2", seen=seen)
    assert OutboundMessage.objects.count() == 2


def test_sending_anyway_asks_nobody(account: Account, conversation: Dialogue, anna: User, bob: User):
    claim(conversation, anna, timezone.now())
    assert reply(account, bob, conversation, "Tak", "k1", seen=None)
    conversation.refresh_from_db()
    assert conversation.claimed_by == anna
