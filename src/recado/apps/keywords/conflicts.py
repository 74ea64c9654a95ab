"""Which keywords of an account can match the same text, and which of them then wins.

The winner is asked of the production rules, never worked out a second time. What belongs here: finding the pairs. What does not: the
sentence (`panel`), the order itself (`core.keyword`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from recado.apps.keywords.dry_run import NOBODY, would_do
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import keywords_of

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another keyword that can match the same text."""

    other: Keyword
    example: str
    """A text both match."""
    winner: Keyword


def conflicts_of(keyword: Keyword, now: datetime) -> list[Conflict]:
    """Return the account's other keywords on the number that can match a text this one matches, too."""
    first = keyword.folded.split(" ", 1)[0]
    near = keywords_of(keyword.account).filter(Q(folded=first) | Q(folded__startswith=f"{first} "), number=keyword.number)
    found = (_conflict(keyword, other, now) for other in near.exclude(pk=keyword.pk).filter(_at_the_same_time(keyword)))
    return [conflict for conflict in found if conflict][:SHOWN]


def _at_the_same_time(keyword: Keyword) -> Q:
    """Return the filter of keywords that hold at some time when this one does: last year's Christmas keyword is no rival."""
    begins_before_its_end = Q() if keyword.ends_at is None else Q(starts_at=None) | Q(starts_at__lt=keyword.ends_at)
    ends_after_its_start = Q() if keyword.starts_at is None else Q(ends_at=None) | Q(ends_at__gt=keyword.starts_at)
    return begins_before_its_end & ends_after_its_start


def _conflict(keyword: Keyword, other: Keyword, now: datetime) -> Conflict | None:
    shorter, longer = sorted((keyword, other), key=lambda one: len(one.folded))
    follows = longer.folded.startswith(f"{shorter.folded} ") and shorter.also_when_text_follows
    if shorter.folded != longer.folded and not follows:
        return None
    decision = would_do(keyword.account, keyword.number, NOBODY, longer.word, now)
    winner = {keyword.pk: keyword, other.pk: other}.get((decision and decision.keyword_id) or 0)
    return Conflict(other, longer.word, winner) if winner else None
