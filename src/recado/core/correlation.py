"""Which pool number writes to a phone, so that an answer can only belong to one account (ECO+, product.md §1).

What belongs here: the order in which pool numbers are tried for a phone, and how long one stays tied to an account. What does not: taking
one, with others racing for it (`store.pool`), finding whose an answer is (`ownership`).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

CORRELATION_WINDOW = timedelta(days=7)
"""So long after an account wrote to a phone from a pool number no other account does, and an answer there is that account's.

An installation may set another, `RECADO_CORRELATION_DAYS`.
"""


class Use(NamedTuple):
    """Who wrote to a phone from a pool number, and when last."""

    account_id: int
    used_at: datetime


def number_for(
    msisdn: str,
    account_id: int,
    numbers: Sequence[int],
    uses: Mapping[int, Use],
    now: datetime,
    *,
    without: Collection[int] = (),
    window: timedelta = CORRELATION_WINDOW,
) -> int | None:
    """Choose a pool number for a phone: the one the account used last for it, else the first free one; None where none is free.

    Where the search begins differs from phone to phone and is the same for all accounts: phones spread evenly over the numbers, and those
    who race for one phone ask for the numbers in one order, so that databases never see them wait for each other crosswise.
    """
    own = [(use.used_at, number) for number, use in uses.items() if use.account_id == account_id and number in numbers]
    if own := [one for one in own if one[1] not in without]:
        return max(own)[1]
    first = crc32(msisdn.encode()) % len(numbers) if numbers else 0
    for number in (*numbers[first:], *numbers[:first]):
        use = uses.get(number)
        if number not in without and (use is None or now - use.used_at >= window):
            return number
    return None
