"""The settings of delivery reports: an address, kept or refused, and off again."""

import pytest

from recado.apps.audit.models import AuditEntry
from recado.apps.outbox.destinations import default_receipts_destination

pytestmark = pytest.mark.django_db
PAGE = "/settings/delivery-reports/"
URL = "https://shop.example/dlr?id=#SMSID#&stan=#STAN#&token=secret"


def test_an_address_is_kept_shown_and_noted_without_its_secret(alice_client, account):
    assert alice_client.post(PAGE, {"url": f" {URL} ", "method": "POST"}, follow=True).status_code == 200
    kept = default_receipts_destination(account)
    assert (kept.url, kept.method) == (URL, "POST")
    assert "token=secret" in alice_client.get(PAGE).text
    entry = AuditEntry.objects.get(action="delivery_reports.changed")
    assert (entry.before, entry.after) == ({}, {"forwards": "shop.example"})


def test_saving_again_what_is_there_notes_nothing(alice_client):
    for _ in range(2):
        alice_client.post(PAGE, {"url": URL, "method": "GET"})
    assert AuditEntry.objects.filter(action="delivery_reports.changed").count() == 1


def test_an_empty_address_switches_reports_off(alice_client, account):
    alice_client.post(PAGE, {"url": URL, "method": "GET"})
    assert "Delivery reports are off." in alice_client.post(PAGE, {"url": "", "method": "GET"}, follow=True).text
    assert default_receipts_destination(account) is None


@pytest.mark.parametrize("url", ["shop.example", "ftp://shop.example/", "https://shop.example/a b", "https:///"])
def test_an_address_that_cannot_be_called_is_refused_with_what_to_write(alice_client, account, url):
    page = alice_client.post(PAGE, {"url": url, "method": "GET"})
    assert page.status_code == 422
    assert "begins with http:// or https://" in page.text
    assert default_receipts_destination(account) is None
