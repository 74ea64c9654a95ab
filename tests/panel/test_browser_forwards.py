"""Forwarding in a browser: the picture of a call while it is written, and pieces that follow live news."""

import re

import pytest
from playwright.sync_api import expect

from panel.forwarding import delivery, place
from recado.apps.accounts.models import Account
from recado.apps.outbox.models import Job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEWS = "() => document.querySelector('#events').dispatchEvent(new CustomEvent('htmx:sse:after:message', { bubbles: true }))"


def test_a_call_is_shown_while_its_address_is_written(visit, account: Account):
    page = visit().open("/forwards/new/?kind=url")
    page.get_by_label("Web address").fill("https://shop.example/?n=#NUMER#&x=#NIC#")
    expect(page.locator("#preview")).to_contain_text("GET https://shop.example/?n=48600100200&x=")
    expect(page.locator("#preview")).to_contain_text("Nothing is filled in for #NIC#")


def test_a_page_follows_its_deliveries(visit, account: Account):
    shop = place(account)
    job = delivery(shop, state="waiting", attempt_count=0)
    page = visit().open(f"/forwards/{shop.pk}/?state=")
    state = page.locator("#deliveries tbody tr .c-chip")
    expect(state).to_have_text("Waiting")
    Job.objects.filter(pk=job.pk).update(state="done")
    page.evaluate(NEWS)
    expect(state).to_have_text("Delivered")
    expect(page.locator("#forward-health")).to_contain_text(re.compile("1 delivered"))
