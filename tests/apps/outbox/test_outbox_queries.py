"""What went out because of a message: for its account alone, in order, with attempts, in few queries."""

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Attempt, Job
from recado.apps.outbox.queries import forwards_of, replies_to


@pytest.fixture
def account(db: None) -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def message(account: Account) -> Message:
    return received(dialogue(account), "Halo")


def job(message: Message, kind: str = "forward_url", attempts: int = 0) -> Job:
    now = timezone.now()
    made = Job.objects.create(
        id=next_id(), account_id=message.account_id, kind=kind, message_id=message.pk, next_attempt_at=now, created_at=now
    )
    for position in range(attempts, 0, -1):
        Attempt.objects.create(id=next_id(), job=made, position=position, started_at=now, duration_ms=1)
    return made


def test_forwards_come_in_order_with_their_attempts_in_order(account: Account, message: Message, django_assert_num_queries):
    jobs = [job(message, attempts=2), job(message, attempts=1)]
    job(message, kind="submit")
    with django_assert_num_queries(2):
        found = forwards_of(account, message.pk)
        assert [attempt.position for attempt in found[0].attempts.all()] == [1, 2]
    assert found == jobs


def test_replies_are_those_caused_by_the_message(account: Account, message: Message):
    conversation = dialogue(account, "48660917411")
    reply = sent(conversation, "Dziękujemy", in_reply_to_id=message.pk)
    sent(conversation, "Something else")
    assert replies_to(account, message.pk) == [reply]


def test_another_account_has_nothing_of_it(account: Account, message: Message):
    stranger = create_account("Klinika Zdrowie")
    job(message)
    sent(dialogue(account, "48660917411"), "Dziękujemy", in_reply_to_id=message.pk)
    assert forwards_of(stranger, message.pk) == []
    assert replies_to(stranger, message.pk) == []
