"""A clock to set and carriers in memory, for tests of the worker."""

import asyncio
from datetime import timedelta

from outbox_rows import NOW

from recado.core.submit import Opening, SegmentAccepted


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Open:
    """A way out with as many places as told."""

    places, why_closed = 1000, ""

    def opening(self, _connection_id):
        return Opening(self.places, self.why_closed)


class Carrier(Open):
    """Takes everything, unless told what else to say."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.taken = []

    async def submit(self, connection_id, message):
        self.taken.append((connection_id, message.outbound_id, message.recipient, message.text))
        return self.answers.pop(0) if self.answers else (SegmentAccepted(f"c{len(self.taken)}"),)


class Silent(Open):
    """A carrier that never answers."""

    def __init__(self):
        self.asked = 0

    async def submit(self, *_):
        self.asked += 1
        await asyncio.Event().wait()


async def until(condition, what: str = "") -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"waited in vain: {what}")
