"""An account's autoresponders in their order, each with what it does now and did today, in a few queries for all.

What belongs here: gathering it. What does not: one alone (`standing`), words and shapes (`panel`, `api`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import AnswerDay, Autoresponder, BreakerTrip
from recado.apps.autoresponders.queries import answered_on, answering_numbers, autoresponders_of, overtaken_by
from recado.apps.autoresponders.standing import AutoresponderState, standing_in
from recado.apps.autoresponders.trips import CEILING


@dataclass(frozen=True, slots=True)
class InOrder:
    """An autoresponder at its place."""

    found: Autoresponder
    place: int
    """From 1."""
    state: AutoresponderState
    overtaken_by: Autoresponder | None
    """The one that answers in its stead."""
    paused_phones: int
    """How many phones it does not answer for now."""
    today: AnswerDay | None


def in_order(account: Account, trips: Iterable[BreakerTrip], now: datetime) -> list[InOrder]:
    """Return the account's autoresponders in their order; `trips` are those in force."""
    found = list(autoresponders_of(account))
    by_id = {one.pk: one for one in found}
    hidden = {late: by_id[early] for late, early in overtaken_by(found, now).items()}
    numbers = set(answering_numbers(account).values_list("pk", flat=True))
    stopped = [trip for trip in trips if trip.autoresponder_id is not None]
    spent = {trip.autoresponder_id for trip in stopped if trip.reason == CEILING}
    paused = Counter(key for key, _phone in {(trip.autoresponder_id, trip.msisdn) for trip in stopped if trip.reason != CEILING})
    today = answered_on(account, now.astimezone(account.zone).date().isoformat())
    return [
        InOrder(
            one,
            place,
            standing_in(one, numbers, is_hidden=one.pk in hidden, is_spent=one.pk in spent, now=now),
            hidden.get(one.pk),
            paused[one.pk],
            today.get(one.pk),
        )
        for place, one in enumerate(found, start=1)
    ]
