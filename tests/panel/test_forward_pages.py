"""Places messages go to: made, changed, shown, stopped; who may, and what is refused in words."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from panel.conversations import dialogue, number, received
from panel.forwarding import attempt, delivery, place
from recado.apps.accounts.models import Account
from recado.apps.audit.models import AuditEntry
from recado.apps.ids import next_id
from recado.apps.keywords.rules import RuleContent, add_rule, save_rule
from recado.apps.keywords.services import reserve_keyword
from recado.apps.media.services import blobs
from recado.apps.outbox.models import Destination, Job, JobState, SigningSecret
from recado.blobs.base import read

pytestmark = pytest.mark.django_db
NEW = "/forwards/new/?kind="


def keyword_forwarding(account: Account, *places: Destination):
    keyword = reserve_keyword(account, number(account), "Ogrodnik")
    save_rule(keyword, RuleContent(destinations=places))
    return keyword


def test_nothing_there_yet_teaches_the_ways_to_begin(alice_client: Client):
    page = alice_client.get("/forwards/").text
    for kind in ("url", "email", "phone", "webhook"):
        assert f'href="/forwards/new/?kind={kind}"' in page
    assert "They stay in the inbox as well." in page


def test_who_may_only_look_is_offered_nothing_to_change(vera_client: Client, account: Account):
    found = place(account)
    delivery(found)
    for path in ("/forwards/", f"/forwards/{found.pk}/"):
        page = vera_client.get(path)
        assert page.status_code == 200
        assert not re.search(r'action="/forwards/|/forwards/new/|/edit/', page.text)
    assert "hooks/sms" not in vera_client.get(f"/forwards/{found.pk}/").text  # an address can hold a password


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (
            "url",
            {"url": " https://shop.example/?n=#NUMER# ", "method": "POST"},
            {"url": "https://shop.example/?n=#NUMER#", "name": "shop.example"},
        ),
        (
            "email",
            {"email": "office@shop.example", "has_attachments": "on"},
            {"email": "office@shop.example", "name": "office@shop.example"},
        ),
        ("phone", {"msisdn": "604 218 377", "daily_limit": "20"}, {"msisdn": "48604218377", "daily_limit": 20}),
        (
            "webhook",
            {
                "url": "https://shop.example/h",
                "body": "xml",
                "signature": "hmac",
                "batch_limit": "50",
                "headers": "X-Key: a:b\n\nX-Two:  c ",
            },
            {"body": "xml", "batch_limit": 50, "headers": {"X-Key": "a:b", "X-Two": "c"}},
        ),
    ],
)
def test_each_kind_is_made_as_written_and_noted(alice_client: Client, account: Account, kind, given, expected):
    response = alice_client.post(NEW + kind, given)
    made = Destination.objects.get(account=account, kind=kind)
    assert response["Location"] == f"/forwards/{made.pk}/" + {"webhook": "secret/", "phone": "confirm/"}.get(kind, "")
    assert {name: getattr(made, name) for name in expected} == expected
    assert AuditEntry.objects.get(action="forward.added").object_id == made.pk


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("url", {"url": "shop.example", "method": "GET"}, "begins with http:// or https://"),
        ("email", {"email": "office"}, "Write an e-mail address such as"),
        ("phone", {"msisdn": "12"}, "Write a phone number such as"),
        ("phone", {"msisdn": "664 200 300"}, "would come back"),
        (
            "webhook",
            {"url": "https://a.example/", "body": "json", "signature": "hmac", "batch_limit": "1", "headers": "nonsense"},
            "one header a line",
        ),
        (
            "webhook",
            {"url": "https://a.example/", "body": "json", "signature": "hmac", "batch_limit": "1", "headers": "Host: x"},
            "set by Recado itself",
        ),
        ("webhook", {"url": "https://a.example/", "body": "json", "signature": "hmac", "batch_limit": "900"}, "100"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(alice_client: Client, account: Account, kind, given, words):
    number(account)
    page = alice_client.post(NEW + kind, given)
    assert page.status_code == 422
    assert words in page.text
    assert not Destination.objects.exists()


def test_what_forwarding_last_months_messages_would_have_cost_is_said_before_saving(alice_client: Client, account: Account):
    assert "would have cost" not in alice_client.get(NEW + "phone").text
    conversation = dialogue(account)
    for text in ("Halo", "a" * 150):  # with the sender in front the second one is of two parts
        received(conversation, text)
    page = alice_client.get(NEW + "phone").text
    assert "In the last 30 days 2 messages came in. To forward all of them would have cost about 0,27\N{NO-BREAK SPACE}zł net." in page


def test_the_price_of_a_phone_is_said_before_saving(alice_client: Client):
    page = alice_client.get(NEW + "phone").text
    assert re.search(r"c-notice--error.*?costs 0,09\xa0zł net for every part", page, re.DOTALL)
    assert "Forward there for 0,09\xa0zł a part" in page


def test_a_secret_is_shown_until_it_is_stored_and_never_again(alice_client: Client, account: Account):
    given = {"url": "https://shop.example/h", "body": "json", "signature": "hmac", "batch_limit": "1"}
    path = alice_client.post(NEW + "webhook", given)["Location"]
    secret = SigningSecret.objects.get().secret
    for _ in range(2):  # a page that is loaded again shows it still
        page = alice_client.get(path)
        assert secret in page.text
        assert page["Cache-Control"] == "no-store"
    alice_client.post(path)
    found = Destination.objects.get()
    assert alice_client.get(path)["Location"] == f"/forwards/{found.pk}/"
    assert secret not in alice_client.get(f"/forwards/{found.pk}/").text


def test_another_secret_signs_beside_the_old_one(alice_client: Client, account: Account):
    found = place(account)
    path = alice_client.post(f"/forwards/{found.pk}/secret/new/")["Location"]
    new, old = SigningSecret.objects.order_by("-pk")
    assert new.secret in alice_client.get(path).text
    page = alice_client.get(f"/forwards/{found.pk}/").text
    assert "signs until" in page
    assert new.secret not in page
    assert old.secret not in page


def test_a_change_of_the_signature_makes_a_secret_of_that_kind(alice_client: Client, account: Account):
    found = place(account)
    given = {"url": found.url, "name": found.name, "body": "json", "signature": "ed25519", "batch_limit": "1"}
    assert alice_client.post(f"/forwards/{found.pk}/edit/", given)["Location"].endswith("/secret/")
    assert [one.signature for one in SigningSecret.objects.order_by("pk")] == ["hmac", "ed25519"]
    assert "whpk_" in alice_client.get(f"/forwards/{found.pk}/secret/").text


def test_a_list_says_how_each_fares_and_what_uses_it(alice_client: Client, account: Account):
    shop, paused = place(account, name="Sklep", succeeded_at=timezone.now()), place(account, name="CRM", paused_at=timezone.now())
    keyword_forwarding(account, shop)
    delivery(shop, state=JobState.DONE, at=timezone.now())
    page = alice_client.get("/forwards/").text
    for words in ("Working", "Paused", "1 delivered", "Ogrodnik", "Nothing goes there yet"):
        assert words in page
    assert page.index(f'id="forward-{paused.pk}"') < page.index(f'id="forward-{shop.pk}"')


def test_a_keyword_with_several_rules_is_named_once(alice_client: Client, account: Account):
    shop = place(account)
    keyword = keyword_forwarding(account, shop)
    add_rule(keyword, account, RuleContent(destinations=(shop,)))
    for path in ("/forwards/", f"/forwards/{shop.pk}/"):
        assert alice_client.get(path).text.count(f'href="/keywords/{keyword.pk}/"') == 1


def test_pausing_and_resuming_are_noted_and_said(alice_client: Client, account: Account):
    found = place(account)
    alice_client.post(f"/forwards/{found.pk}/pause/")
    page = alice_client.get(f"/forwards/{found.pk}/").text
    assert "Paused since" in page
    assert "Somebody paused it." in page
    alice_client.post(f"/forwards/{found.pk}/resume/")
    found.refresh_from_db()
    assert found.paused_at is None
    assert {entry.action for entry in AuditEntry.objects.all()} >= {"forward.paused", "forward.resumed"}


def test_what_waits_for_a_failing_place_is_tried_at_once_when_asked(alice_client: Client, account: Account):
    found = place(account)
    Destination.objects.filter(pk=found.pk).update(failing_since=timezone.now() - timedelta(hours=2))
    later = timezone.now() + timedelta(hours=5)
    job = Job.objects.create(
        id=next_id(),
        account=account,
        kind="forward_url",
        destination=found,
        attempt_count=4,
        next_attempt_at=later,
        created_at=timezone.now(),
    )
    assert "Try now" in alice_client.get(f"/forwards/{found.pk}/").text
    assert "1 waiting delivery is tried now." in alice_client.post(f"/forwards/{found.pk}/try-now/", follow=True).text
    job.refresh_from_db()
    assert job.next_attempt_at <= timezone.now()
    alice_client.post(f"/forwards/{found.pk}/pause/")
    Job.objects.update(next_attempt_at=later)
    assert "Nothing was waiting." in alice_client.post(f"/forwards/{found.pk}/try-now/", follow=True).text
    assert Job.objects.get().next_attempt_at == later
    assert AuditEntry.objects.filter(action="forward.tried_now").count() == 2


def test_switched_off_and_on_again(alice_client: Client, account: Account):
    found = place(account)
    for to, is_enabled in (("off", False), ("on", True)):
        alice_client.post(f"/forwards/{found.pk}/switch/", {"to": to})
        found.refresh_from_db()
        assert found.is_enabled is is_enabled


def test_what_is_in_use_is_not_removed_and_its_users_are_named(alice_client: Client, account: Account):
    found = place(account)
    keyword = keyword_forwarding(account, found)
    page = alice_client.post(f"/forwards/{found.pk}/remove/")
    assert page.status_code == 409
    assert f'href="/keywords/{keyword.pk}/"' in page.text
    assert f'action="/forwards/{found.pk}/switch/"' in page.text
    save_rule(keyword, RuleContent())
    job = delivery(found)
    assert alice_client.post(f"/forwards/{found.pk}/remove/")["Location"] == "/forwards/"
    assert found.name not in alice_client.get("/forwards/").text.split("<main", 1)[1].split("c-empty", 1)[1]
    assert alice_client.get(f"/forwards/{found.pk}/").status_code == 404
    assert "removed" in alice_client.get(f"/forwards/{found.pk}/deliveries/{job.pk}/").text


def test_a_test_is_sent_and_its_page_is_shown(alice_client: Client, account: Account):
    found = place(account)
    response = alice_client.post(f"/forwards/{found.pk}/test/", {"sender": "604 218 377", "text": "Hej"})
    job = Job.objects.get()
    assert response["Location"] == f"/forwards/{found.pk}/deliveries/{job.pk}/"
    assert job.sample["sender"] == "48604218377"
    page = alice_client.get(response["Location"]).text
    assert "TEST" in page
    assert "Hej" in page
    assert alice_client.post(f"/forwards/{found.pk}/test/", {"sender": "x", "text": "Hej"}).status_code == 422


def test_a_test_can_be_an_mms_with_a_picture(alice_client: Client, account: Account, settings, tmp_path):
    settings.RECADO = replace(settings.RECADO, data=tmp_path)
    found = place(account)
    alice_client.post(f"/forwards/{found.pk}/test/", {"sender": "604 218 377", "text": "Hej", "has_picture": "on"})
    mms = Job.objects.get().sample["mms"]
    assert (mms["subject"], mms["name"]) == ("Test", "test.png")
    assert Image.open(BytesIO(read(blobs(), mms["sha256"]))).size == (160, 120)


def test_places_of_delivery_reports_show_their_deliveries_and_are_changed_in_the_settings(alice_client: Client, account: Account):
    url = "https://shop.example/dlr?id=#SMSID#"
    alice_client.post("/settings/delivery-reports/", {"url": url, "method": "GET"})
    found = Destination.objects.get(kind="receipts")
    assert f'href="/forwards/{found.pk}/"' in alice_client.get("/settings/delivery-reports/").text
    page = alice_client.get(f"/forwards/{found.pk}/").text
    assert "Change it in the settings" in page
    assert alice_client.get(f"/forwards/{found.pk}/edit/").status_code == 404
    assert alice_client.post(f"/forwards/{found.pk}/switch/", {"to": "off"}).status_code == 404


def test_a_failing_place_says_since_when(alice_client: Client, account: Account):
    found = place(account, failing_since=timezone.now() - timedelta(hours=2))
    attempt(delivery(found, state=JobState.WAITING))
    page = alice_client.get(f"/forwards/{found.pk}/").text
    assert "Nothing has arrived there since" in page
    assert "try 2 of 10" in page
