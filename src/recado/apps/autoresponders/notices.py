"""Telling an account's people that automatic answers were stopped.

What belongs here: whom, and that many trips of one rule within an hour are one notice. What does not: when it trips (`core.breaker`), the
sentence (`panel.notification_words`). Who calls it, and how often, is `server.upkeep`.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from recado.apps.accounts.models import Role, User
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.autoresponders.trips import CEILING, Source, source_names, source_of
from recado.apps.notifications.services import notify

TOLD_ROLES = (Role.OWNER, Role.ADMIN)
ONE_NOTICE = timedelta(hours=1)
AT_ONCE = 1000
PAGE = "/autoresponders/#paused"


def tell_all(now: datetime) -> None:
    """Tell owners and admins of what is stopped and nobody was told of yet; the installation's own answers concern no customer."""
    untold = BreakerTrip.objects.filter(notified_at=None)
    untold.filter(Q(account=None) | Q(until__lte=now)).update(notified_at=now)
    waiting: defaultdict[tuple[int | None, Source, bool], list[BreakerTrip]] = defaultdict(list)
    for trip in untold.filter(account__is_suspended=False).select_related("account", "number").order_by("id")[:AT_ONCE]:
        waiting[trip.account_id, source_of(trip), trip.reason == CEILING].append(trip)
    for trips in waiting.values():
        _tell(trips, now)


@transaction.atomic
def _tell(trips: Sequence[BreakerTrip], now: datetime) -> None:
    first = trips[0]
    told = _told_lately(first, now)
    # Those a former notice stands for keep its time, so that a rule that trips all day is told once an hour.
    if BreakerTrip.objects.filter(pk__in=[trip.pk for trip in trips], notified_at=None).update(notified_at=told or now) == 0 or told:
        return
    account = first.account
    assert account is not None  # noqa: S101  # tells the type checker: those of nobody were settled
    people = User.objects.filter(memberships__account=account, memberships__role__in=TOLD_ROLES, is_active=True)
    digits = first.number.digits if first.number else ""
    name, about = source_names(account, [first]).get(source_of(first), digits), f"trip:{first.pk}"
    if first.reason == CEILING:
        notify(account, people, "answers.ceiling", {"name": name}, PAGE, about=about)
    else:
        notify(account, people, "answers.paused", {"phone": first.msisdn, "name": name, "trip": first.reason}, PAGE, about=about)


def _told_lately(trip: BreakerTrip, now: datetime) -> datetime | None:
    same = BreakerTrip.objects.filter(account=trip.account_id, rule_id=trip.rule_id, autoresponder_id=trip.autoresponder_id)
    same = same.filter(reason=CEILING) if trip.reason == CEILING else same.exclude(reason=CEILING)
    last: datetime | None = same.filter(notified_at__gt=now - ONE_NOTICE).aggregate(last=Max("notified_at"))["last"]
    return last
