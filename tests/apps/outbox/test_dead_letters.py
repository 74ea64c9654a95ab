"""Jobs that were given up: found by filter, given another chance once, told and noted in their account."""

import pytest
from django.utils import timezone

from apps.billing.ledger import customer, priced
from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import Account, OperatorRole, User
from recado.apps.accounts.services import create_account
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.queries import standing
from recado.apps.billing.services import top_up
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.ids import next_id
from recado.apps.outbox.dead_letters import (
    DeadFilter,
    dead_count,
    dead_jobs,
    failing_destinations,
    get_job,
    redeliver,
    redeliver_all,
    waiting_jobs,
)
from recado.apps.outbox.models import Destination, Job, OutboundMessage, Segment

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def olga() -> User:
    return User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.ENGINEER)


@pytest.fixture
def shop(account) -> Destination:
    return Destination.objects.create(account=account, name="shop", url="https://shop.example/hook")


def job(account: Account | None, state: str = "dead", kind: str = "forward_url", attempts: int = 8, **fields: object) -> Job:
    now = timezone.now()
    given = {"id": next_id(), "kind": kind, "state": state, "attempt_count": attempts, "next_attempt_at": now, "created_at": now}
    return Job.objects.create(account=account, last_error="HTTP 500", **(given | fields))


def text(account: Account) -> OutboundMessage:
    message = sent(dialogue(account), "Dziękujemy")
    OutboundMessage.objects.filter(pk=message.pk).update(state="undelivered", reason="operator_error", finished_at=timezone.now())
    return message


def test_a_forward_gets_a_full_set_of_attempts_and_its_account_is_told(account, olga, shop):
    dead = job(account, destination=shop)
    assert redeliver(olga, [dead]) == 1
    dead.refresh_from_db()
    assert (dead.state, dead.attempt_count, dead.finished_at) == ("waiting", 0, None)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.account, entry.after, entry.is_operator) == ("jobs.redelivered", account, {"jobs": 1}, True)
    assert redeliver(olga, [dead]) == 0


def test_a_text_is_queued_again(account, olga):
    message = text(account)
    assert redeliver(olga, [job(account, kind="submit", outbound_message=message)]) == 1
    message.refresh_from_db()
    assert (message.state, message.reason, message.finished_at) == ("queued", "", None)


def test_a_text_of_the_installation_itself_is_queued_again_and_noted_in_no_account(account, olga):
    message = text(account)
    OutboundMessage.objects.update(account=None, dialogue_id=None)
    dead = [job(None, kind="submit", outbound_message=message), job(account)]
    assert redeliver(olga, dead) == 2
    assert {(entry.account, entry.after["jobs"]) for entry in AuditEntry.objects.all()} == {(None, 1), (account, 1)}
    message.refresh_from_db()
    assert message.state == "queued"


def test_a_text_of_which_a_part_was_taken_is_left_alone(account, olga):
    message = text(account)
    Segment.objects.create(
        id=next_id(), outbound_message=message, position=1, connection_id=1, carrier_message_id="7", updated_at=timezone.now()
    )
    assert redeliver(olga, [job(account, kind="submit", outbound_message=message)]) == 0
    message.refresh_from_db()
    assert message.state == "undelivered"


@pytest.mark.parametrize(("state", "words"), [("uncertain", "Dziękujemy"), ("delivered", "Dziękujemy"), ("undelivered", "")])
def test_a_text_that_may_have_arrived_or_was_erased_is_left_alone(account, olga, state, words):
    message = text(account)
    OutboundMessage.objects.update(state=state, text=words)
    assert redeliver(olga, [job(account, kind="submit", outbound_message=message)]) == 0
    message.refresh_from_db()
    assert message.state == state


def test_a_text_is_not_queued_again_for_who_has_opted_out_meanwhile(account, olga):
    message = text(account)
    opt_out(account, message.recipient, OptOut.Scope.ACCOUNT, now=timezone.now())
    assert redeliver(olga, [job(account, kind="submit", outbound_message=message)]) == 0


def test_a_text_that_is_queued_again_is_paid_for_again_once(account, olga):
    message = text(account)
    OutboundMessage.objects.update(cost=0, charge_state="released", segment_count=2)
    assert redeliver(olga, [job(account, kind="submit", outbound_message=message)]) == 1
    message.refresh_from_db()
    assert (message.cost, message.charge_state) == (18, "reserved")
    assert standing(account).reserved == 18


def test_a_text_that_the_credit_does_not_reach_for_is_left_alone(olga):
    account = customer(plan=priced(is_prepaid=True))
    message = text(account)
    OutboundMessage.objects.update(cost=0, charge_state="released")
    again = job(account, kind="submit", outbound_message=message)
    assert redeliver(olga, [again]) == 0
    top_up(account, 9)
    assert redeliver(olga, [again]) == 1
    assert standing(account).left == 0


def test_a_filter_finds_what_it_says_and_all_of_it_is_redelivered(account, olga, shop):
    other = create_account("Klinika Zdrowie")
    mine = [job(account, destination=shop) for _ in range(3)]
    job(other)
    job(account, state="done", destination=shop)
    wanted = DeadFilter(destination_id=shop.pk)
    assert {one.pk for one in dead_jobs(wanted)} == {one.pk for one in mine}
    assert dead_count(wanted) == 3
    assert redeliver_all(olga, wanted) == 3
    assert (dead_count(wanted), dead_count()) == (0, 1)
    assert dead_count(DeadFilter(account_id=other.pk, kind="forward_url")) == 1
    assert DeadFilter("submit", None, 7).as_query() == {"kind": "submit", "account": 7}


def test_what_waits_is_counted_by_kind_with_its_age(account, shop):
    oldest = job(account, state="waiting", destination=shop)
    job(account, state="claimed", attempts=0, destination=shop)
    job(account, state="done")
    (waiting,) = waiting_jobs()
    assert (waiting.kind, waiting.count, waiting.oldest_at, waiting.retried_count) == ("forward_url", 2, oldest.created_at, 1)


def test_a_destination_is_failing_while_jobs_wait_that_failed(account, shop):
    job(account, state="waiting", attempts=0, destination=shop)
    assert failing_destinations() == []
    job(account, state="waiting", attempts=2, destination=shop)
    (failing,) = failing_destinations()
    assert (failing.destination, failing.count, failing.last_error) == (shop, 1, "HTTP 500")


def test_a_job_is_read_with_its_attempts(account):
    message = received(dialogue(account), "Halo")
    dead = job(account, message_id=message.pk)
    for position in (1, 2):
        dead.attempts.create(id=next_id(), position=position, started_at=timezone.now(), duration_ms=5, error="HTTP 500")
    assert [attempt.position for attempt in get_job(dead.pk).attempts.all()] == [1, 2]
