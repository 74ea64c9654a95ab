"""`/deliveries`, and delivering many again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.forwarding import attempt, delivery, place
from recado.apps.audit.models import AuditEntry
from recado.apps.outbox.models import Job, JobKind, JobState


@pytest.fixture
def since() -> str:
    return (timezone.now() - timedelta(hours=1)).isoformat()


def test_a_delivery_is_shown_with_every_attempt(api, account):
    job = delivery(place(account), "Czy są róże?")
    attempt(job)
    shown = api("get", f"/deliveries/{job.pk}").json()
    assert (shown["text"], shown["state"], shown["phone"][:4]) == ("Czy są róże?", "given_up", "+486")
    tried = shown["log"][0]
    assert tried["request"].startswith("POST https://shop.example/hooks/sms")
    assert (tried["response_status"], tried["response_body"], tried["error"]) == (500, "<h1>Oops</h1>", "answered HTTP 500")
    assert tried["curl"].startswith("curl")
    assert (tried["signed"]["header"], tried["signed"]["agrees"]) == ("webhook-signature", False)


def test_the_list_is_narrowed_by_forward_state_phone_and_time(api, account):
    shop, office = place(account), place(account, "email")
    dead, done = delivery(shop), delivery(office, state=JobState.DONE)
    failed = delivery(shop, state=JobState.WAITING)
    waiting = delivery(shop, state=JobState.WAITING, attempt_count=0)
    phone = api("get", f"/deliveries/{dead.pk}").json()["phone"].removeprefix("+")
    now = timezone.now().isoformat().replace("+", "%2B")
    for query, wanted in {
        "": [waiting, failed, done, dead],
        f"forward_id={office.pk}": [done],
        f"forward_id={shop.pk}&state=waiting": [waiting, failed],
        "state=failed": [failed],
        f"state=given_up&phone={phone}": [dead],
        f"since={now}": [],
        f"until={now}&state=delivered": [done],
    }.items():
        assert [one["id"] for one in api("get", f"/deliveries?{query}").json()["items"]] == [job.pk for job in wanted], query
    page = api("get", "/deliveries?limit=3").json()
    assert [one["id"] for one in api("get", f"/deliveries?cursor={page['next']}").json()["items"]] == [dead.pk]


def test_a_list_of_deliveries_asks_as_often_for_many_as_for_two(api, account):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert api("get", "/deliveries").status_code == 200
        return len(caught)

    found = place(account)
    for _ in range(2):
        attempt(delivery(found))
    queries()  # notes that the key was used
    few = queries()
    for _ in range(5):
        attempt(delivery(found))
    assert queries() == few


def test_one_is_delivered_again_where_it_was_meant_to_go_or_elsewhere(api, account):
    shop, office = place(account), place(account, "email")
    path = f"/deliveries/{delivery(shop).pk}/again"
    assert api("post", path, {}).json()["forward_id"] == shop.pk
    assert api("post", path, {"url": "https://other.example/"}).json()["url"] == "https://other.example/"
    elsewhere = Job.objects.get(pk=api("post", path, {"forward_id": office.pk}).json()["id"])
    assert (elsewhere.kind, elsewhere.destination_id, elsewhere.state) == (JobKind.FORWARD_EMAIL, office.pk, JobState.WAITING)
    assert [entry.object_id for entry in AuditEntry.objects.order_by("pk")] == [shop.pk, shop.pk, office.pk]


def test_what_cannot_be_delivered_again_says_why(api, account, stranger):
    shop, off = place(account), place(account, is_enabled=False)
    dead = delivery(shop)
    for body, code in {
        "forward_id": (off.pk, "forward-off"),
        "url": ("ftp://x", "invalid"),
    }.items():
        assert api("post", f"/deliveries/{dead.pk}/again", {body: code[0]}).json()["code"] == code[1]
    theirs = api("post", f"/deliveries/{dead.pk}/again", {"forward_id": place(stranger).pk})
    assert theirs.json()["errors"][0]["field"] == "body.forward_id"
    mail = delivery(place(account, "email"))
    assert api("post", f"/deliveries/{mail.pk}/again", {"url": "https://a.example"}).json()["errors"][0]["field"] == "body.url"
    waiting = delivery(shop, state=JobState.WAITING)
    assert api("post", f"/deliveries/{waiting.pk}/again", {}).json()["code"] == "still-waiting"
    tried = api("post", f"/forwards/{shop.pk}/test", {"text": "Hej"}).json()
    assert (tried["is_test"], tried["text"]) == (True, "Hej")
    assert api("post", f"/deliveries/{tried['id']}/again", {}).json()["code"] == "is-a-test"
    report = delivery(shop, message_id=None)
    assert api("post", f"/deliveries/{report.pk}/again", {"forward_id": place(account).pk}).json()["code"] == "is-a-report"
    shop.removed_at = timezone.now()
    shop.save()
    assert api("post", f"/deliveries/{dead.pk}/again", {}).json()["code"] == "forward-removed"


def test_all_that_failed_since_are_counted_then_delivered_again_in_one_order(api, account, since):
    shop, office = place(account), place(account, "email")
    dead = [delivery(shop), delivery(shop)]
    delivery(shop, state=JobState.DONE)
    path = f"/forwards/{shop.pk}/deliver-again"
    counted = api("post", path, {"since": since, "dry_run": True}).json()
    assert (counted["deliveries"], counted["has_more"], counted["last_id"]) == (2, False, None)
    assert api("post", path, {"since": since, "only_failed": False, "dry_run": True}).json()["deliveries"] == 3
    assert api("post", path, {"since": since, "after": dead[0].pk, "dry_run": True}).json()["deliveries"] == 1
    assert api("post", path, {"since": since, "until": counted["until"], "forward_id": office.pk}).json()["deliveries"] == 2
    done = api("post", path, {"since": since, "until": counted["until"]}).json()
    assert (done["deliveries"], done["last_id"]) == (2, dead[1].pk)
    assert api("post", path, {"since": since, "until": counted["until"]}).json()["deliveries"] == 0  # they are on their way
    assert api("post", path, {"since": since, "until": since}).json()["errors"][0]["field"] == "body.until"
    assert AuditEntry.objects.filter(action="forward.delivered_again").count() == 3
