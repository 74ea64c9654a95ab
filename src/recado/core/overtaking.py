"""Which text that answers by itself takes everything that another one further down would answer.

Pure and for people's eyes only: whether one answers a message is decided elsewhere, this says beforehand that it never will. Only what is
certain counts: an answer that is given once in a while, or stopped for a phone, leaves messages to those behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from recado.core.condition import ALWAYS, Condition, Days, Occasion, OfficeHours, Standing


@dataclass(frozen=True, slots=True)
class Answering:
    """A text that answers by itself, as far as its place among others goes."""

    id: int
    number_id: int | None = None
    """None: all of them."""
    keyword_id: int | None = None
    is_enabled: bool = True
    is_each_time: bool = True
    """Whether the same person gets it again and again."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    condition: Condition = ALWAYS


def overtaken(answers: Iterable[Answering], now: datetime) -> dict[int, int]:
    """Name, by id, those that can never answer from now on, each with the first before it that does in its stead; in their order."""
    alive = [one for one in answers if one.is_enabled and (one.ends_at is None or one.ends_at > now)]
    found: dict[int, int] = {}
    for place, late in enumerate(alive):
        early = next((one for one in alive[:place] if _takes_all(one, late, now)), None)
        if early is not None:
            found[late.id] = early.id
    return found


def covers(early: Condition, late: Condition) -> bool:
    """Say whether every message that meets one condition meets the other, too; in doubt it does not."""
    return (
        _covers_times(early, late)
        and early.in_group_id in {None, late.in_group_id}
        and early.not_in_group_id in {None, late.not_in_group_id}
        and early.occasion in {Occasion.ANY, late.occasion}
        and early.office_hours in {OfficeHours.ANY, late.office_hours}
        and _covers_prefixes(early.sender_prefixes, late.sender_prefixes)
        # Whoever opted out gets no automatic answer but one made for them.
        and (early.standing is Standing.OPTED_OUT) == (late.standing is Standing.OPTED_OUT)
    )


def _takes_all(early: Answering, late: Answering, now: datetime) -> bool:
    # Answers of a keyword are asked before those of numbers, whatever their order, so neither kind takes from the other.
    same_place = early.keyword_id == late.keyword_id and early.number_id in {None, late.number_id}
    starts = early.starts_at is None or early.starts_at <= max(now, late.starts_at or now)
    ends = early.ends_at is None or (late.ends_at is not None and early.ends_at >= late.ends_at)
    return same_place and early.is_each_time and starts and ends and covers(early.condition, late.condition)


def _covers_times(early: Condition, late: Condition) -> bool:
    if not early.is_timed:
        return True
    # A night belongs to the day on which it begins: days of different hours cannot be compared.
    same_hours = (early.from_time, early.until_time) == (late.from_time, late.until_time)
    weekdays = not early.weekdays or (bool(late.weekdays) and late.weekdays <= early.weekdays)
    return same_hours and weekdays and early.days in {Days.ANY, late.days}


def _covers_prefixes(early: tuple[str, ...], late: tuple[str, ...]) -> bool:
    return not early or (bool(late) and all(prefix.startswith(early) for prefix in late))
