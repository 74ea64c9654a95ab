"""A connection that only takes messages in, from somebody who calls us; there is nothing to open and nothing to send through.

What belongs here: being seen as up, and refusing to send. What does not: who listens (`server`).
"""

from collections.abc import Callable
from datetime import datetime

from recado.core.submit import Opening, OutboundText, SegmentRefused, SubmitOutcome
from recado.gateway.link_status import LinkState, LinkStatus

REFUSED = SegmentRefused("this connection only receives", permanent=True)


class ListeningConnection:
    """Up as long as it is configured. Runs on the event loop."""

    def __init__(self, connection_id: int, name: str, now: Callable[[], datetime]) -> None:
        self._now = now
        self._status = LinkStatus(connection_id, name, "receives")

    def start(self) -> None:
        """Begin."""
        self._status.state, self._status.bound_since = LinkState.BOUND, self._now()

    async def stop(self, *, timeout_seconds: float = 10.0) -> None:  # noqa: ARG002  # the signature of all connections
        """End."""
        self._status.state, self._status.bound_since = LinkState.STOPPED, None

    def hold(self) -> None:
        """Be drained from the beginning."""
        self._status.is_draining, self._status.state, self._status.bound_since = True, LinkState.DRAINED, None

    async def drain(self) -> None:
        """Take no more."""
        self.hold()

    async def resume(self) -> None:
        """Take messages again."""
        self._status.is_draining = False
        self.start()

    @property
    def statuses(self) -> list[LinkStatus]:
        """The one there is."""
        return [self._status]

    def opening(self) -> Opening:
        """Say that one can be tried: it is refused for good, with the reason."""
        return Opening(1)

    async def submit(self, message: OutboundText) -> tuple[SubmitOutcome, ...]:  # noqa: ARG002  # same
        """Refuse."""
        return (REFUSED,)
