"""Price lists: which holds when, what begun ones refuse, that routing hears of a beginning; the plans as shipped."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.billing.subscriptions import end, subscribe, today_of
from recado.apps.ids import next_id
from recado.apps.installation.plan_effects import effects, planned_terms, terms_on
from recado.apps.numbers.models import RoutingVersion
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import OutboundMessage
from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.apps.plans.models import Plan, PriceList
from recado.apps.plans.price_lists import (
    add_list,
    change_list,
    earliest_day,
    first_day,
    first_moment,
    notice_begun,
    remove_list,
    sorted_out,
)
from recado.apps.plans.price_lists import today as today_at
from recado.apps.plans.queries import capabilities_on, default_plan, is_payable, list_of, prices_for
from recado.apps.plans.services import add_plan, set_plan
from recado.core.fees import FEE_KINDS, Package, packages_of, read_fees
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.price import STANDARD_PRICES, Service
from recado.server.upkeep import WORK

NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
DEAR = {**STANDARD_PRICES, Service.FULL: 12}


@pytest.fixture
def small(db) -> Plan:
    return add_plan("Small")


@pytest.fixture
def alice(small) -> Account:
    account = Account.objects.create(name="Alice Flowers")
    set_plan(account, small)
    return account


def refusal_of(change, *arguments) -> PlanChangeError:
    with pytest.raises(PlanChangeError) as caught:
        change(*arguments)
    return caught.value


def test_a_day_begins_at_midnight_in_warsaw():
    assert first_moment(date(2026, 12, 1)) == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert first_moment(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_prices_hold_from_their_first_day(alice, small):
    add_list(small, date(2026, 12, 24), DEAR, (), NOW)
    begins = first_moment(date(2026, 12, 24))
    assert prices_for(alice, begins - timedelta(seconds=1)) == STANDARD_PRICES
    assert prices_for(alice, begins) == DEAR


def test_who_is_on_a_plan_hears_of_prices_a_day_before(alice, small):
    assert refusal_of(add_list, small, date(2026, 12, 10), DEAR, (), NOW).reason is PlanRefusal.TOO_EARLY
    assert earliest_day(small, NOW) == date(2026, 12, 11)
    assert first_day(add_list(small, date(2026, 12, 11), DEAR, (), NOW)) == date(2026, 12, 11)


def test_where_nobody_is_a_list_holds_today_and_can_be_made_again(small):
    add_list(small, date(2026, 12, 10), DEAR, (), NOW)
    add_list(small, date(2026, 12, 10), STANDARD_PRICES, (), NOW)
    assert [each.prices["full"] for each in small.price_lists.all()] == [9]
    assert refusal_of(add_list, small, date(2026, 12, 9), DEAR, (), NOW).reason is PlanRefusal.TOO_EARLY


def test_a_list_that_has_begun_never_changes(alice, small):
    its, later = add_list(small, date(2026, 12, 11), DEAR, (), NOW), NOW + timedelta(days=1)
    assert refusal_of(change_list, its, date(2026, 12, 20), STANDARD_PRICES, (), later).reason is PlanRefusal.BEGUN
    assert refusal_of(remove_list, its, later).reason is PlanRefusal.BEGUN
    assert PriceList.objects.get(pk=its.pk).prices["full"] == 12


def test_a_list_to_come_is_changed_and_removed(alice, small):
    its = add_list(small, date(2026, 12, 11), DEAR, (), NOW)
    other = add_list(small, date(2026, 12, 12), DEAR, (), NOW)
    assert refusal_of(change_list, its, date(2026, 12, 12), DEAR, (), NOW).reason is PlanRefusal.DAY_TAKEN
    assert refusal_of(add_list, small, date(2026, 12, 12), DEAR, (), NOW).reason is PlanRefusal.DAY_TAKEN
    change_list(its, date(2026, 12, 20), STANDARD_PRICES, (), NOW)
    remove_list(other, NOW)
    assert [(first_day(each), each.prices["full"]) for each in small.price_lists.all()] == [(date(2026, 12, 20), 9)]


def test_lists_are_to_come_in_force_or_past(alice, small):
    first, second, third = (add_list(small, date(2026, 12, day), DEAR, (), NOW) for day in (11, 13, 15))
    assert sorted_out(small, NOW) == ([third, second, first], None, [])
    assert sorted_out(small, first_moment(date(2026, 12, 13))) == ([third], second, [first])


def test_a_package_customers_have_stays_in_the_list(alice, small):
    twenty = Package(NumberKind.SHARED_LONG, "20", 20, 0, 100)
    add_list(small, date(2026, 12, 11), DEAR, (twenty,), NOW)
    taken = subscribe(alice, NumberKind.SHARED_LONG, "20", None, date(2026, 12, 12))
    refused = refusal_of(add_list, small, date(2026, 12, 20), DEAR, (), NOW)
    assert (refused.reason, refused.named) == (PlanRefusal.PACKAGE_IN_USE, ("20",))
    end(taken, date(2026, 12, 25))
    assert refusal_of(add_list, small, date(2026, 12, 24), DEAR, (), NOW).reason == PlanRefusal.PACKAGE_IN_USE
    assert add_list(small, date(2026, 12, 25), DEAR, (), NOW)
    assert add_list(small, date(2026, 12, 20), DEAR, (twenty,), NOW).pk


def test_routing_reads_prices_anew_once_when_a_list_begins(alice, small):
    add_list(small, date(2026, 12, 11), DEAR, (), NOW)
    before, begins = RoutingVersion.objects.get().version, first_moment(date(2026, 12, 11))
    assert WORK["beginning_price_lists"] is notice_begun
    assert [notice_begun(begins + timedelta(seconds=late)) for late in (-1, 0, 60)] == [0, 1, 0]
    assert RoutingVersion.objects.get().version == before + 1


def test_a_change_of_prices_is_reckoned_with_last_months_texts_and_what_is_subscribed(alice, small):
    now = timezone.now()
    own = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=alice)
    subscribe(alice, NumberKind.INDIVIDUAL_LONG, "", own, today_of(alice))
    for kind, origin in (("full", "agent"), ("eco", "api"), ("full", "forward")):
        OutboundMessage.objects.create(
            id=next_id(),
            account=alice,
            recipient="48600100200",
            text="x",
            kind=kind,
            origin=origin,
            cost=1,
            segment_count=2,
            created_at=now,
        )
    next_month = (now.replace(day=1) + timedelta(days=40)).replace(day=3)
    fees = (Package(NumberKind.INDIVIDUAL_LONG, "", None, 500, 1000),)
    after = planned_terms(small, {**STANDARD_PRICES, Service.FULL: 12, Service.ECO: 8}, fees)
    (found,) = effects([alice], terms_on(small, now), after, next_month)
    assert (found.texts_before, found.texts_after, found.fees_before, found.fees_after) == (50, 58, 0, 1000)
    assert found.difference == 1008
    (nothing,) = effects([alice], terms_on(small, now), after, now)
    assert nothing.texts_after == 0


# --- the plans as shipped: the two tables of the service ---


@pytest.mark.parametrize("kind", list(NumberKind))
def test_the_shipped_plans_are_the_table_cell_by_cell(db, kind):
    post, pre = default_plan(), Plan.objects.get(name="Pre-paid")
    row = CAPABILITIES[kind]
    assert (post.is_prepaid, pre.is_prepaid) == (False, True)
    assert is_payable(post, kind) is row.post_paid
    assert is_payable(pre, kind) is row.pre_paid is (kind is NumberKind.ECO)
    for plan in (post, pre):
        assert capabilities_on(plan, kind) == row
    fees = packages_of(read_fees(list_of(post).fees), kind)
    assert bool(fees) is row.installation_fee is row.subscription is (kind in FEE_KINDS)
    assert all(each.installation and each.monthly for each in fees)
    assert [each.keyword_count for each in fees] == ([20, 100, None] if row.keyword_quota else [None] if fees else [])
    assert read_fees(list_of(pre).fees) == ()


def test_a_plan_somebody_changed_gets_no_fees(db):
    ship = import_module("recado.apps.plans.migrations.0007_shipped_plans").ship
    shipped = default_plan()
    for change in ({"overrides": {"eco": {"mms": True}}}, {"name": "Ours"}, {"keyword_quotas": {"shared_long": 3}}):
        PriceList.objects.filter(plan=shipped).update(fees=[], prices={})
        Plan.objects.filter(pk=shipped.pk).update(**{"overrides": {}, "keyword_quotas": {}, "name": "Standard"} | change)
        ship(apps, None)
        assert PriceList.objects.get(plan=shipped).fees == []
    assert Plan.objects.filter(is_prepaid=True).count() == 1


def test_today_is_a_day_in_warsaw():
    assert today_at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)
