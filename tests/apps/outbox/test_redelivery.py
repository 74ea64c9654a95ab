"""Delivering once more, trying out, pausing, resuming, and reading deliveries: bounded, each account its own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.ids import first_id_at, next_id
from recado.apps.notifications.models import Notification
from recado.apps.outbox import forgetting, pause_notices, redelivery
from recado.apps.outbox.deliveries import DeliveryFilter, as_curl, deliveries, get_delivery_for, health, health_of
from recado.apps.outbox.destinations import DestinationUrlError
from recado.apps.outbox.models import Attempt, Destination, HeldPhone, Job, JobState
from recado.apps.outbox.pausing import free_left_behind, pause, resume
from recado.apps.outbox.redelivery import Sample, StillWaitingError, redeliver_failed_since, redeliver_job, redeliver_range, send_test
from recado.store.parking import PARKED

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def stranger() -> Account:
    return create_account("Kwiaciarnia Bez")


@pytest.fixture
def shop(account) -> Destination:
    return Destination.objects.create(account=account, name="shop", url="https://shop.example/hook")


def told(shop: Destination, message_id: int, state: str = "dead", *, ago: timedelta = timedelta(0), **more) -> Job:
    at = timezone.now() - ago
    key = first_id_at(at) + message_id if ago else next_id()
    values = {"message_id": message_id, "state": state, "next_attempt_at": at, "created_at": at, **more}
    return Job.objects.create(id=key, account=shop.account, kind="forward_url", destination=shop, **values)


def waiting() -> list[int]:
    return list(Job.objects.filter(state="waiting").order_by("pk").values_list("message_id", flat=True))


def test_a_job_is_delivered_once_more_as_a_job_of_its_own(account, stranger, shop):
    job = told(shop, 7)
    again = redeliver_job(account, job.pk)
    assert (again.message_id, again.destination_id, again.url, again.attempt_count) == (7, shop.pk, "", 0)
    assert Job.objects.get(pk=job.pk).state == "dead"
    with pytest.raises(StillWaitingError):
        redeliver_job(account, again.pk)
    assert redeliver_job(account, again.pk, url=" https://other.example/x ").url == "https://other.example/x"
    for url in ("ftp://other.example/", "http://other.example:22/"):
        with pytest.raises(DestinationUrlError):
            redeliver_job(account, job.pk, url=url)
    with pytest.raises(Job.DoesNotExist):
        redeliver_job(stranger, job.pk)


def test_all_that_failed_since_goes_again_once_and_bounded(account, stranger, shop, monkeypatch):
    monkeypatch.setattr(redelivery, "AT_ONCE", 2)
    told(shop, 1, ago=5 * HOUR)
    jobs = [told(shop, number, ago=2 * HOUR) for number in (2, 3, 4)]
    told(shop, 5, "done", ago=2 * HOUR)
    told(shop, 4, "done", ago=HOUR)  # it got through later
    since = timezone.now() - 3 * HOUR
    first = redeliver_failed_since(account, shop.pk, since)
    assert (first.count, first.has_more, first.last_id) == (2, True, jobs[1].pk)
    rest = redeliver_failed_since(account, shop.pk, since, after=first.last_id)
    assert (rest.count, rest.has_more) == (0, False)
    assert waiting() == [2, 3]
    assert redeliver_failed_since(account, shop.pk, since).count == 0
    assert redeliver_failed_since(stranger, shop.pk, since).count == 0


def test_a_range_goes_again_also_to_another_address(account, shop):
    for number, hours, state in ((1, 5, "done"), (2, 3, "done"), (3, 2, "dead"), (3, 2.5, "dead"), (4, 1, "done")):
        told(shop, number, state, ago=hours * HOUR)
    now = timezone.now()
    start, end = now - 4 * HOUR, now - 1.5 * HOUR
    assert redeliver_range(account, shop.pk, start, end, url="https://other.example/").count == 2
    assert set(Job.objects.filter(state="waiting").values_list("url", flat=True)) == {"https://other.example/"}
    assert redeliver_range(account, shop.pk, start, end, only_failed=True).count == 1


def test_a_test_carries_its_sample_and_belongs_to_its_account(account, stranger, shop):
    job = send_test(account, shop.pk, Sample("48501222333", "48503340503", "Hello"))
    assert (job.kind, job.message_id) == ("forward_url", None)
    assert job.sample == {"sender": "48501222333", "recipient": "48503340503", "text": "Hello"}
    with pytest.raises(Destination.DoesNotExist):
        send_test(stranger, shop.pk, Sample("1", "2", "3"))
    assert redeliver_failed_since(account, shop.pk, timezone.now() - HOUR).count == 0


def test_resuming_makes_all_that_waits_due_and_ends_what_a_crash_cut_off(account, shop):
    now = timezone.now()
    assert pause(shop, now)
    assert not pause(shop, now)
    parked = [told(shop, number, "waiting") for number in (1, 2)]
    Job.objects.filter(pk__in=[job.pk for job in parked]).update(next_attempt_at=PARKED)
    free_left_behind(now)
    assert set(Job.objects.values_list("next_attempt_at", flat=True)) == {PARKED}
    retrying = told(shop, 3, "waiting")
    Job.objects.filter(pk=retrying.pk).update(next_attempt_at=now + HOUR)
    assert resume(shop, now) == 3
    assert set(Job.objects.values_list("next_attempt_at", flat=True)) == {now}
    assert (shop.paused_at, shop.pause_reason, shop.failed_attempts) == (None, "", 0)
    Job.objects.filter(pk=parked[0].pk).update(next_attempt_at=PARKED)
    HeldPhone.objects.create(job=told(shop, 4), destination_id=shop.pk, phone="48501")
    free_left_behind(now)
    assert not Job.objects.filter(next_attempt_at=PARKED).exists()
    assert not HeldPhone.objects.exists()


@pytest.mark.parametrize(
    ("reason", "kind"), [("failing", "forward.paused"), ("gone", "forward.gone"), ("550 no such user", "forward.paused"), ("by_hand", None)]
)
def test_owners_and_admins_are_told_of_a_pause_once(account, shop, reason, kind):
    people = [(create_user(f"{role}@example.com", "a long password", name=role), role) for role in (Role.OWNER, Role.ADMIN, Role.AGENT)]
    for user, role in people:
        add_member(account, user, role)
    now = timezone.now()
    Destination.objects.filter(pk=shop.pk).update(paused_at=now, pause_reason=reason)
    pause_notices.tell_all(now)
    pause_notices.tell_all(now)
    assert list(Notification.objects.values_list("user_id", "kind").order_by("user_id")) == (
        [(each.pk, kind) for each, _ in people[:2]] if kind else []
    )


def test_attempts_are_kept_a_month_and_those_of_open_jobs_longer(shop, monkeypatch):
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    now = timezone.now()
    over, still_open = told(shop, 1, "done"), told(shop, 2, "waiting")
    for place, (job, days) in enumerate(((over, 40), (over, 35), (over, 31), (over, 29), (still_open, 40))):
        at = now - timedelta(days=days)
        Attempt.objects.create(id=first_id_at(at) + place, job=job, position=place, started_at=at, duration_ms=5, request="")
    assert forgetting.forget_attempts(now) == 3
    assert list(Attempt.objects.order_by("position").values_list("position", flat=True)) == [3, 4]
    assert forgetting.forget_attempts(now) == 0


def test_deliveries_are_found_by_what_one_asks_for(account, stranger, shop, monkeypatch):
    old, dead, done = told(shop, 1, "done", ago=5 * HOUR), told(shop, 2, "dead", ago=HOUR), told(shop, 3, "done")
    open_one = told(shop, 4, "claimed")
    now = datetime.now(UTC)
    for wanted, expected in (
        (DeliveryFilter(), [open_one, done, dead, old]),
        (DeliveryFilter(state=JobState.DEAD), [dead]),
        (DeliveryFilter(destination_id=shop.pk, state=JobState.WAITING), [open_one]),
        (DeliveryFilter(since=now - 2 * HOUR, until=now - 0.5 * HOUR), [dead]),
        (DeliveryFilter(destination_id=0), []),
        (DeliveryFilter(phone="48501"), []),
    ):
        assert list(deliveries(account, wanted)) == expected
    assert list(deliveries(stranger, DeliveryFilter())) == []
    with pytest.raises(Job.DoesNotExist):
        get_delivery_for(stranger, done.pk)
    Attempt.objects.create(id=next_id(), job=done, position=1, started_at=now, duration_ms=42, request="GET https://shop.example/?n=1")
    (attempt,) = get_delivery_for(account, done.pk).attempts.all()
    assert as_curl(attempt) == "curl --globoff --request GET --url 'https://shop.example/?n=1'"
    send_test(account, shop.pk, Sample("1", "2", "3"))
    for found, median_ms in ((health(account)[shop.pk], None), (health_of(shop), 42)):
        assert (found.done, found.failed, found.waiting, found.median_ms) == (2, 1, 2, median_ms)
        assert (found.is_counted, found.is_waiting_counted) == (True, True)
    assert health(stranger) == {}
    monkeypatch.setattr("recado.apps.outbox.deliveries.CEILING", 2)
    assert (health_of(shop).is_counted, health_of(shop).is_waiting_counted) == (False, False)
