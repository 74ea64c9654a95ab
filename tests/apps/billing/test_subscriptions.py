"""Subscriptions: packages of keywords, and numbers whose subscription follows them from owner to owner."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.billing.fees_of import Fees, fees_of_plan
from recado.apps.billing.models import Subscription, Wallet
from recado.apps.billing.plan_periods import note_plan_change
from recado.apps.billing.subscriptions import (
    SubscriptionError,
    SubscriptionRefusal,
    change_package,
    end,
    follow_number,
    keep_package,
    package_taken,
    running_of,
    subscribe,
    subscription_of,
    subscriptions_of,
    today_of,
)
from recado.apps.billing.terms import apply_terms, apply_terms_of_plan, set_own_limit
from recado.apps.keywords.errors import QuotaUsedError
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.lifecycle import release_number, suspend_number
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number, assign_number
from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.apps.plans.models import Plan
from recado.apps.plans.price_lists import add_list
from recado.apps.plans.queries import default_plan, keyword_quota
from recado.apps.plans.services import add_plan, edit_plan, remove_plan, set_plan
from recado.core.fees import Package
from recado.core.number import NumberKind
from recado.core.price import STANDARD_PRICES

SHARED, LONG = NumberKind.SHARED_LONG, NumberKind.INDIVIDUAL_LONG
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def alice(db) -> Account:
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def own(alice) -> Number:
    return add_number("48664200300", LONG, account=alice)


@pytest.fixture
def today(alice) -> date:
    return today_of(alice)


def refusal_of(change, *arguments) -> SubscriptionRefusal:
    with pytest.raises(SubscriptionError) as caught:
        change(*arguments)
    return caught.value.reason


def test_a_package_says_how_many_keywords_there_may_be(alice, today):
    assert keyword_quota(alice, SHARED) == 5
    taken = subscribe(alice, SHARED, "20", None, today)
    assert keyword_quota(alice, SHARED) == 20
    assert keyword_quota(alice, NumberKind.SHARED_SHORT) == 5
    change_package(taken, "MAX", today)
    assert keyword_quota(alice, SHARED) is None
    end(package_taken(alice, SHARED), today + timedelta(days=3))
    assert keyword_quota(alice, SHARED) is None
    assert keyword_quota(alice, SHARED, timezone.now() + timedelta(days=3)) == 5


def test_a_keyword_the_plan_does_not_include_is_there_with_a_package(alice, today):
    plan, shared = add_plan("Small"), add_number("48503340503", SHARED)
    edit_plan(plan, "Small", {}, {SHARED: 0})
    plan.price_lists.set(default_plan().price_lists.all())
    set_plan(alice, plan)
    with pytest.raises(QuotaUsedError):
        reserve_keyword(alice, shared, "ALFA")
    subscribe(alice, SHARED, "20", None, today)
    assert reserve_keyword(alice, shared, "ALFA").pk


@pytest.mark.parametrize(
    ("kind", "package", "reason"),
    [
        (SHARED, "Gold", SubscriptionRefusal.NO_PACKAGE),
        (SHARED, "", SubscriptionRefusal.NO_PACKAGE),
        (NumberKind.ECO, "20", SubscriptionRefusal.NO_PACKAGE),
        (LONG, "", SubscriptionRefusal.NOT_OWN),
    ],
)
def test_what_nobody_offers_cannot_be_taken(alice, today, kind, package, reason):
    assert refusal_of(subscribe, alice, kind, package, None, today) is reason


def test_who_pays_in_advance_takes_no_package(alice, today):
    set_plan(alice, Plan.objects.get(name="Pre-paid"))
    assert refusal_of(subscribe, alice, SHARED, "20", None, today) is SubscriptionRefusal.NOT_PAYABLE


def test_there_is_one_package_of_a_kind_at_a_time(alice, today):
    first = subscribe(alice, SHARED, "20", None, today - timedelta(days=10))
    assert refusal_of(subscribe, alice, SHARED, "100", None, today) is SubscriptionRefusal.HAS_ONE
    assert refusal_of(change_package, first, "20", today) is SubscriptionRefusal.HAS_ONE
    second = change_package(first, "100", today)
    assert [(each.package, each.starts_on, each.ends_on) for each in subscriptions_of(alice)] == [
        ("20", today - timedelta(days=10), today),
        ("100", today, None),
    ]
    assert list(running_of(alice, today)) == [second]


def test_changing_to_a_package_that_is_not_offered_changes_nothing(alice, today):
    taken = subscribe(alice, SHARED, "20", None, today - timedelta(days=1))
    assert refusal_of(change_package, taken, "Gold", today) is SubscriptionRefusal.NO_PACKAGE
    assert Subscription.objects.get().ends_on is None


def test_what_never_held_a_day_is_gone(alice, today):
    end(subscribe(alice, SHARED, "20", None, today), today)
    assert not subscriptions_of(alice).exists()


def test_an_end_is_taken_back_until_it_is_there(alice, today):
    taken = subscribe(alice, SHARED, "20", None, today - timedelta(days=3))
    end(taken, today + timedelta(days=1))
    keep_package(taken)
    assert Subscription.objects.get().ends_on is None
    end(taken, today)
    assert refusal_of(keep_package, taken) is SubscriptionRefusal.ENDED
    assert refusal_of(end, taken, today + timedelta(days=1)) is SubscriptionRefusal.ENDED


def test_the_subscription_of_a_number_follows_it(alice, own):
    bob = Account.objects.create(name="Bob")
    follow_number(own, None, NOON)
    assign_number(own, account=bob)
    follow_number(own, alice.pk, NOON + timedelta(days=10))
    suspend_number(own, NOON)
    follow_number(own, bob.pk, NOON + timedelta(days=12))
    release_number(own, NOON)
    follow_number(own, bob.pk, NOON + timedelta(days=20))
    every = Subscription.objects.order_by("pk")
    assert [(each.account, each.starts_on.day, each.ends_on.day) for each in every] == [(alice, 1, 11), (bob, 11, 21)]


def test_a_number_whose_subscription_was_to_end_later_can_be_given_away_before(alice, own):
    bob = Account.objects.create(name="Bob Clinic")
    follow_number(own, None, NOON)
    end(subscription_of(own), date(2026, 12, 31))
    assign_number(own, account=bob)
    follow_number(own, alice.pk, NOON + timedelta(days=10))
    days = Subscription.objects.filter(number=own).order_by("starts_on").values_list("account", "starts_on", "ends_on")
    assert list(days) == [(alice.pk, date(2026, 12, 1), date(2026, 12, 11)), (bob.pk, date(2026, 12, 11), None)]


def test_a_number_that_goes_where_it_is_still_yesterday_is_paid_once_for_that_day(alice, own):
    bob = Account.objects.create(name="Bob Clinic", time_zone="America/New_York")
    follow_number(own, None, NOON)
    assign_number(own, account=bob)
    follow_number(own, alice.pk, datetime(2026, 12, 11, 1, tzinfo=UTC))
    days = Subscription.objects.filter(number=own).order_by("starts_on").values_list("account", "ends_on", "starts_on")
    assert list(days) == [(alice.pk, date(2026, 12, 11), date(2026, 12, 1)), (bob.pk, None, date(2026, 12, 11))]


def test_a_plan_that_somebody_was_on_stays_because_days_on_it_are_billed_by_it(alice):
    before, after = add_plan("Before"), add_plan("After")
    note_plan_change(alice, before, after, date(2026, 12, 16))
    with pytest.raises(PlanChangeError, match=PlanRefusal.WAS_IN_USE.value):
        remove_plan(before)
    assert Plan.objects.filter(pk=before.pk).exists()


def test_a_day_is_one_of_the_accounts_own_calendar(alice, own):
    follow_number(own, None, datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert subscription_of(own).starts_on == date(2027, 1, 1)


def test_numbers_assigned_before_have_no_subscription_until_one_is_added(alice, own, today):
    follow_number(own, alice.pk, NOON)
    assert subscription_of(own) is None
    subscribe(alice, LONG, "", own, today)
    assert subscription_of(own).account == alice
    assert refusal_of(subscribe, Account.objects.create(name="Bob"), LONG, "", own, today) is SubscriptionRefusal.NOT_OWN


def test_a_wallet_goes_as_far_as_plan_and_own_limit_say(alice):
    def floor() -> int | None:
        return Wallet.objects.get(account=alice).floor

    apply_terms(alice)
    assert floor() is None
    plan = default_plan()
    edit_plan(plan, "Standard", {}, {}, credit_limit=5000)
    apply_terms_of_plan(plan)
    assert floor() == -5000
    set_own_limit(alice, 700)
    assert floor() == -700
    set_own_limit(alice, None)
    set_plan(alice, Plan.objects.get(name="Pre-paid"))
    apply_terms(alice)
    assert floor() == 0


def test_bills_take_the_fees_the_plan_charges_from_the_first_day_of_each_list(alice, today):
    plan, day = default_plan(), date(2030, 1, 1)
    add_list(plan, day, STANDARD_PRICES, (Package(LONG, "", None, 100, 200),), timezone.now())
    alice.time_zone = "America/New_York"  # a list begins on a day, wherever the customer is
    assert [(fee.installation, fee.monthly) for fee in Fees([alice]).of(alice.pk, "individual_long", "")] == [(20000, 9900), (100, 200)]
    assert Fees([alice]).of(alice.pk, "individual_long", "")[1].from_day == day
    edit_plan(plan, "Standard", {(LONG, "installation_fee"): False}, {})
    assert fees_of_plan(default_plan(), "individual_long", "", day).installation == 0
