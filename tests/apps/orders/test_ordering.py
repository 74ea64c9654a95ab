"""Ordering a number: who can order what, that a number picked is held, and what becomes of an order."""

import pytest

from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.notifications.models import Notification
from recado.apps.numbers.models import Number, RoutingVersion
from recado.apps.numbers.services import NumberError, NumberRefusal, add_number, assign_number
from recado.apps.orders.errors import OrderError, OrderRefusal
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import MOST_OPEN, for_order, get_order_for, open_orders, order_refusals, stock
from recado.apps.orders.services import assign_order, order_number, refuse_order, reopen_order, withdraw_order
from recado.apps.plans.services import add_plan, edit_plan, set_plan
from recado.core.number import NumberKind

LONG = NumberKind.INDIVIDUAL_LONG


@pytest.fixture
def alice(db) -> Account:
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def charlie(db) -> Account:
    return Account.objects.create(name="Charlie Cars")


@pytest.fixture
def anna(alice) -> User:
    user = create_user("anna@example.com", None)
    add_member(alice, user, Role.OWNER)
    return user


@pytest.fixture
def olga(db) -> User:
    return create_user("olga@example.com", None)


@pytest.fixture
def free(db) -> Number:
    return add_number("48664200300", LONG)


def refusal_of(change, *arguments) -> OrderRefusal:
    with pytest.raises(OrderError) as caught:
        change(*arguments)
    return caught.value.reason


def test_the_number_picked_is_held_for_the_order(alice, charlie, anna, free):
    order_number(alice, anna, LONG, free)
    assert not stock(LONG).exists()
    assert refusal_of(order_number, charlie, anna, LONG, free) == OrderRefusal.TAKEN


def test_a_held_number_is_given_to_nobody_else(alice, charlie, anna, free):
    order_number(alice, anna, LONG, free)
    with pytest.raises(NumberError) as caught:
        assign_number(free, account=charlie)
    assert caught.value.reason == NumberRefusal.ORDERED
    free.refresh_from_db()
    assert free.account is None


def test_without_a_pick_any_number_of_the_kind_is_meant(alice, anna, free):
    order = order_number(alice, anna, LONG, note="  ends with 300 ")
    assert (order.number, order.note) == (None, "ends with 300")
    assert list(stock(LONG)) == [free] == list(for_order(order))


@pytest.mark.parametrize(("digits", "found"), [("300", 1), ("664 200", 1), ("999", 0), ("", 1)])
def test_the_stock_is_searched_by_digits(free, digits, found):
    assert stock(LONG, digits).count() == found


def test_the_operator_may_choose_the_held_number_or_another_of_the_kind(alice, charlie, anna, free):
    other, held = add_number("48664200301", LONG), add_number("48664200302", LONG)
    add_number("4302", NumberKind.INDIVIDUAL_SHORT)
    order = order_number(alice, anna, LONG, free)
    order_number(charlie, anna, LONG, held)
    assert list(for_order(order)) == [free, other]


def test_an_assigned_order_gives_the_number_and_tells_the_people(alice, anna, olga, free):
    version = RoutingVersion.objects.get().version
    order = order_number(alice, anna, LONG, free)
    assign_order(order, free, olga)
    free.refresh_from_db()
    order.refresh_from_db()
    assert (free.account, free.state, order.state, order.settled_by) == (alice, "assigned", "assigned", olga)
    told = Notification.objects.get(user=anna)
    assert (told.kind, told.values, told.url) == ("order.assigned", {"number": "48664200300"}, f"/numbers/{free.pk}/")
    assert RoutingVersion.objects.get().version == version + 1


def test_another_number_given_frees_the_one_picked(alice, anna, olga, free):
    other = add_number("48664200301", LONG)
    order = order_number(alice, anna, LONG, free)
    assign_order(order, other, olga)
    assert list(stock(LONG)) == [free]
    assert NumberOrder.objects.get().number == other


def test_a_number_of_another_kind_is_not_given(alice, anna, olga, free):
    order = order_number(alice, anna, LONG, free)
    assert refusal_of(assign_order, order, add_number("4302", NumberKind.INDIVIDUAL_SHORT), olga) == OrderRefusal.OTHER_KIND
    assert refusal_of(order_number, alice, anna, NumberKind.INDIVIDUAL_LONG_MMS, free) == OrderRefusal.OTHER_KIND


def test_a_refused_order_says_why_and_frees_the_number(alice, anna, olga, free):
    refuse_order(order_number(alice, anna, LONG, free), " Not in your town ", olga)
    assert NumberOrder.objects.get().reason == "Not in your town"
    assert Notification.objects.get(user=anna).values == {"why": "Not in your town"}
    assert list(stock(LONG)) == [free]


def test_of_two_who_settle_an_order_one_is_told_so(alice, anna, olga, free):
    order = order_number(alice, anna, LONG, free)
    seen_by_another = NumberOrder.objects.get()
    withdraw_order(order, anna)
    assert refusal_of(assign_order, seen_by_another, free, olga) == OrderRefusal.SETTLED
    assert refusal_of(refuse_order, seen_by_another, "no", olga) == OrderRefusal.SETTLED
    free.refresh_from_db()
    assert (free.account, NumberOrder.objects.get().state) == (None, "withdrawn")


def test_a_withdrawal_can_be_taken_back_while_the_number_is_free(alice, charlie, anna, free):
    order = order_number(alice, anna, LONG, free)
    withdraw_order(order, anna)
    reopen_order(order)
    assert open_orders().get() == order
    withdraw_order(order, anna)
    order_number(charlie, anna, LONG, free)
    assert refusal_of(reopen_order, order) == OrderRefusal.TAKEN


def test_an_account_holds_only_so_much_of_the_stock(alice, anna):
    for _ in range(MOST_OPEN):
        order_number(alice, anna, LONG)
    assert refusal_of(order_number, alice, anna, LONG) == OrderRefusal.TOO_MANY


def test_shared_and_pool_numbers_are_not_for_one_account(alice):
    refused = order_refusals(alice)
    assert {kind.name for kind, refusal in refused.items() if refusal is OrderRefusal.NOT_FOR_ONE} == {"SHARED_LONG", "SHARED_SHORT", "ECO"}
    assert [kind.name for kind, refusal in refused.items() if refusal is None] == [
        "INDIVIDUAL_LONG",
        "INDIVIDUAL_LONG_MMS",
        "INDIVIDUAL_SHORT",
    ]


def test_a_suspended_account_orders_nothing(alice, anna):
    alice.is_suspended = True
    assert refusal_of(order_number, alice, anna, LONG) == OrderRefusal.SUSPENDED


def test_who_pays_in_advance_is_told_that_own_numbers_are_not_to_be_had_so(alice, anna):
    plan = add_plan("In advance")
    edit_plan(plan, plan.name, {}, {}, is_prepaid=True)
    set_plan(alice, plan)
    assert refusal_of(order_number, alice, anna, LONG) == OrderRefusal.PREPAID


def test_a_plan_can_forbid_a_kind(alice, anna):
    plan = add_plan("Small")
    edit_plan(plan, plan.name, {(NumberKind.INDIVIDUAL_SHORT, "post_paid"): False}, {})
    set_plan(alice, plan)
    assert refusal_of(order_number, alice, anna, NumberKind.INDIVIDUAL_SHORT) == OrderRefusal.NOT_IN_PLAN
    assert order_number(alice, anna, LONG).pk


def test_orders_of_another_account_are_not_found(alice, charlie, anna):
    order = order_number(alice, anna, LONG)
    assert get_order_for(alice, order.pk) == order
    with pytest.raises(NumberOrder.DoesNotExist):
        get_order_for(charlie, order.pk)
