"""Where automatic answers are stopped: what is in force, what was, and letting one begin again.

What belongs here: reads and the one change people make. What does not: when it trips (`core.breaker`), telling people (`notices`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import Autoresponder, BreakerTrip
from recado.apps.contacts.phone import for_people
from recado.apps.keywords.models import Rule
from recado.core.action import TripReason

PAST_SHOWN = 20
MOST_NAMED = 3
CEILING = TripReason.CEILING.value
"""The reason that stops an answer for everybody, until the day is over; a person ends it by raising the ceiling."""
Source = tuple[str, int]
"""What was stopped: `rule` or `autoresponder` with its id; `own` with 0 for questions and confirmations."""


def trips_in_force(account: Account, now: datetime) -> QuerySet[BreakerTrip]:
    """Return what is stopped now, the last first."""
    return BreakerTrip.objects.filter(account=account, lifted_at=None, until__gt=now).select_related("number").order_by("-id")


def past_trips(account: Account, now: datetime) -> list[BreakerTrip]:
    """Return the last that are over, by themselves or lifted, the last first."""
    newest = BreakerTrip.objects.filter(account=account).select_related("number").order_by("-id")[: PAST_SHOWN * 5]
    return [trip for trip in newest if trip.lifted_at is not None or trip.until <= now][:PAST_SHOWN]


def trips_for(account: Account, msisdn: str, now: datetime) -> list[BreakerTrip]:
    """Return what is stopped for one phone, the last first."""
    return list(trips_in_force(account, now).filter(msisdn=msisdn))


def get_trip_for(account: Account, trip_id: int) -> BreakerTrip:
    """Return a trip of the account; raise BreakerTrip.DoesNotExist for all others."""
    return BreakerTrip.objects.select_related("number").get(account=account, pk=trip_id)


def lift(trips: Iterable[BreakerTrip], now: datetime) -> int:
    """Let answers begin again; say how many were lifted. What a ceiling stopped stays, for the next answer would stop it again."""
    keys = [trip.pk for trip in trips if trip.reason != CEILING]
    return BreakerTrip.objects.filter(pk__in=keys, lifted_at=None, until__gt=now).update(lifted_at=now)


def phones_named(trips: Iterable[BreakerTrip]) -> list[str]:
    """Return the phones that are answered again once these are lifted, as people write them."""
    return sorted({for_people(trip.msisdn) for trip in trips if trip.reason != CEILING})


def some_of(phones: Sequence[str]) -> str:
    """Name some phones for the activity log: a few say enough."""
    return ", ".join(phones[:MOST_NAMED]) + (" …" if len(phones) > MOST_NAMED else "")


def source_of(trip: BreakerTrip) -> Source:
    """Return what was stopped."""
    if trip.autoresponder_id is not None:
        return "autoresponder", trip.autoresponder_id
    return ("rule", trip.rule_id) if trip.rule_id is not None else ("own", 0)


def source_names(account: Account, trips: Iterable[BreakerTrip]) -> Mapping[Source, str]:
    """Return the name of each thing that was stopped and is still there: an autoresponder's, a keyword's word, a number's digits."""
    sources = {source_of(trip) for trip in trips}
    wanted = {kind: [key for each, key in sources if each == kind] for kind in ("autoresponder", "rule")}
    names: dict[Source, str] = {}
    for pk, name in Autoresponder.objects.filter(account=account, pk__in=wanted["autoresponder"]).values_list("pk", "name"):
        names["autoresponder", pk] = name
    rules = Rule.objects.filter(account=account, pk__in=wanted["rule"])
    for pk, word, digits in rules.values_list("pk", "keyword__word", "number__digits"):
        names["rule", pk] = word or digits
    return names
