"""Notices in crowds: none is lost for good, and no page is asked to draw itself anew all the time."""

import asyncio

from recado.gateway.live import Notice
from recado.server.slowed import Slowed

A_CAMPAIGN, ANOTHER = Notice("campaign", 1, 7), Notice("campaign", 1, 8)


async def told_after(*crowds: list[Notice]) -> list[list[Notice]]:
    """Put each crowd when the time of the one before is over; return what was told for each."""
    told: list[Notice] = []
    slowed = Slowed(asyncio.get_running_loop(), told.extend, seconds=0)
    answer = []
    for crowd in crowds:
        for notice in crowd:
            slowed.put(notice)
        at_once = list(told)
        told.clear()
        while slowed._resting:  # noqa: SLF001  # nothing outside tells when the time is over
            await asyncio.sleep(0)
        answer.append(at_once + ["later", *told])
        told.clear()
    return answer


def test_the_first_is_told_at_once_and_the_last_of_a_crowd_later():
    assert asyncio.run(told_after([A_CAMPAIGN] * 5, [A_CAMPAIGN])) == [[A_CAMPAIGN, "later", A_CAMPAIGN], [A_CAMPAIGN, "later"]]


def test_one_does_not_slow_another():
    assert asyncio.run(told_after([A_CAMPAIGN, ANOTHER])) == [[A_CAMPAIGN, ANOTHER, "later"]]
