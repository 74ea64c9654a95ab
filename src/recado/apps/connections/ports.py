"""The way to the running gateway for who runs the installation: how it is, and what can be asked of it.

What belongs here: the port, the values that pass it, and what fills it by default. What does not: the gateway (`server.runtime` plugs it
in), what is in the database (`queries`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt

MINUTES = 60


class GatewayUnavailableError(RuntimeError):
    """No gateway runs in this process, or it does not answer now."""


class NotProcessedError(RuntimeError):
    """What was tried again could not be processed; the text says why."""


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One link of one connection, right now."""

    connection_id: int
    connection_name: str
    label: str
    state: str
    """A word of `gateway.link_status.LinkState`."""
    bound_since: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None
    next_try_at: datetime | None = None
    window_size: int = 0
    unanswered_submits: int = 0
    unacknowledged: int = 0
    received_count: int = 0
    submitted_count: int = 0
    reconnect_count: int = 0
    is_paused: bool = False
    is_draining: bool = False

    @property
    def is_bound(self) -> bool:
        """Whether messages can travel."""
        return self.state == "bound"


@dataclass(frozen=True, slots=True)
class InstallationStatus:
    """How the gateway and delivery of this process are."""

    is_running: bool = False
    """False where no gateway runs in this process: then everything else is empty, not good."""
    is_draining: bool = False
    is_database_ok: bool = True
    database_reason: str = ""
    database_since: datetime | None = None
    routes_version: int = 0
    routes_error: str = ""
    queue_length: int = 0
    queue_oldest_at: datetime | None = None
    links: tuple[LinkReport, ...] = ()
    misconfigured: Mapping[str, str] = field(default_factory=dict)
    """By connection name, what must be changed."""
    delivery_trouble: str = ""
    open_pages: int = 0
    received: tuple[int, ...] = (0,) * MINUTES
    """Messages stored in each of the last sixty minutes, the running one last."""
    sent: tuple[int, ...] = (0,) * MINUTES
    """Texts handed over to carriers, likewise."""


@dataclass(frozen=True, slots=True)
class LinkToTry:
    """A connection as it is stored."""

    id: int
    name: str
    kind: str
    settings: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TriedStep:
    """One question to a message centre and its answer."""

    link: str
    name: str
    """`connect`, `bind`, `enquire_link` or `unbind`."""
    error: str
    milliseconds: int


class Installation(Protocol):
    """What the console asks of the gateway. Every method may be called from any thread."""

    def status(self) -> InstallationStatus:
        """Say how everything is."""

    def test_link(self, link: LinkToTry) -> list[TriedStep]:
        """Ask a connection now whether it works; blocks. Raises `carriers.base.SettingsError` where it cannot be used as it stands."""

    def drain_link(self, connection_id: int) -> None:
        """Begin to finish what is under way on a connection and to take nothing new."""

    def resume_link(self, connection_id: int) -> None:
        """Open a drained connection again."""

    def replay(self, item: InboundPart | DeliveryReceipt) -> int:
        """Process an item once more and return the message's id, 0 for a receipt; blocks. Raises NotProcessedError."""


class NoInstallation:
    """What stands here until a gateway takes its place: it says so, and refuses."""

    def status(self) -> InstallationStatus:
        """Say that nothing runs."""
        return InstallationStatus()

    def test_link(self, link: LinkToTry) -> list[TriedStep]:
        """Refuse."""
        raise GatewayUnavailableError(link.name)

    def drain_link(self, connection_id: int) -> None:
        """Refuse."""
        raise GatewayUnavailableError(str(connection_id))

    def resume_link(self, connection_id: int) -> None:
        """Refuse."""
        raise GatewayUnavailableError(str(connection_id))

    def replay(self, item: InboundPart | DeliveryReceipt) -> int:
        """Refuse."""
        raise GatewayUnavailableError(type(item).__name__)


_plugged: list[Installation] = []


def installation() -> Installation:
    """Return what answers now."""
    return _plugged[-1] if _plugged else NoInstallation()


def plug(answering: Installation) -> None:
    """Say who answers from now on."""
    _plugged[:] = [answering]


def unplug() -> None:
    """Let nobody answer."""
    _plugged.clear()
