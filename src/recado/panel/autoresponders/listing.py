"""The account's autoresponders as their page lists them: each with its words, its state and what it did today.

What belongs here: gathering the rows. What does not: words (`words`), the request (`pages`).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import AnswerDay, Autoresponder, BreakerTrip
from recado.apps.autoresponders.queries import answered_on, answering_numbers, autoresponders_of, overtaken_by
from recado.apps.autoresponders.trips import CEILING
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.panel.autoresponders.words import once_in_words, period_of, place_in_words, when_in_words
from recado.panel.forms.autoresponder import place_choice


class State(StrEnum):
    """What an autoresponder does at the moment."""

    ON = "on"
    OFF = "off"
    NOT_YET = "not_yet"
    ENDED = "ended"
    OVERTAKEN = "overtaken"
    """One before it always answers in its stead."""
    HOMELESS = "homeless"
    """Its number or keyword is not the account's any more."""
    SPENT = "spent"
    """It cost what it may cost a day."""


@dataclass(frozen=True, slots=True)
class ListedAutoresponder:
    """An autoresponder with all that its row says."""

    found: Autoresponder
    place: int
    where: str
    when: list[str]
    period: str
    once: str
    state: State
    overtaken_by: str
    """The name of the one that answers in its stead."""
    paused_phones: int
    """How many phones it does not answer for now."""
    today: AnswerDay | None
    is_last: bool

    @property
    def can_rise(self) -> bool:
        """Say whether one is asked before it."""
        return self.place > 1


def listed(account: Account, trips: Iterable[BreakerTrip], now: datetime) -> list[ListedAutoresponder]:
    """Return the account's autoresponders in their order; `trips` are those in force."""
    found = list(autoresponders_of(account))
    names = {one.pk: one.name for one in found}
    hidden = {late: names[early] for late, early in overtaken_by(found, now).items()}
    numbers = set(answering_numbers(account).values_list("pk", flat=True))
    stopped = [trip for trip in trips if trip.autoresponder_id is not None]
    spent = {trip.autoresponder_id for trip in stopped if trip.reason == CEILING}
    paused = Counter(key for key, _phone in {(trip.autoresponder_id, trip.msisdn) for trip in stopped if trip.reason != CEILING})
    today = answered_on(account, now.astimezone(account.zone).date().isoformat())
    return [
        ListedAutoresponder(
            one,
            place,
            place_in_words(one),
            when_in_words(one),
            period_of(one),
            once_in_words(one.once_minutes),
            _state(one, numbers, is_hidden=one.pk in hidden, is_spent=one.pk in spent, now=now),
            hidden.get(one.pk, ""),
            paused[one.pk],
            today.get(one.pk),
            place == len(found),
        )
        for place, one in enumerate(found, start=1)
    ]


def answers_at(account: Account, *, keyword: Keyword | None = None, number: Number | None = None) -> dict[str, object]:
    """Return what the page of a keyword or number lists: those made for it, and for a number those for all of them, too."""
    place = Q(keyword=keyword) if keyword else Q(keyword=None) & (Q(number=None) | Q(number=number))
    return {"answers_here": list(autoresponders_of(account).filter(place)), "answers_place": place_choice(number, keyword)}


def state_of(found: Autoresponder) -> State:
    """Return the state of one by itself, as its own page shows it."""
    numbers = set(answering_numbers(found.account).values_list("pk", flat=True))
    return _state(found, numbers, is_hidden=False, is_spent=False, now=timezone.now())


def _state(found: Autoresponder, numbers: Collection[int], *, is_hidden: bool, is_spent: bool, now: datetime) -> State:
    is_kept = found.keyword is None or (found.keyword.account_id == found.account_id and found.keyword.state != Keyword.State.QUARANTINE)
    states = {
        State.OFF: not found.is_enabled,
        State.ENDED: found.ends_at is not None and found.ends_at <= now,
        State.HOMELESS: not is_kept or (found.number_id is not None and found.number_id not in numbers),
        State.NOT_YET: found.starts_at is not None and found.starts_at > now,
        State.OVERTAKEN: is_hidden,
        State.SPENT: is_spent,
    }
    return next((state for state, applies in states.items() if applies), State.ON)
