"""The errors of the SMPP module: ours is a type, theirs is a type, and a reader's complaint stays inside.

Only exception classes belong here. Whatever a peer sends ends as an event or as `RemoteProtocolError`, never as
anything else (docs/specs/smpp.md §5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recado.protocols.smpp.constants import CommandStatus

if TYPE_CHECKING:
    from recado.protocols.smpp.events import Event


class SmppError(Exception):
    """Something about an SMPP session went against the rules."""


class LocalProtocolError(SmppError):
    """We tried to send what the session state or the specification does not allow."""


class RemoteProtocolError(SmppError):
    """The peer broke framing: nothing behind it can be understood, so the link must be closed.

    `events` are those read from the same octets before the break; they are valid and may still be worked off.
    """

    def __init__(self, reason: str, command_status: int, events: tuple[Event, ...] = ()) -> None:
        """Keep the status that names the fault and the events that came before it."""
        super().__init__(reason)
        self.command_status = command_status
        self.events = events


class UnreadablePduError(SmppError):
    """One PDU cannot be read; its frame is sound, so the session lives on. Never leaves `Session`."""

    def __init__(self, reason: str, command_status: int = CommandStatus.ESME_RINVMSGLEN) -> None:
        """Keep the status to answer with."""
        super().__init__(reason)
        self.reason = reason
        self.command_status = command_status
