"""What waits in front of destinations, as who runs the installation sees it, and by which indexes it is found."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.ids import next_id
from recado.apps.outbox.backlog import backlogs, failing_destinations, late_count, retries, waiting_jobs
from recado.apps.outbox.deliveries import DeliveryFilter, deliveries, health, health_of
from recado.apps.outbox.models import Destination, Job
from recado.apps.paging import page_of
from recado.store.parking import PARKED

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def shop(account) -> Destination:
    return Destination.objects.create(account=account, name="shop", url="https://shop.example/hook")


def job(shop: Destination, attempts: int = 0, error: str = "", **more) -> Job:
    now = timezone.now()
    values = {"kind": "forward_url", "state": "waiting", "next_attempt_at": now, "created_at": now, **more}
    return Job.objects.create(id=next_id(), account=shop.account, destination=shop, attempt_count=attempts, last_error=error, **values)


def test_what_waits_is_counted_by_kind_with_its_age(shop):
    oldest = job(shop, 1)
    job(shop, state="claimed")
    job(shop, 1, state="done")
    (waiting,) = waiting_jobs()
    assert (waiting.kind, waiting.count, waiting.oldest_at, waiting.retried_count) == ("forward_url", 2, oldest.created_at, 1)


def test_a_destination_is_failing_while_jobs_wait_that_failed(shop):
    job(shop)
    assert failing_destinations() == []
    job(shop, 2, "HTTP 500")
    (failing,) = failing_destinations()
    assert (failing.destination, failing.count, failing.last_error) == (shop, 1, "HTTP 500")


def test_a_backlog_is_all_that_waits_behind_a_pause_or_what_failed_elsewhere(account, shop):
    oldest, failed = job(shop, next_attempt_at=PARKED), job(shop, 3, "timeout", next_attempt_at=PARKED)
    newest = job(shop, next_attempt_at=PARKED)
    other = Destination.objects.create(account=account, name="other", url="https://other.example/")
    again = job(other, 1, "HTTP 503")
    job(other)
    well = Destination.objects.create(account=account, name="well", url="https://well.example/")
    job(well)
    assert [(one.destination, one.count, one.last_error) for one in backlogs()] == [(other, 1, "HTTP 503"), (shop, 1, "timeout")][::-1]
    Destination.objects.filter(pk=shop.pk).update(paused_at=timezone.now())
    paused, failing = backlogs()
    assert (paused.destination, paused.count, paused.oldest_at, paused.last_error) == (shop, 3, oldest.created_at, "timeout")
    assert (failing.destination, failing.count, failing.next_attempt_at) == (other, 1, again.next_attempt_at)
    assert retries() == [again]
    Job.objects.filter(pk__in=[oldest.pk, failed.pk, newest.pk]).update(attempt_count=0)
    assert backlogs()[0].last_error == ""


def test_late_is_what_nobody_works_on_and_nothing_that_is_parked(shop):
    now = timezone.now()
    job(shop, next_attempt_at=PARKED)
    job(shop, next_attempt_at=now - HOUR, state="claimed", claimed_until=now + HOUR)
    assert late_count(now) == 0
    job(shop, next_attempt_at=now - HOUR, state="claimed", claimed_until=now - HOUR)
    job(shop, next_attempt_at=now - HOUR, is_bulk=True, kind="submit")
    assert late_count(now) == 2


def test_each_look_goes_by_an_index_that_holds_little_else(account, shop, django_assert_num_queries):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by what is in the tables")
    plans: list[str] = []

    def explained(execute, sql, params, many, context):
        if 'FROM "outbox_job"' in sql or "FROM outbox_job" in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?").replace("%%", "%"), params or ())
                plans.append(" ".join(str(row[3]) for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    job(shop, 1)

    def looked_up_by(ask) -> str:
        plans.clear()
        with connection.execute_wrapper(explained):
            ask()
        return plans[0]

    assert "job_retried" in looked_up_by(failing_destinations)
    assert "job_retried" in looked_up_by(retries)
    assert "job_due_in_order" in looked_up_by(waiting_jobs)
    assert "next_attempt_at<?" in looked_up_by(lambda: late_count(timezone.now()))
    for state, index in (("waiting", "job_due_by_destination"), ("done", "job_by_destination")):
        wanted = deliveries(account, DeliveryFilter(shop.pk, state))
        assert index in looked_up_by(lambda found=wanted: page_of(found, None, is_ordered=True))
    assert health_of(shop).waiting == 1
    for number in range(5):
        Destination.objects.create(account=account, name=f"shop {number}", url="https://shop.example/hook")
    with django_assert_num_queries(1):  # beside what `store` asks
        assert len(health(account)) == 6
