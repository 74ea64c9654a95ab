"""In a browser: a number is ordered, given and used, in two windows; a customer without one changes their mind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from panel.browser import Visit
from panel.conversations import number
from recado.apps.accounts.models import Account, OperatorRole, User
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.plans.services import add_plan
from recado.core.number import NumberKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def olga(settings) -> User:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    return User.objects.create_user("olga@ops.example", "a long password", name="Olga", operator_role=OperatorRole.ADMIN, language="en")


@pytest.fixture
def stock(db) -> Number:
    number(None, "48503340503", NumberKind.SHARED_LONG)
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG)


def test_a_number_is_ordered_given_and_used(visit: Callable[..., Visit], account: Account, alice: User, olga: User, stock: Number):
    customer = visit(alice).open("/numbers/")
    customer.get_by_role("link", name="Order a number").click()
    customer.get_by_role("link", name="Choose Own long number (NDI)").click()
    customer.get_by_label("664 200 300").check()
    customer.get_by_label("Note to the operator").fill("By Friday")
    customer.get_by_role("button", name="Order", exact=True).click()
    expect(customer.get_by_text("Being set up")).to_be_visible()

    operator = visit(olga).open("/operator/")
    expect(operator.get_by_text("1 order of a number waits for you.").first).to_be_visible()
    operator.get_by_role("link", name="1 order of a number waits for you.").click()
    operator.get_by_role("link", name="Kwiaciarnia Róża").click()
    expect(operator.get_by_text("By Friday")).to_be_visible()
    operator.get_by_role("button", name="Give it to the customer").click()
    expect(operator.get_by_text("664 200 300 belongs to Kwiaciarnia Róża now.")).to_be_visible()

    customer.reload()
    expect(customer.get_by_text("Being set up").first).to_be_visible()  # the number has no link to a carrier yet
    expect(customer.get_by_role("button", name="Withdraw the order")).to_have_count(0)
    customer.get_by_role("link", name="664 200 300").click()
    customer.get_by_label("Reply automatically").fill("Thank you!")
    customer.get_by_role("button", name="Save changes").click()
    expect(customer.get_by_text("Saved. The next message is handled this way.")).to_be_visible()


def test_a_withdrawal_is_undone_without_scripts(visit: Callable[..., Visit], account: Account, alice: User, stock: Number):
    page = visit(alice, java_script_enabled=False).open("/numbers/order/?kind=individual_long")
    page.get_by_label("664 200 300").check()
    page.get_by_role("button", name="Order", exact=True).click()
    page.get_by_role("button", name="Withdraw the order").click()
    expect(page.get_by_text("The order is withdrawn: 664 200 300.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The order waits again: 664 200 300.")).to_be_visible()
    expect(page.get_by_text("The number is held for you meanwhile.")).to_be_visible()


def test_a_plan_is_changed_by_keyboard(visit: Callable[..., Visit], account: Account, olga: User):
    plan = add_plan("Small")
    page = visit(olga).open(f"/operator/plans/{plan.pk}/")
    page.get_by_label("MMS, NDI", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save changes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. It holds for everybody on this plan from now on.")).to_be_visible()
    expect(page.get_by_label("MMS, NDI", exact=True)).to_be_checked()
    expect(page.get_by_text("shipped: no")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize(
    "path",
    ["/operator/plans/", "/operator/plans/{plan}/", "/operator/numbers/", "/operator/numbers/orders/", "/operator/numbers/{number}/"],
)
def test_the_console_is_no_wider_than_a_phone(visit: Callable[..., Visit], olga: User, stock: Number, path: str, width: int):
    page = visit(olga, width=width).open(path.format(plan=add_plan("Small").pk, number=stock.pk))
    assert page.evaluate("document.querySelector('.l-page').scrollWidth <= document.querySelector('.l-page').clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("path", ["/numbers/", "/numbers/order/", "/numbers/order/?kind=individual_long"])
def test_nothing_is_wider_than_a_phone(visit: Callable[..., Visit], alice: User, stock: Number, path: str, width: int):
    page = visit(alice, width=width).open(path)
    assert page.evaluate("document.querySelector('.l-page').scrollWidth <= document.querySelector('.l-page').clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
