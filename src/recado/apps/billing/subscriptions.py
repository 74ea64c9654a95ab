"""Subscriptions: what an account pays for each month, from its first day to its last.

What belongs here: taking and ending packages of keywords, and subscriptions that follow a number from owner to owner. What does not: what
they cost (`core.fees`, by the list in force on each day), billing them (`runs`), how many keywords a package allows (`apps.plans.queries`).
Nobody subscribes by being there: numbers assigned before there were fees have no subscription until the operator adds one.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Subscription
from recado.apps.numbers.models import Number
from recado.apps.plans.price_lists import fees_for, first_moment
from recado.apps.plans.queries import is_payable, plan_of
from recado.core.fees import package_of
from recado.core.number import CAPABILITIES, NumberKind


class SubscriptionRefusal(StrEnum):
    """Why something cannot be subscribed to, or ended, as asked."""

    NO_PACKAGE = "no_package"
    """The list in force names no such package."""
    NOT_PAYABLE = "not_payable"
    """The account's plan cannot pay for this kind."""
    HAS_ONE = "has_one"
    NOT_OWN = "not_own"
    """The number is not the account's, or of a kind nobody has to themselves."""
    ENDED = "ended"
    TOO_EARLY = "too_early"
    """It would end before it began."""


class SubscriptionError(ValueError):
    """Nothing was written; `reason` says why."""

    def __init__(self, reason: SubscriptionRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def today_of(account: Account, now: datetime | None = None) -> date:
    """Return the day it is on the account's calendar."""
    return timezone.localdate(now or timezone.now(), account.zone)


def subscriptions_of(account: Account) -> QuerySet[Subscription]:
    """Return everything the account ever subscribed to, in the order it began."""
    return account.subscriptions.select_related("number").order_by("starts_on", "pk")


def running_of(account: Account, day: date) -> QuerySet[Subscription]:
    """Return what the account subscribes to on a day."""
    return subscriptions_of(account).filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def last_day(subscription: Subscription) -> date | None:
    """Return the last day of a subscription; None: it goes on."""
    return subscription.ends_on - timedelta(days=1) if subscription.ends_on else None


def package_taken(account: Account, kind: NumberKind) -> Subscription | None:
    """Return the subscription of a shared kind that goes on, or ends later; None where there is none."""
    return running_of(account, today_of(account)).filter(kind=kind.value, number=None).last()


def subscription_of(number: Number) -> Subscription | None:
    """Return the subscription of a number that has no end yet; None where there is none."""
    return Subscription.objects.filter(number=number, ends_on=None).select_related("account").first()


@transaction.atomic
def subscribe(account: Account, kind: NumberKind, package: str, number: Number | None, starts_on: date) -> Subscription:
    """Let an account pay for a number, or for a package of keywords on shared numbers of a kind, from a day on; raise SubscriptionError."""
    Account.objects.select_for_update().get(pk=account.pk)
    if CAPABILITIES[kind].is_shared:
        if number is not None:
            raise SubscriptionError(SubscriptionRefusal.NOT_OWN)
        if not is_payable(plan_of(account), kind):
            raise SubscriptionError(SubscriptionRefusal.NOT_PAYABLE)
        if not package or package_of(fees_for(account, first_moment(starts_on)), kind, package) is None:
            raise SubscriptionError(SubscriptionRefusal.NO_PACKAGE)
        others = Subscription.objects.filter(account=account, kind=kind.value, number=None)
    else:
        if number is None or number.kind != kind.value or number.account_id != account.pk:
            raise SubscriptionError(SubscriptionRefusal.NOT_OWN)
        others = Subscription.objects.filter(number=number)
    if others.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on)).exists():
        raise SubscriptionError(SubscriptionRefusal.HAS_ONE)
    return Subscription.objects.create(account=account, kind=kind.value, package=package, number=number, starts_on=starts_on)


@transaction.atomic
def end(subscription: Subscription, ends_on: date) -> None:
    """End a subscription; `ends_on` is the first day without it. One that never held a day is removed. Raise SubscriptionError."""
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if locked.ends_on is not None and locked.ends_on <= ends_on:
        raise SubscriptionError(SubscriptionRefusal.ENDED)
    if ends_on < locked.starts_on:
        raise SubscriptionError(SubscriptionRefusal.TOO_EARLY)
    if ends_on == locked.starts_on:
        locked.delete()
        return
    locked.ends_on = subscription.ends_on = ends_on
    locked.save(update_fields=["ends_on"])


def end_with_month(subscription: Subscription, today: date) -> date:
    """End a package with the last day of the month it is, and return that day; raise SubscriptionError."""
    last = end_of_month(today)
    end(subscription, last + timedelta(days=1))
    return last


def end_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


@transaction.atomic
def change_package(subscription: Subscription, package: str, on: date) -> Subscription:
    """Take another package of the same kind instead, from a day on; raise SubscriptionError, and then everything stays."""
    if package == subscription.package and subscription.ends_on is None:
        raise SubscriptionError(SubscriptionRefusal.HAS_ONE)
    if subscription.ends_on != on:
        end(subscription, on)
    return subscribe(subscription.account, NumberKind(subscription.kind), package, None, on)


@transaction.atomic
def keep_package(subscription: Subscription) -> None:
    """Take back the end of a package that has not ended yet; raise SubscriptionError."""
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if locked.ends_on is None or locked.ends_on <= today_of(locked.account):
        raise SubscriptionError(SubscriptionRefusal.ENDED)
    locked.ends_on = None
    locked.save(update_fields=["ends_on"])


@transaction.atomic
def follow_number(number: Number, owner_before: int | None, now: datetime) -> None:
    """Let the subscription of an own number go where the number went; call it in the transaction of the change, with the owner before.

    Who gave the number up pays until the day before, who got it from today. A suspended number is still its owner's.
    """
    if CAPABILITIES[NumberKind(number.kind)].is_shared or number.account_id == owner_before:
        return
    free_from = date.min
    for running in Subscription.objects.filter(number=number).select_related("account"):
        ends_on = max(running.starts_on, today_of(running.account, now))
        if running.ends_on is None or running.ends_on > ends_on:  # one that was to end later, too
            end(running, ends_on)
            free_from = max(free_from, ends_on)
    if number.account is not None:  # where one calendar is a day behind the other, nobody pays twice for that day
        subscribe(number.account, NumberKind(number.kind), "", number, max(free_from, today_of(number.account, now)))
