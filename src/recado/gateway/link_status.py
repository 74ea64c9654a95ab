"""What can be said about one link: for health, metrics and the operator's console.

Plain data, changed by the link and its keeper on the event loop only.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkState(StrEnum):
    """Where a link is in its life."""

    CONNECTING = "connecting"
    BINDING = "binding"
    BOUND = "bound"
    WAITING = "waiting"
    CLOSING = "closing"
    STOPPED = "stopped"
    DRAINED = "drained"
    """Closed in good order by a person, until a person opens it again."""


@dataclass(slots=True)
class LinkStatus:
    """One link of one connection, right now."""

    connection_id: int
    connection_name: str
    label: str
    """Which link of the connection: `transceiver 1`."""
    window_size: int = 0
    state: LinkState = LinkState.STOPPED
    bound_since: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None
    next_try_at: datetime | None = None
    unanswered_submits: int = 0
    unacknowledged: int = 0
    """Messages received whose answer waits for the commit."""
    received_count: int = 0
    submitted_count: int = 0
    reconnect_count: int = 0
    is_paused: bool = False
    """Whether reading stopped because the intake is full."""
    is_draining: bool = False
    """Whether nothing new is taken: what is under way is finished, or was."""

    @property
    def is_bound(self) -> bool:
        """Whether messages can travel."""
        return self.state is LinkState.BOUND

    def failed(self, error: str, at: datetime) -> None:
        """Note what went wrong last."""
        self.last_error, self.last_error_at = error, at

    def as_dict(self) -> dict[str, object]:
        """Return what health and the console show."""
        return {
            "connection_id": self.connection_id,
            "connection": self.connection_name,
            "link": self.label,
            "state": self.state.value,
            "bound_since": self.bound_since.isoformat() if self.bound_since else None,
            "last_error": self.last_error,
            "last_error_at": self.last_error_at.isoformat() if self.last_error_at else None,
            "next_try_at": self.next_try_at.isoformat() if self.next_try_at else None,
            "window": f"{self.unanswered_submits}/{self.window_size}",
            "unacknowledged": self.unacknowledged,
            "received": self.received_count,
            "submitted": self.submitted_count,
            "reconnects": self.reconnect_count,
            "is_paused": self.is_paused,
            "is_draining": self.is_draining,
        }
