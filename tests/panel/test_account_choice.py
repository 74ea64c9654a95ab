"""Changing over to another account, also out of one that is suspended, and the way on from pages that only say something."""

import pytest
from django.test import Client

from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_account


@pytest.fixture
def second(alice: User) -> Account:
    """Alice's other account, which she joined later."""
    account = create_account("Kawiarnia Mgła", language="en")
    add_member(account, alice, Role.BILLING)
    return account


@pytest.fixture
def suspended(account: Account) -> Account:
    account.is_suspended = True
    account.save()
    return account


def test_the_chosen_account_begins_at_its_start_page(alice_client: Client, second: Account):
    answer = alice_client.post("/account/", {"account": second.pk}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert answer.status_code == 200
    assert answer.context["request"].account == second


def test_a_suspended_account_offers_the_others_of_the_person(alice_client: Client, suspended: Account, second: Account, charlie: User):
    page = alice_client.get("/inbox/")
    assert page.status_code == 403
    text = page.content.decode()
    assert 'action="/account/"' in text
    assert f'value="{second.pk}"' in text
    assert second.name in text
    assert charlie.memberships.get().account.name not in text


def test_one_gets_out_of_a_suspended_account(alice_client: Client, suspended: Account, second: Account):
    assert alice_client.post("/account/", {"account": second.pk}, follow=True).status_code == 200


def test_a_suspended_account_that_is_the_only_one_offers_none(alice_client: Client, suspended: Account):
    assert "/account/" not in alice_client.get("/").content.decode()
    assert alice_client.post("/account/", {"account": suspended.pk}, follow=True).status_code == 403


def test_a_strangers_account_is_not_entered_from_a_suspended_one(alice_client: Client, suspended: Account, charlie: User):
    answer = alice_client.post("/account/", {"account": charlie.memberships.get().account_id}, follow=True)
    assert answer.status_code == 403
    assert answer.context["request"].account == suspended


def test_a_page_that_says_no_leads_to_where_every_role_may_be(alice_client: Client):
    assert 'class="c-button" href="/"' in alice_client.get("/keywords/999999/").content.decode()
