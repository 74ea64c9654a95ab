"""Plans of accounts: what they change for numbers and keywords, and that routing hears of it."""

from datetime import UTC, datetime

import pytest

from recado.apps.accounts.models import Account
from recado.apps.keywords.checks import check_word
from recado.apps.keywords.errors import KeywordRefusedError, QuotaUsedError, Refusal, RuleError
from recado.apps.keywords.rules import RuleContent, save_default_rule
from recado.apps.keywords.services import end_keyword, reserve_keyword
from recado.apps.numbers.models import Number, RoutingVersion
from recado.apps.numbers.services import add_number
from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import accounts_on, capabilities_for, default_plan, keyword_quota_left, plan_of, plans
from recado.apps.plans.services import add_plan, edit_plan, remove_plan, set_plan
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.plan import STANDARD_QUOTA, PlanError

LONG = NumberKind.INDIVIDUAL_LONG
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("ALFA", "BETA", "GAMMA", "DELTA", "OMEGA", "SIGMA", "LAMBDA")


@pytest.fixture
def alice(db) -> Account:
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def own(alice) -> Number:
    return add_number("48664200300", LONG, account=alice)


@pytest.fixture
def shared(db) -> Number:
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def small(alice) -> Plan:
    plan = add_plan("Small")
    set_plan(alice, plan)
    return plan


def refusal_of(change, *arguments, **named) -> PlanRefusal:
    with pytest.raises(PlanChangeError) as caught:
        change(*arguments, **named)
    return caught.value.reason


def test_the_shipped_plan_is_the_table_and_everybodys(alice, own):
    assert plan_of(alice) == default_plan() == Plan.objects.get(name="Standard")
    assert capabilities_for(alice, own) is CAPABILITIES[LONG]


def test_without_any_plan_the_table_holds(alice, own):
    Plan.objects.all().delete()
    assert capabilities_for(alice, own) is CAPABILITIES[LONG]
    assert keyword_quota_left(alice, own) is None


def test_a_plan_changes_a_cell_for_its_accounts_alone(alice, own, small):
    bob = Account.objects.create(name="Bob")
    edit_plan(small, "Small", {(LONG, "all_messages"): False}, {})
    assert not capabilities_for(alice, own).all_messages
    assert capabilities_for(bob, own).all_messages


def test_routing_hears_of_every_change(alice, small):
    before = RoutingVersion.objects.get().version
    edit_plan(small, "Small", {(LONG, "mms"): True}, {})
    set_plan(alice, None)
    assert RoutingVersion.objects.get().version == before + 2


def test_what_a_plan_cannot_allow_is_not_stored(small):
    with pytest.raises(PlanError):
        edit_plan(small, "Small", {(NumberKind.SHARED_LONG, "all_messages"): True}, {})
    assert Plan.objects.get(pk=small.pk).overrides == {}


def test_a_default_rule_needs_a_number_that_takes_all_messages(alice, own, small):
    edit_plan(small, "Small", {(LONG, "all_messages"): False}, {})
    alice.refresh_from_db()
    with pytest.raises(RuleError):
        save_default_rule(alice, own, RuleContent(reply="Hello"))


def test_a_keyword_the_plan_leaves_out_is_refused_with_that_reason(alice, own, small):
    edit_plan(small, "Small", {(LONG, "exact_keywords"): False}, {})
    alice.refresh_from_db()
    with pytest.raises(KeywordRefusedError) as caught:
        check_word(alice, own, "Rabat")
    assert caught.value.reason is Refusal.NOT_IN_PLAN


def test_keywords_on_shared_numbers_are_counted_by_kind(alice, shared):
    another = add_number("48503340504", NumberKind.SHARED_LONG)
    short = add_number("4301", NumberKind.SHARED_SHORT)
    for index, word in enumerate(WORDS[:STANDARD_QUOTA]):
        reserve_keyword(alice, another if index % 2 else shared, word)
    with pytest.raises(QuotaUsedError) as caught:
        reserve_keyword(alice, shared, WORDS[-1])
    assert (caught.value.used, caught.value.allowed, caught.value.reason) == (STANDARD_QUOTA, STANDARD_QUOTA, Refusal.QUOTA)
    assert reserve_keyword(alice, short, WORDS[-1]).pk
    assert (keyword_quota_left(alice, shared), keyword_quota_left(alice, short)) == (0, STANDARD_QUOTA - 1)


def test_a_word_somebody_gave_up_on_a_number_makes_nobody_more_room(alice, shared):
    end_keyword(reserve_keyword(Account.objects.create(name="Other"), shared, "TULIPAN", starts_at=LONG_AGO))
    for word in WORDS[:STANDARD_QUOTA]:
        reserve_keyword(alice, shared, word)
    with pytest.raises(QuotaUsedError):
        reserve_keyword(alice, shared, WORDS[-1])


def test_a_keyword_given_up_makes_room(alice, shared, small):
    edit_plan(small, "Small", {}, {NumberKind.SHARED_LONG: 1})
    alice.refresh_from_db()
    first = reserve_keyword(alice, shared, "ALFA")
    with pytest.raises(QuotaUsedError):
        reserve_keyword(alice, shared, "BETA")
    end_keyword(first)
    assert reserve_keyword(alice, shared, "BETA").pk


def test_a_plan_can_set_no_limit(alice, shared, small):
    edit_plan(small, "Small", {}, {NumberKind.SHARED_LONG: None})
    alice.refresh_from_db()
    for word in WORDS:
        reserve_keyword(alice, shared, word)
    assert keyword_quota_left(alice, shared) is None


def test_others_keywords_do_not_count(alice, shared):
    bob = Account.objects.create(name="Bob")
    for word in WORDS[:STANDARD_QUOTA]:
        reserve_keyword(bob, shared, word)
    assert keyword_quota_left(alice, shared) == STANDARD_QUOTA


def test_own_numbers_have_no_quota(alice, own):
    for word in WORDS:
        reserve_keyword(alice, own, word)
    assert keyword_quota_left(alice, own) is None


def test_plans_know_who_is_on_them(alice, small):
    bob = Account.objects.create(name="Bob")
    assert [(plan.name, plan.account_count) for plan in plans()] == [("Standard", 1), ("Pre-paid", 0), ("Small", 1)]
    assert list(accounts_on(default_plan())) == [bob]
    assert list(accounts_on(small)) == [alice]


def test_the_default_plan_is_no_plan_of_ones_own(alice, small):
    set_plan(alice, default_plan())
    assert alice.plan is None


@pytest.mark.parametrize("name", ["", "  "])
def test_a_plan_has_a_name(db, name):
    assert refusal_of(add_plan, name) == PlanRefusal.NO_NAME


def test_no_two_plans_are_called_the_same(small):
    assert refusal_of(add_plan, " Small ") == PlanRefusal.NAME_TAKEN
    assert refusal_of(edit_plan, small, "Standard", {}, {}) == PlanRefusal.NAME_TAKEN


def test_only_a_plan_nobody_needs_is_removed(alice, small):
    assert refusal_of(remove_plan, default_plan()) == PlanRefusal.IS_DEFAULT
    assert refusal_of(remove_plan, small) == PlanRefusal.IN_USE
    set_plan(alice, None)
    remove_plan(small)
    assert not Plan.objects.filter(pk=small.pk).exists()


def test_a_plan_is_paid_in_advance_only_where_everybody_on_it_can_pay_so(alice, own, small):
    with pytest.raises(PlanChangeError) as caught:
        edit_plan(small, "Small", {}, {}, is_prepaid=True)
    assert (caught.value.reason, caught.value.named) == (PlanRefusal.NOT_PREPAID, ("48664200300 (Alice Flowers)",))
    assert not Plan.objects.get(pk=small.pk).is_prepaid
    edit_plan(small, "Small", {(LONG, "pre_paid"): True}, {}, is_prepaid=True)
    assert Plan.objects.get(pk=small.pk).is_prepaid


def test_nobody_gets_a_plan_on_which_their_numbers_cannot_be_paid(alice, own):
    assert refusal_of(set_plan, alice, Plan.objects.get(name="Pre-paid")) == PlanRefusal.NOT_PREPAID
    alice.refresh_from_db()
    assert plan_of(alice) == default_plan()


def test_shared_words_need_a_plan_that_can_pay_for_them(alice, shared):
    set_plan(alice, Plan.objects.get(name="Pre-paid"))
    with pytest.raises(KeywordRefusedError) as caught:
        reserve_keyword(alice, shared, "ALFA")
    assert caught.value.reason is Refusal.NOT_PAYABLE
