"""Where a contest stands: not begun, running, over, or with its winners.

What belongs here: the standing, and the question whether somebody has to do something. What does not: words (`panel.contests.words`).
"""

from datetime import datetime
from enum import StrEnum

from recado.apps.contests.content import CHOSEN_LATER
from recado.apps.contests.models import Contest
from recado.core.contest import EntryRule


class Standing(StrEnum):
    """Where a contest stands."""

    WAITING = "waiting"
    RUNNING = "running"
    OVER = "over"
    DRAWN = "drawn"
    """Over, and its winners are known."""


def ends_at(contest: Contest) -> datetime:
    """Return when it is over: at its end, or when somebody ended it."""
    return min(contest.closed_at, contest.closes_at) if contest.closed_at else contest.closes_at


def standing_of(contest: Contest, now: datetime) -> Standing:
    """Say where a contest of `queries.contests_of` stands."""
    if ends_at(contest) <= now:
        is_decided = EntryRule(contest.entry_rule) not in CHOSEN_LATER or contest.is_drawn  # type: ignore[attr-defined]  # annotated
        return Standing.DRAWN if is_decided else Standing.OVER
    return Standing.WAITING if now < contest.opens_at else Standing.RUNNING
