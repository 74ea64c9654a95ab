"""Notices in crowds: none is lost for good, and no page is asked to draw itself anew all the time."""

import asyncio
from collections.abc import Callable
from typing import Any

from recado.gateway.live import Notice
from recado.server.slowed import Slowed

A_CAMPAIGN, ANOTHER = Notice("campaign", 1, 7), Notice("campaign", 1, 8)


class Loop(asyncio.AbstractEventLoop):
    """Calls later when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], Any]] = []

    def call_later(self, _delay: float, callback: Callable[..., Any], *args: Any, **_kwargs: Any) -> Any:
        self.waiting.append(lambda: callback(*args))

    def let_a_second_pass(self) -> None:
        due, self.waiting = self.waiting, []
        for call in due:
            call()


def test_the_first_is_told_at_once_and_the_last_of_a_crowd_a_second_later():
    told: list[Notice] = []
    loop = Loop()
    slowed = Slowed(loop, told.extend)
    for _ in range(5):
        slowed.put(A_CAMPAIGN)
    assert told == [A_CAMPAIGN]
    loop.let_a_second_pass()
    assert told == [A_CAMPAIGN, A_CAMPAIGN]
    loop.let_a_second_pass()
    loop.let_a_second_pass()
    assert told == [A_CAMPAIGN, A_CAMPAIGN]
    slowed.put(A_CAMPAIGN)
    assert told == [A_CAMPAIGN] * 3


def test_one_does_not_slow_another():
    told: list[Notice] = []
    slowed = Slowed(Loop(), told.extend)
    slowed.put(A_CAMPAIGN)
    slowed.put(ANOTHER)
    assert told == [A_CAMPAIGN, ANOTHER]
