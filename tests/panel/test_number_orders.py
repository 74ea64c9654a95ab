"""Ordering a number, from the customer's comparison to the operator's hand, and what both are told."""

import pytest
from django.test import Client

from panel.conversations import number
from recado.apps.accounts.models import Account, OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.orders.errors import OrderRefusal
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.services import order_number
from recado.apps.plans.services import add_plan, edit_plan, set_plan
from recado.core.number import NumberKind
from recado.panel.order_words import REFUSALS, STATES

LONG = NumberKind.INDIVIDUAL_LONG
PAGE = "/numbers/order/"
CHOSEN = f"{PAGE}?kind={LONG.value}"
OPERATOR = "/operator/numbers/orders/"


@pytest.fixture
def stock(db) -> Number:
    return add_number("48664200300", LONG)


@pytest.fixture
def olga(settings, db) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.SUPPORT))
    return client


def test_every_refusal_and_state_has_its_words():
    assert set(REFUSALS) == set(OrderRefusal)
    assert set(STATES) == set(NumberOrder.State)


def test_the_kinds_are_compared_in_words(alice_client, stock):
    number(None, "48503340503", NumberKind.SHARED_LONG)
    page = alice_client.get(PAGE).content.decode()
    for words in (
        "Own long number (NDI)",
        "Shared short code (SC)",
        "Base, phrase and removing keywords",
        "as many as you like",
        "up to 5",
    ):
        assert words in page
    assert page.count(">Choose<span") == 3
    assert "Nothing to order: reserve a keyword on it." in page
    assert "This installation has no number of this kind." in page


def test_a_number_from_stock_is_ordered_and_shown_as_being_set_up(alice_client, account, alice, stock):
    assert "664 200 300" in alice_client.get(CHOSEN).content.decode()
    page = alice_client.post(CHOSEN, {"number": stock.pk, "note": "By Friday"}, follow=True).content.decode()
    order = NumberOrder.objects.get()
    assert (order.account, order.number, order.note, order.ordered_by) == (account, stock, "By Friday", alice)
    for words in ("Ordered: 664 200 300.", "Being set up", "The operator looks at it", "Your note: By Friday"):
        assert words in page
    assert AuditEntry.objects.get(action="order.placed").object_name == stock.digits


def test_the_stock_is_searched_and_says_when_there_is_none(alice_client, stock):
    assert "664 200 300" in alice_client.get(f"{CHOSEN}&q=300").content.decode()
    assert "No number in stock has these digits." in alice_client.get(f"{CHOSEN}&q=999").content.decode()
    assert "None is in stock now." in alice_client.get(f"{PAGE}?kind=individual_short").content.decode()


def test_who_is_slower_is_told_so_and_chooses_another(alice_client, charlie, stock):
    order_number(charlie.memberships.get().account, charlie, LONG, stock)
    response = alice_client.post(CHOSEN, {"number": stock.pk})
    assert response.status_code == 422
    assert "Somebody else was faster" in response.content.decode()


def test_a_withdrawn_order_can_be_taken_back(alice_client, account, alice, stock):
    order = order_number(account, alice, LONG, stock)
    page = alice_client.post(f"/numbers/orders/{order.pk}/withdraw/", follow=True).content.decode()
    assert "The order is withdrawn: 664 200 300." in page
    assert f'action="/numbers/orders/{order.pk}/reopen/"' in page
    assert "Being set up" in alice_client.post(f"/numbers/orders/{order.pk}/reopen/", follow=True).content.decode()
    assert "c-notice--error" in alice_client.post(f"/numbers/orders/{order.pk}/reopen/", follow=True).content.decode()


def test_who_may_not_order_sees_why(vera_client, stock):
    assert "Owners and managers of the account order numbers." in vera_client.get(CHOSEN).content.decode()
    assert vera_client.post(CHOSEN, {"number": stock.pk}).status_code == 403


@pytest.mark.parametrize(
    ("overrides", "is_prepaid", "words"),
    [({}, True, "This kind cannot be paid in advance"), ({(LONG, "post_paid"): False}, False, "Your plan does not include this kind")],
)
def test_a_plan_that_forbids_a_kind_is_visible_with_the_reason(alice_client, account, stock, overrides, is_prepaid, words):
    plan = add_plan("Small")
    edit_plan(plan, plan.name, overrides, {}, is_prepaid=is_prepaid)
    set_plan(account, plan)
    assert words in alice_client.get(CHOSEN).content.decode()
    response = alice_client.post(CHOSEN, {"number": stock.pk})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not NumberOrder.objects.exists()


@pytest.mark.parametrize("query", ["?kind=pigeon", "?kind=", "?kind=shared_long"])
def test_what_cannot_be_ordered_leads_to_the_comparison(alice_client, query):
    assert "What each kind of number can do." in alice_client.get(PAGE + query).content.decode()


def test_the_operator_sees_what_waits_and_gives_it(olga, alice_client, account, alice, stock):
    order = order_number(account, alice, LONG, stock, "By Friday")
    assert '<span class="c-count">1' in olga.get("/operator/numbers/").content.decode()
    assert "By Friday" in olga.get(OPERATOR).content.decode()
    page = olga.post(f"{OPERATOR}{order.pk}/assign/", {"number": stock.pk}, follow=True).content.decode()
    assert "664 200 300 belongs to Kwiaciarnia Róża now." in page
    stock.refresh_from_db()
    assert stock.account == account
    assert AuditEntry.objects.get(action="order.assigned").account == account
    assert "The number +48 664 200 300 is yours." in alice_client.get("/notifications/").content.decode()
    assert "664 200 300" in alice_client.get("/numbers/").content.decode()


def test_a_refusal_needs_a_reason_and_the_customer_reads_it(olga, alice_client, account, alice, stock):
    order = order_number(account, alice, LONG, stock)
    assert olga.post(f"{OPERATOR}{order.pk}/refuse/", {"reason": ""}).status_code == 422
    assert "is told why" in olga.post(f"{OPERATOR}{order.pk}/refuse/", {"reason": "Not in your town"}, follow=True).content.decode()
    assert "Not in your town" in alice_client.get("/numbers/").content.decode()
    assert "Not in your town" in alice_client.get("/notifications/").content.decode()


@pytest.mark.parametrize("change", ["assign", "refuse"])
def test_an_order_settled_meanwhile_is_not_settled_again(olga, account, alice, stock, change):
    order = order_number(account, alice, LONG, stock)
    NumberOrder.objects.update(state="withdrawn")
    page = olga.post(f"{OPERATOR}{order.pk}/{change}/", {"number": stock.pk, "reason": "No"}, follow=True).content.decode()
    assert "The order is not open any more." in page
    stock.refresh_from_db()
    assert stock.account is None


def test_an_order_of_a_suspended_customer_says_so(olga, account, alice, stock):
    order = order_number(account, alice, LONG, stock)
    Account.objects.update(is_suspended=True)
    assert "The account is suspended." in olga.get(f"{OPERATOR}{order.pk}/").content.decode()
    assert "Suspended" in olga.get(OPERATOR).content.decode()


def test_a_number_held_for_an_order_says_for_whom(olga, account, alice, stock):
    other = Account.objects.create(name="Other")
    order_number(account, alice, LONG, stock)
    assert "Held for the order of Kwiaciarnia Róża." in olga.get(f"/operator/numbers/{stock.pk}/").content.decode()
    response = olga.post(f"/operator/numbers/{stock.pk}/", {"account": other.pk})
    assert response.status_code == 422
    assert "Another customer ordered this number" in response.content.decode()


def test_without_orders_the_operator_reads_that_nobody_waits(olga):
    assert "Nobody waits" in olga.get(OPERATOR).content.decode()
