"""What a link needs from the gateway around it, as one value that tests can fill differently."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from recado.gateway.intake import Acknowledger


class ItemSink(Protocol):
    """Where received items go: `gateway.intake.Intake`, or `recado.testing.links.MemoryIntake`."""

    def put(self, item: Any, ticket: Any) -> bool:
        """Take an item, or return False when full."""

    @property
    def has_room(self) -> bool:
        """Whether reading may go on."""


@dataclass(frozen=True, slots=True)
class LinkTicket:
    """How to answer one PDU later."""

    link: Acknowledger
    sequence: int


@dataclass(frozen=True, slots=True)
class LinkPorts:
    """The ways out of a link."""

    intake: ItemSink
    now: Callable[[], datetime]
    journal: Callable[[int, str, str, str, bytes], None]
    """`(connection_id, direction, event, detail, octets)`: keep a record of an exchange that went wrong."""
    on_bound: Callable[[int], None]
    """Told the connection's id when a session begins: resends of the previous one are expected."""
    on_lost: Callable[[int], None]
    """Told the connection's id when a session ended."""
