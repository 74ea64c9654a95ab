"""Contests: entry rules and what becomes of an entry, as values (product.md §5).

What belongs here: the words of a contest. What does not: draws (`draw`, `draw_protocol`), rows (`store.contests`).
"""

from enum import StrEnum


class EntryRule(StrEnum):
    """Who wins."""

    EVERY = "every"
    """Everybody who enters."""
    CORRECT = "correct"
    """Everybody who answers right."""
    FIRST = "first"
    """The first N who enter."""
    KTH = "kth"
    """Every k-th entry."""
    AT_CLOSE = "at_close"
    """Drawn when the contest is over."""
    DAILY = "daily"
    """Drawn each day among that day's entries."""
    INSTANT = "instant"
    """One in N, at once, up to a cap."""
    JURY = "jury"
    """People choose."""


class EntryState(StrEnum):
    """What became of an entry."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    PENDING = "pending"
    """The person was asked for their age and has not answered yet."""
    DISQUALIFIED = "disqualified"


class Refusal(StrEnum):
    """Why an entry does not count."""

    EARLY = "early"
    LATE = "late"
    PER_DAY = "per_day"
    TOTAL = "total"
    WRONG = "wrong"
    UNDER_AGE = "under_age"
    AGE_UNKNOWN = "age_unknown"
    EXCLUDED = "excluded"
    """In the group that may not take part."""
    EARLIER_WINNER = "earlier_winner"
    OPTED_OUT = "opted_out"


class ContestDeed(StrEnum):
    """What a message did in a contest, in its trail."""

    ENTERED = "entered"
    WON = "won"
    """Entered, and won at once."""
    REFUSED = "refused"
    ASKED_AGE = "asked_age"
