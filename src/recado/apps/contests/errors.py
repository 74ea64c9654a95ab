"""What can be wrong with a contest or a draw, as values; the sentences are the panel's and the API's.

What belongs here: these errors. What does not: the checks (`content`, `draws`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What speaks against saving a contest."""

    ENDS_BEFORE = "ends_before"
    """The end does not come after the beginning."""
    OVER_ALREADY = "over_already"
    """A new contest that is over before it begins."""
    NO_NUMBER = "no_number"
    """First N, every k-th or one in N without the number."""
    NO_ANSWER = "no_answer"
    """Right answers win, and none is written down."""
    NO_WINNERS = "no_winners"
    """Something is drawn, and nobody can win."""
    TOO_MANY = "too_many"
    """More winners than a contest has."""
    NOT_POSITIVE = "not_positive"
    DAY_OVER_TOTAL = "day_over_total"
    """More entries a day than in all."""
    AGE = "age"
    """An age nobody asks for."""
    AGE_ON_SHARED = "age_on_shared"
    """A shared number cannot ask anybody: their answer would not find its way back."""
    AGE_AND_CODE = "age_and_code"
    """The same rule gives a code, which would have to wait for the age."""
    NOBODY_FILLS = "nobody_fills"
    """A text names a place that nothing is put into."""
    RULE_FIXED = "rule_fixed"
    """People have entered, so the rule stays."""
    LIST_FROZEN = "list_frozen"
    """The list is frozen, so nothing it follows from can change."""
    GROUP = "group"
    """The group is not the account's."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, and where it is."""

    field: str
    fault: Fault
    value: str = ""
    """The place nobody fills."""


class ContestRefusedError(ValueError):
    """A contest cannot be saved like this."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.fault}" for one in problems))
        self.problems = tuple(problems)


class DrawRefusal(StrEnum):
    """Why a step of a draw, or of choosing winners, cannot be taken."""

    NOT_DRAWN = "not_drawn"
    """Of this contest nothing is drawn: it decides at once, or people choose."""
    NOT_OVER = "not_over"
    """The contest, or the day, is not over for a minute yet."""
    NO_ENTRIES = "no_entries"
    FROZEN_ALREADY = "frozen_already"
    PROMISED_ALREADY = "promised_already"
    NOT_PROMISED = "not_promised"
    DRAWN_ALREADY = "drawn_already"
    NOT_DRAWN_YET = "not_drawn_yet"
    SEED_LOST = "seed_lost"
    """The seed cannot be opened: the installation's secret key is not the one of then."""
    NO_REASON = "no_reason"
    NO_PLACE = "no_place"
    """Whoever is to lose a place has none, or lost it meanwhile."""
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_JURY = "not_jury"
    NO_ENTRY = "no_entry"
    """The entry does not count, or is a test."""
    CHOSEN_ALREADY = "chosen_already"
    IS_TOLD = "is_told"
    """Whoever knows that they won keeps it."""


class DrawRefusedError(ValueError):
    """A step cannot be taken; `reason` says why."""

    def __init__(self, reason: DrawRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
