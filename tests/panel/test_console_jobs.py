"""Jobs, quarantine and system in the console."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panel.forwarding import attempt, delivery, place
from recado.apps.accounts.models import Account, OperatorRole
from recado.apps.audit.models import AuditEntry
from recado.apps.connections.models import Quarantine
from recado.apps.connections.services import add_connection
from recado.apps.ids import next_id
from recado.apps.outbox.models import Attempt, Destination, Job
from recado.core.message import Encoding, InboundPart
from recado.store.kept_items import dumps
from recado.store.parking import PARKED


@pytest.fixture
def dead(account: Account) -> Job:
    now = timezone.now()
    shop = Destination.objects.create(account=account, name="shop", url="https://shop.example/hook")
    job = Job.objects.create(
        id=next_id(),
        account=account,
        kind="forward_url",
        destination=shop,
        state="dead",
        attempt_count=1,
        next_attempt_at=now,
        created_at=now,
        finished_at=now,
        last_error="HTTP 500",
    )
    Attempt.objects.create(
        id=next_id(),
        job=job,
        position=1,
        started_at=now,
        duration_ms=31,
        request="GET https://shop.example/hook?text=Tulipan",
        response_status=500,
        response_body="<script>oops</script>",
        error="HTTP 500",
    )
    return job


@pytest.fixture
def kept(db) -> Quarantine:
    link, now = add_connection("acme", "simulator", {}), timezone.now()
    part = InboundPart(link.pk, "48501222333", "48503340503", "Tulipan", Encoding.GSM7, now, b"\1Tulipan", 5)
    return Quarantine.objects.create(
        id=next_id(),
        connection=link,
        received_at=now,
        sender=part.sender,
        recipient=part.recipient,
        raw=part.raw,
        traceback="Traceback\nValueError: from 48501222333",
        item=dumps(part),
    )


def test_what_was_given_up_is_listed_filtered_and_explained(console, dead, account):
    client = console(OperatorRole.AUDITOR)
    page = client.get("/operator/jobs/").content.decode()
    assert "shop.example" in page
    assert "Redeliver" not in page
    assert "Nothing of this kind was given up" in client.get("/operator/jobs/?kind=submit").content.decode()
    assert "shop.example" in client.get(f"/operator/jobs/?kind=forward_url&account={account.pk}").content.decode()
    assert "Nothing was given up" not in client.get("/operator/jobs/?kind=nonsense&account=x&before=y").content.decode()


def test_an_attempt_shows_request_and_answer_as_text_to_who_may_see_messages(console, dead):
    path = f"/operator/jobs/{dead.pk}/"
    admin, engineer = (console(role).get(path).content.decode() for role in (OperatorRole.ADMIN, OperatorRole.ENGINEER))
    assert "text=Tulipan" in admin
    assert "&lt;script&gt;oops" in admin
    assert "Tulipan" not in engineer
    assert "HTTP 500" in engineer


def test_one_job_is_redelivered(console, dead):
    page = console(OperatorRole.ENGINEER).post(f"/operator/jobs/{dead.pk}/again/", follow=True).content.decode()
    dead.refresh_from_db()
    assert dead.state == "waiting"
    assert "The job is tried again now." in page
    again = console(OperatorRole.ENGINEER).post(f"/operator/jobs/{dead.pk}/again/", follow=True).content.decode()
    assert "Nothing was tried again" in again


def test_one_that_goes_to_a_paused_place_waits_there(console, dead):
    dead.destination.paused_at = timezone.now()
    dead.destination.save()
    page = console(OperatorRole.ENGINEER).post(f"/operator/jobs/{dead.pk}/again/", follow=True).content.decode()
    assert "waits with the others until its place is resumed" in page


def test_all_jobs_of_a_filter_are_redelivered(console, dead, account):
    client = console(OperatorRole.ENGINEER)
    client.post("/operator/jobs/again/", {"kind": "submit", "destination": "", "account": ""})
    dead.refresh_from_db()
    assert dead.state == "dead"
    response = client.post("/operator/jobs/again/", {"kind": "", "destination": dead.destination_id, "account": account.pk})
    dead.refresh_from_db()
    assert (dead.state, response["Location"].endswith("#dead")) == ("waiting", True)


def test_what_is_in_quarantine_is_shown_as_octets_and_text_to_who_may_see_messages(console, kept):
    path = f"/operator/quarantine/{kept.pk}/"
    admin, engineer = (console(role).get(path).content.decode() for role in (OperatorRole.ADMIN, OperatorRole.ENGINEER))
    assert "01 54 75 6c 69 70 61 6e" in admin
    assert "Tulipan" in admin
    assert "Tulipan" not in engineer
    assert "48501222333" not in engineer
    assert "ValueError" in engineer


def test_it_is_tried_again_and_leaves_or_says_why_not(console, gateway, kept):
    client = console(OperatorRole.ENGINEER)
    gateway.fault = "ValueError: no"
    assert "ValueError: no" in client.post(f"/operator/quarantine/{kept.pk}/again/", follow=True).content.decode()
    gateway.fault = ""
    assert "a moment ago" in client.post(f"/operator/quarantine/{kept.pk}/again/", follow=True).content.decode()
    Quarantine.objects.update(retried_at=None)
    assert "It is processed" in client.post(f"/operator/quarantine/{kept.pk}/again/", follow=True).content.decode()
    assert "The quarantine is empty" in client.get("/operator/quarantine/").content.decode()
    assert AuditEntry.objects.get().action == "quarantine.retried"


def test_it_is_settled_by_a_person(console, kept):
    client = console(OperatorRole.ENGINEER)
    assert "It is settled." in client.post(f"/operator/quarantine/{kept.pk}/settled/", follow=True).content.decode()
    assert "acme" in client.get("/operator/quarantine/?state=settled").content.decode()


def test_the_system_page_says_what_runs_and_no_secret(console, db, settings):
    page = console(OperatorRole.AUDITOR).get("/operator/system/").content.decode()
    for shown in ("RECADO_DATABASE_URL", "SQLite", "Django", "in order", str(settings.RECADO.data)):
        assert shown in page
    assert settings.SECRET_KEY not in page


@pytest.mark.parametrize("state", ["waiting", "claimed"])
def test_jobs_that_nobody_works_off_are_said(console, gateway, account, state):
    long_ago = timezone.now() - timedelta(hours=1)
    job = Job.objects.create(id=next_id(), account=account, kind="submit", state=state, next_attempt_at=long_ago, created_at=long_ago)
    Job.objects.filter(state="claimed").update(claimed_until=long_ago)
    assert "1 job is late by more than 15 minutes." in console().get("/operator/jobs/").content.decode()
    Job.objects.filter(pk=job.pk).update(state="claimed", claimed_until=timezone.now() + timedelta(minutes=1))
    assert "is late" not in console().get("/operator/jobs/").content.decode()


def test_places_with_a_backlog_say_whether_they_are_paused_or_fail(console, account: Account):
    now = timezone.now()
    paused = place(account, "email", "Biuro", paused_at=now, failing_since=now)
    failing = place(account, "webhook", "Sklep", failing_since=now)
    fresh = place(account, "url", "Magazyn")
    for _ in range(2):
        delivery(paused, state="waiting", attempt_count=0)
    job = delivery(failing, state="waiting", attempt_count=3, next_attempt_at=now + timedelta(minutes=9), last_error="HTTP 503")
    delivery(fresh, state="waiting", attempt_count=0)
    page = console(OperatorRole.AUDITOR).get("/operator/jobs/")
    assert [(one.destination.name, one.count) for one in page.context["backlogs"]] == [("Biuro", 2), ("Sklep", 1)]
    assert page.context["retries"] == [job]
    assert "when it is resumed" in page.text
    delivery(paused, state="waiting", attempt_count=4, next_attempt_at=PARKED)
    overview = console(OperatorRole.AUDITOR).get("/operator/").text
    assert "Biuro of Kwiaciarnia Róża is paused; 1 waits." in overview
    assert "9999" not in overview
    assert "office@" not in page.text
    assert "…@shop.example" in page.text


def test_what_an_endpoint_answered_is_shown_with_its_headers(console, account: Account):
    job = delivery(place(account))
    attempt(job, response_headers="retry-after: 30")
    client = console(OperatorRole.ADMIN)
    assert "retry-after: 30" in client.get(f"/operator/jobs/{job.pk}/").text
    assert "retry-after: 30" not in console(OperatorRole.ENGINEER).get(f"/operator/jobs/{job.pk}/").text


@pytest.mark.parametrize("kind", ["forward_email", "forward_phone"])
def test_mails_and_phones_are_listed_and_redelivered_by_kind(console, account: Account, kind):
    place_kind = kind.removeprefix("forward_")
    job = delivery(place(account, place_kind))
    client = console(OperatorRole.ENGINEER)
    assert f"/operator/jobs/{job.pk}/" in client.get(f"/operator/jobs/?kind={kind}").text
    client.post("/operator/jobs/again/", {"kind": kind})
    job.refresh_from_db()
    assert job.state == "waiting"
