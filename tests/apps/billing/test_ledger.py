"""Terms, top-ups and corrections of balances, and the nightly recount that finds what does not fit."""

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from recado.apps.accounts.models import Account, Membership, Role, User
from recado.apps.accounts.services import create_account
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.alarms import is_broke, tell_broke
from recado.apps.billing.models import CheckResult, Transfer, Wallet
from recado.apps.billing.queries import standing
from recado.apps.billing.services import TransferError, adjust, top_up
from recado.apps.billing.terms import PrepaidLimitError, apply_terms, apply_terms_of_plan, set_own_limit
from recado.apps.installation.queries import facts
from recado.apps.installation.self_check import ALL_SUBJECTS, check, check_if_due
from recado.apps.notifications.models import Notification
from recado.apps.plans.queries import default_plan
from recado.apps.plans.services import add_plan, set_plan

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 27, 2, 1, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.mark.parametrize(
    ("prepaid", "limit", "own", "floor"),
    [
        (False, None, None, None),
        (False, 5000, None, -5000),
        (False, 5000, 700, -700),
        (False, None, 700, -700),
        (True, None, None, 0),
        (True, 5000, None, 0),
        (False, 5000, 0, 0),
    ],
)
def test_the_floor_follows_plan_and_own_limit(account, prepaid, limit, own, floor):
    plan = add_plan("Other")
    plan.is_prepaid, plan.credit_limit = prepaid, limit
    plan.save()
    set_plan(account, plan)
    assert standing(account).floor == (None if limit is None and not prepaid else 0 if prepaid else -limit)
    set_own_limit(account, own)
    assert standing(account).floor == floor


def test_a_changed_plan_holds_for_everybody_on_it_who_has_no_limit_of_their_own(account):
    other = create_account("Piekarnia")
    set_own_limit(other, 100)
    apply_terms(account)
    plan = default_plan()
    plan.credit_limit = 900
    plan.save()
    apply_terms_of_plan(plan)
    assert (standing(account).floor, standing(other).floor) == (-900, -100)
    for prepaid, floors in ((True, (0, 0)), (False, (-900, -100))):
        plan.is_prepaid = prepaid
        plan.save()
        apply_terms_of_plan(plan)
        assert (standing(account).floor, standing(other).floor) == floors
    set_own_limit(other, None)
    assert standing(other).floor == -900


def test_who_pays_before_gets_no_limit_and_one_from_before_has_no_effect(account):
    set_own_limit(account, 300)
    plan = add_plan("Other")
    plan.is_prepaid = True
    plan.save()
    set_plan(account, plan)
    apply_terms(account)
    assert standing(account).floor == 0
    with pytest.raises(PrepaidLimitError):
        set_own_limit(account, 400)
    set_own_limit(account, None)
    assert standing(account).floor == 0


def test_upgrading_takes_back_floors_below_nothing_from_who_pays_before(account):
    plan = add_plan("Other")
    plan.is_prepaid = True
    plan.save()
    other = create_account("Piekarnia")
    for one in (account, other):
        set_own_limit(one, 300)
    set_plan(account, plan)
    import_module("recado.apps.billing.migrations.0004_prepaid_floor").raise_floors(apps, None)
    assert (standing(account).floor, standing(other).floor) == (0, -300)


def test_paying_in_and_putting_right_are_transfers_with_a_note_in_the_activity_log(account):
    first = top_up(account, 5000, "Invoice  7", key=11)
    assert top_up(account, 5000, "Invoice 7", key=11) == first
    adjust(account, -300, "Paid out twice")
    rows = list(Transfer.objects.order_by("id").values_list("debit", "credit", "amount", "event", "note"))
    assert rows == [
        ("bank", "customer", 5000, "top_up", "Invoice 7"),
        ("customer", "adjustments", 300, "adjustment", "Paid out twice"),
    ]
    assert standing(account).balance == 4700
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == ["credit.top_up", "credit.adjustment"]


@pytest.mark.parametrize("wrong", [lambda one: top_up(one, 0), lambda one: top_up(one, -5), lambda one: adjust(one, 5, " "),
                                   lambda one: adjust(one, 10**13, "much")])  # fmt: skip
def test_what_makes_no_sense_is_not_booked(account, wrong):
    with pytest.raises(TransferError):
        wrong(account)
    assert not Transfer.objects.exists()


# --- credit used up ---


def test_owners_are_told_once_a_day_that_replies_are_not_sent(account):
    owner = User.objects.create_user("olga@example.com", None)
    Membership.objects.create(account=account, user=owner, role=Role.OWNER)
    set_own_limit(account, 0)
    now = timezone.now()
    for moment in (now, now + timedelta(minutes=5), now + timedelta(hours=25)):
        Wallet.objects.update(refused_at=moment)
        assert is_broke(account, moment)
        tell_broke(moment)
    assert list(Notification.objects.values_list("kind", flat=True)) == ["credit.used_up"] * 2
    top_up(account, 9)
    assert not is_broke(account, now + timedelta(hours=25))


# --- recount ---


def test_the_books_are_recounted_once_a_night(account):
    assert check_if_due(NIGHT)
    assert not check_if_due(NIGHT + timedelta(hours=20))
    assert check_if_due(NIGHT + timedelta(hours=24))
    assert set(CheckResult.objects.values_list("subject", flat=True)) == set(ALL_SUBJECTS)
    assert (facts().book_differences, facts().books_checked_at) == (0, NIGHT + timedelta(hours=24))


def test_a_difference_is_found_and_nothing_is_repaired(account):
    top_up(account, 500)
    Wallet.objects.update(balance=499, reserved=7)
    found = {one.subject: [tuple(each) for each in one.differences] for one in check(timezone.now()) if one.difference_count}
    assert found == {"balances": [(account.pk, 499, 500)], "reserved": [(account.pk, 7, 0)]}
    assert facts().book_differences == 2
    assert standing(account).balance == 499
