"""The account's autoresponders as their page lists them: each with its words, its state and what it did today.

What belongs here: gathering the rows. What does not: words (`words`), the request (`pages`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import AnswerDay, Autoresponder, BreakerTrip
from recado.apps.autoresponders.overview import in_order
from recado.apps.autoresponders.queries import autoresponders_of
from recado.apps.autoresponders.standing import AutoresponderState
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.panel.autoresponders.words import once_in_words, period_of, place_in_words, when_in_words
from recado.panel.forms.autoresponder import place_choice


@dataclass(frozen=True, slots=True)
class ListedAutoresponder:
    """An autoresponder with all that its row says."""

    found: Autoresponder
    place: int
    where: str
    when: list[str]
    period: str
    once: str
    state: AutoresponderState
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
    found = in_order(account, trips, now)
    return [
        ListedAutoresponder(
            one.found,
            one.place,
            place_in_words(one.found),
            when_in_words(one.found),
            period_of(one.found),
            once_in_words(one.found.once_minutes),
            one.state,
            one.overtaken_by.name if one.overtaken_by else "",
            one.paused_phones,
            one.today,
            one.place == len(found),
        )
        for one in found
    ]


def answers_at(account: Account, *, keyword: Keyword | None = None, number: Number | None = None) -> dict[str, object]:
    """Return what the page of a keyword or number lists: those made for it, and for a number those for all of them, too."""
    place = Q(keyword=keyword) if keyword else Q(keyword=None) & (Q(number=None) | Q(number=number))
    return {"answers_here": list(autoresponders_of(account).filter(place)), "answers_place": place_choice(number, keyword)}
