"""The banner about used up credit: on every page, for those who may see money, until there is some."""

import pytest
from django.test import Client

from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.billing.services import adjust, top_up
from recado.apps.billing.terms import apply_terms, set_own_limit
from recado.apps.plans.models import Plan
from recado.apps.plans.services import set_plan
from recado.panel.fragments import render

LIMIT, NOTHING = "Your credit limit is reached", "No credit is left"


def shown(client: Client, path: str = "/") -> str:
    """Return what stands in the banner of a page."""
    page = client.get(path).content.decode()
    return page.split('<div id="credit" aria-live="polite">')[1].split("</div>")[0].strip()


@pytest.fixture
def prepaid(account: Account) -> Account:
    set_plan(account, Plan.objects.get(name="Pre-paid"))
    apply_terms(account)
    return account


def test_every_page_says_so_until_somebody_pays_in(alice_client: Client, prepaid: Account):
    for path in ("/", "/inbox/", "/contacts/", "/billing/"):
        assert NOTHING in shown(alice_client, path)
        assert 'href="/billing/#top-up"' in shown(alice_client, path)
    assert 'id="top-up"' in alice_client.get("/billing/").content.decode()
    top_up(prepaid, 8)  # less than a text costs
    assert NOTHING in shown(alice_client)
    top_up(prepaid, 1)
    assert shown(alice_client) == ""


def test_who_pays_afterwards_is_told_of_the_limit_and_who_has_none_of_nothing(alice_client: Client, account: Account):
    adjust(account, -100_000, "A bill")
    assert shown(alice_client) == ""
    set_own_limit(account, 100_000)
    assert LIMIT in shown(alice_client)


@pytest.mark.parametrize(("role", "is_told"), [(Role.ADMIN, True), (Role.BILLING, True), (Role.EDITOR, False), (Role.AGENT, False)])
def test_only_those_who_may_see_money_are_told(prepaid: Account, client: Client, role: Role, is_told: bool):
    bob = create_user("bob@example.com", "a long password")
    add_member(prepaid, bob, role)
    client.force_login(bob)
    assert (NOTHING in shown(client, "/billing/" if role == Role.BILLING else "/")) is is_told
    assert (NOTHING in render("notification", prepaid.pk, None, bob, "en")) is is_told


def test_open_pages_lose_the_banner_when_somebody_pays_in(prepaid: Account, alice: User):
    assert NOTHING in render("notification", prepaid.pk, None, alice, "en")
    top_up(prepaid, 1000)
    assert NOTHING not in render("notification", prepaid.pk, None, alice, "en")
