"""Ids of what panel and API write."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from recado.apps import ids
from recado.apps.accounts.services import create_account
from recado.apps.contacts.models import Contact
from recado.apps.contacts.services import add_contact


@pytest.fixture
def fresh_generator(monkeypatch):
    monkeypatch.setattr(ids, "_generators", [])


@pytest.mark.django_db
def test_after_the_clock_went_back_ids_still_grow(fresh_generator):
    account = create_account("Alice Flowers")
    future = Contact.objects.create(id=2**52, account=account, msisdn="48500600700")
    assert add_contact(account, "48500600701").pk > future.pk


@pytest.mark.django_db
def test_threads_never_get_the_same_id(fresh_generator):
    ids.next_id()
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: ids.next_id(), range(4_000)))
    assert len(set(given)) == 4_000


@pytest.mark.django_db
def test_the_node_is_not_the_gateways(fresh_generator):
    assert ids.next_id() >> 9 & 0b111 == 1
