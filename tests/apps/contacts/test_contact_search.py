"""Contacts are found by any part of what is known of them, whatever the letter case."""

import pytest

from recado.apps.accounts.services import create_account
from recado.apps.contacts.queries import contact_page
from recado.apps.contacts.services import add_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    account = create_account("Alice Flowers")
    add_contact(account, "48500600700", {"first_name": "Łukasz", "last_name": "Żak", "city": "Łódź"})
    add_contact(account, "48500600701", {"first_name": "Anna"})
    return account


@pytest.mark.parametrize("words", ["łukasz", "ŻAK", "łódź", "żak łukasz", "600700", "Łukasz 500600"])
def test_it_is_found(alice, words):
    assert [contact.first_name for contact in contact_page(alice, search=words)] == ["Łukasz"]


@pytest.mark.parametrize("words", ["zofia", "łukasz anna"])
def test_every_word_must_occur(alice, words):
    assert not contact_page(alice, search=words)
