"""A carrier that sends every message until it is acknowledged, over as many sessions as it takes, as real ones do."""

import asyncio
from collections import deque

from recado.protocols import smpp
from recado.testing.smsc import FakeSmsc, SmscSession

WINDOW = 50
RETRY_SECONDS = 0.25
"""How long it waits before it sends over another session what was not answered on one that broke.

Longer than a busy machine takes to see the break."""


class InsistentCarrier:
    """Feeds messages of distinct senders to every bound session; knows which were acknowledged."""

    def __init__(self, smsc: FakeSmsc, recipient: str, text: bytes) -> None:
        self._smsc = smsc
        self._recipient = recipient
        self._text = text
        self._next = 0
        self._again: deque[str] = deque()
        self.acknowledged: set[str] = set()
        self.sent: set[str] = set()
        self.repeats = 0
        self.is_over = False

    async def run(self) -> None:
        """Serve sessions until everything sent is acknowledged after `is_over` was set."""
        served: dict[SmscSession, asyncio.Task[None]] = {}
        while not (self.is_over and self.sent == self.acknowledged):
            for session in self._smsc.bound:
                if session not in served and session.can_deliver:
                    served[session] = asyncio.create_task(self._feed(session))
            await asyncio.sleep(0.005)
        for task in served.values():
            task.cancel()

    async def _feed(self, session: SmscSession) -> None:
        outstanding: set[asyncio.Task[None]] = set()
        while session.is_bound:
            while len(outstanding) < WINDOW and (sender := self._take()):
                outstanding.add(asyncio.create_task(self._send(session, sender)))
            if not outstanding:
                await asyncio.sleep(0.005)
                continue
            _, outstanding = await asyncio.wait(outstanding, return_when=asyncio.FIRST_COMPLETED)
        if outstanding:
            await asyncio.wait(outstanding)

    def _take(self) -> str | None:
        if self._again:
            self.repeats += 1
            return self._again.popleft()
        if self.is_over:
            return None
        self._next += 1
        sender = f"48{500_000_000 + self._next}"
        self.sent.add(sender)
        return sender

    async def _send(self, session: SmscSession, sender: str) -> None:
        message = smpp.DeliverSm(
            0, source_addr_ton=1, source_addr_npi=1, source_addr=sender, destination_addr=self._recipient, short_message=self._text
        )
        try:
            answer = await session.start_request(message)
        except (ConnectionError, smpp.LocalProtocolError):
            await asyncio.sleep(RETRY_SECONDS)
            self._again.append(sender)
            return
        if isinstance(answer, smpp.DeliverSmResp) and answer.command_status == 0:
            self.acknowledged.add(sender)
        else:
            self._again.append(sender)
