"""Shares of a whole as bars that lie in a table, and as percentages.

What belongs here: rounding. What does not: the bar's markup.
"""

from dataclasses import dataclass

_NARROWEST = 1.5


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One share: how long its bar is, in percent of its place, and the percentage people read."""

    width: float
    percent: int
    is_less_than_one: bool
    """More than nothing, but not one percent."""


def share_bar(share: float) -> ShareBar:
    """Draw a share between 0 and 1; what is more than nothing can be seen, and is never said to be nothing."""
    kept = min(max(share, 0.0), 1.0)
    percent = round(kept * 100)
    return ShareBar(round(max(kept * 100, _NARROWEST if kept else 0.0), 1), percent, is_less_than_one=bool(kept) and percent == 0)
