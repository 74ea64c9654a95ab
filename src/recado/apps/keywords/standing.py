"""Where a keyword stands at a moment, in the words of its owner: active, paused, reserved for later, ended.

What belongs here: the standing of one keyword, and the same as a filter of the list. What does not: what messages do (`core.keyword`).
"""

from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from recado.apps.keywords.models import Keyword


class Standing(StrEnum):
    """Where a keyword stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    RESERVED = "reserved"
    """Set aside: held, or its period has not begun."""
    ENDED = "ended"


def standing_of(keyword: Keyword, now: datetime) -> Standing:
    """Say where a keyword stands."""
    if keyword.state == Keyword.State.QUARANTINE or (keyword.ends_at is not None and keyword.ends_at <= now):
        return Standing.ENDED
    if keyword.state == Keyword.State.PAUSED:
        return Standing.PAUSED
    if keyword.state == Keyword.State.HELD or (keyword.starts_at is not None and keyword.starts_at > now):
        return Standing.RESERVED
    return Standing.ACTIVE


def in_standing(standing: Standing, now: datetime) -> Q:
    """Return the filter that keeps the keywords `standing_of` gives this standing."""
    is_over = Q(state=Keyword.State.QUARANTINE) | Q(ends_at__lte=now)
    is_paused = Q(state=Keyword.State.PAUSED)
    is_reserved = Q(state=Keyword.State.HELD) | Q(starts_at__gt=now)
    filters = {
        Standing.ENDED: is_over,
        Standing.PAUSED: is_paused & ~is_over,
        Standing.RESERVED: is_reserved & ~is_paused & ~is_over,
        Standing.ACTIVE: Q(state=Keyword.State.LIVE) & (Q(starts_at=None) | Q(starts_at__lte=now)) & (Q(ends_at=None) | Q(ends_at__gt=now)),
    }
    return filters[standing]
