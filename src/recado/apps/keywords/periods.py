"""For how long a word is somebody's, and for how long it is kept from others.

What belongs here: periods and when two of them meet. What does not: rows (`spelling_rows`), the constraint of the database
(`overlaps`), what a keyword does at a moment (`core.keyword`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from recado.core.keyword import KEPT_FOR


@dataclass(frozen=True, slots=True)
class Period:
    """When a word is reserved: the start belongs to it, the ends do not."""

    starts_at: datetime
    ends_at: datetime | None = None
    kept_until: datetime | None = None
    """Until when others must wait: on shared numbers a while longer than the reservation."""


def period_of(starts_at: datetime | None, ends_at: datetime | None, since: datetime, *, is_shared: bool) -> Period:
    """Return the period of a reservation made at `since`; what lies before that is nobody's business any more."""
    begins = max(starts_at, since) if starts_at else since
    return Period(begins, ends_at, ends_at + KEPT_FOR if ends_at and is_shared else ends_at)


def kept_in(period: Period) -> Q:
    """Return the filter of spellings that are kept from others at some time in which this word would be kept, too."""
    return _meeting("kept_until", period.starts_at, period.kept_until)


def reserved_in(period: Period) -> Q:
    """Return the filter of spellings that are reserved at some time of a reservation of the same owner."""
    return _meeting("ends_at", period.starts_at, period.ends_at)


def _meeting(end: str, start: datetime, until: datetime | None) -> Q:
    begins_before = Q() if until is None else Q(starts_at__lt=until)
    return begins_before & (Q(**{end: None}) | Q(**{f"{end}__gt": start}))
