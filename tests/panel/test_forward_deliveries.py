"""Deliveries: the list and its filters, one with its attempts, making them once more."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panel.forwarding import attempt, delivery, place
from panel.hostile import MARKUP
from recado.apps.accounts.models import Account, User
from recado.apps.audit.models import AuditEntry
from recado.apps.outbox.models import Destination, Job, JobState, SigningSecret
from recado.panel.fragments import render

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(account: Account) -> Destination:
    return place(account)


def rows(client: Client, shop: Destination, query: str = "") -> set[int]:
    return set(map(int, re.findall(r"/deliveries/(\d+)/\"", client.get(f"/forwards/{shop.pk}/{query}").text)))


def test_filters_leave_what_they_say(alice_client: Client, shop: Destination):
    now = timezone.now()
    done, dead = delivery(shop, state=JobState.DONE), delivery(shop)
    new, failed = (delivery(shop, state=JobState.WAITING, attempt_count=count, next_attempt_at=now) for count in (0, 2))
    phone = alice_client.get(f"/forwards/{shop.pk}/deliveries/{dead.pk}/").context["row"].phone
    found = {state: rows(alice_client, shop, f"?state={state}") for state in ("delivered", "waiting", "failed", "given_up", "nonsense")}
    everything = {done.pk, dead.pk, new.pk, failed.pk}
    expected = [{done.pk}, {new.pk, failed.pk}, {failed.pk}, {dead.pk}, everything]
    assert list(found.values()) == expected
    assert rows(alice_client, shop, f"?phone={phone[2:]}") == {dead.pk}
    assert rows(alice_client, shop, "?since=2001-01-01&until=2001-01-02") == set()
    assert rows(alice_client, shop, f"?since={timezone.localdate() - timedelta(days=1)}") == everything


def test_a_delivery_shows_every_attempt_as_text_and_says_what_it_means(alice_client: Client, shop: Destination):
    job = delivery(shop, MARKUP)
    attempt(job, "no secure connection: certificate has expired", None, response_headers="", response_body="")
    attempt(job, response_body=MARKUP, response_headers=f"server: {MARKUP}")
    page = alice_client.get(f"/forwards/{shop.pk}/deliveries/{job.pk}/").text
    assert "The certificate of the address has expired." in page
    assert "The program on the other side broke" in page
    assert page.count("HTTP 500") == 1, "the code stands in the error alone"
    assert MARKUP not in page
    assert "curl" in page


def test_a_signature_is_explained_with_what_it_must_be(alice_client: Client, shop: Destination):
    job = delivery(shop)
    attempt(job)
    page = alice_client.get(f"/forwards/{shop.pk}/deliveries/{job.pk}/").text
    assert "msg_1.1764000000.{&quot;type&quot;: &quot;message.received&quot;}" in page
    assert re.search(r">v1,[A-Za-z0-9+/=]{44}<", page)
    assert SigningSecret.objects.get().secret not in page


def test_a_delivery_of_another_place_is_not_found(alice_client: Client, account: Account, shop: Destination):
    job = delivery(place(account, "url"))
    assert alice_client.get(f"/forwards/{shop.pk}/deliveries/{job.pk}/").status_code == 404


def test_one_is_delivered_once_more_also_elsewhere(alice_client: Client, shop: Destination):
    job = delivery(shop)
    path = f"/forwards/{shop.pk}/deliveries/{job.pk}/again/"
    refused = alice_client.post(path, {"url": "shop.example"})
    assert refused.status_code == 422
    assert "begins with http:// or https://" in refused.text
    alice_client.post(path)
    response = alice_client.post(path, {"url": "https://other.example/h"})
    made = Job.objects.exclude(pk=job.pk).order_by("pk")
    assert [(one.message_id, one.url) for one in made] == [(job.message_id, ""), (job.message_id, "https://other.example/h")]
    assert "this time to other.example" in alice_client.get(response["Location"]).text


def test_one_on_its_way_is_left_alone(alice_client: Client, shop: Destination):
    job = delivery(shop, state=JobState.WAITING)
    page = alice_client.post(f"/forwards/{shop.pk}/deliveries/{job.pk}/again/", follow=True).text
    assert "It is still on its way" in page
    assert Job.objects.count() == 1


def test_many_are_counted_first_and_only_what_was_counted_is_delivered(alice_client: Client, shop: Destination):
    for state in (JobState.DEAD, JobState.DEAD, JobState.DONE):
        delivery(shop, state=state)
    path = f"/forwards/{shop.pk}/again/"
    page = alice_client.get(path)
    assert "Deliver 2 messages again" in page.text
    form, counted = page.context["form"], page.context["counted"]
    given = {name: form[name].value() for name in form.fields} | {"counted": counted, "do": "1"}
    changed = alice_client.post(path, given | {"which": "all"})
    assert "Deliver 3 messages again" in changed.text
    assert Job.objects.count() == 3
    assert alice_client.post(path, given)["Location"] == f"/forwards/{shop.pk}/"
    assert Job.objects.count() == 5
    assert AuditEntry.objects.get(action="forward.delivered_again").after == {"deliveries": 2}


def test_a_time_that_ends_before_it_begins_is_refused(alice_client: Client, shop: Destination):
    given = {"which": "all", "since": "2026-11-20T10:00", "until": "2026-11-20T09:00", "url": ""}
    page = alice_client.post(f"/forwards/{shop.pk}/again/", given)
    assert page.status_code == 422
    assert "It must end after it begins." in page.text


def test_open_pages_are_told_and_get_their_pieces(alice_client: Client, account: Account, alice: User, charlie: User, shop: Destination):
    assert 'hx-target="#forwards-news"' in render("jobs", account.pk, None, alice, "en")
    assert render("jobs", account.pk, None, charlie, "en") == ""
    job = delivery(shop)
    attempt(job)
    pieces = {
        "/forwards/live/": ["#forwards-rows"],
        f"/forwards/{shop.pk}/live/": ["#forward-standing", "#forward-banner", "#forward-health", "#deliveries"],
        f"/forwards/{shop.pk}/deliveries/{job.pk}/live/": ["#delivery-state", "#attempts", "#delivery-again"],
    }
    for path, targets in pieces.items():
        assert re.findall(r'hx-target="([^"]+)"', alice_client.get(path).text) == targets


def test_a_mail_that_bounced_says_that_it_came_back(alice_client: Client, account: Account):
    office = place(account, "email")
    job = delivery(office, last_error="came back: 550 5.1.1 no such user")
    attempt(job, "", 250)
    for path in (f"/forwards/{office.pk}/", f"/forwards/{office.pk}/deliveries/{job.pk}/"):
        page = alice_client.get(path).text
        assert "came back: 550 5.1.1 no such user" in page
        assert "SMTP 250" in page
        assert "HTTP 250" not in page


def test_what_is_due_is_next_in_line_and_names_no_moment_that_is_over(alice_client: Client, shop: Destination):
    delivery(shop, state=JobState.WAITING, attempt_count=0, next_attempt_at=timezone.now() - timedelta(minutes=7))
    page = alice_client.get(f"/forwards/{shop.pk}/").text
    assert "next in line, try 1 of 10" in page
    assert "next try" not in page


def test_one_more_forward_to_a_phone_says_that_it_costs(alice_client: Client, account: Account):
    phone = place(account, "phone")
    job = delivery(phone, state=JobState.DONE)
    assert "is paid for once more" in alice_client.get(f"/forwards/{phone.pk}/deliveries/{job.pk}/").text


def test_a_paused_place_says_what_was_given_up_before(alice_client: Client, account: Account):
    office = place(account, "email", paused_at=timezone.now(), pause_reason="mailbox")
    delivery(office)
    assert "1 was given up before" in alice_client.get(f"/forwards/{office.pk}/").text
