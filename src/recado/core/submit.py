"""Handing an outgoing message to a carrier: the question and the answer as values.

`delivery.mt` asks, a carrier link of the gateway answers; both meet in these shapes and in the port `Submitter`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from recado.core.mms import OutboundMms


@dataclass(frozen=True, slots=True)
class OutboundText:
    """One outgoing text, before it is cut into segments."""

    outbound_id: int
    sender: str
    recipient: str
    text: str
    is_test: bool = False
    is_bulk: bool = False
    """Whether it belongs to a group send, and lets answers and single messages go first."""
    is_flash: bool = False
    """Whether the phone shows it at once and keeps nothing (message class 0)."""
    valid_until: datetime | None = None
    """When the carrier is to give up; None: after the carrier's own period."""
    mms: OutboundMms | None = None
    """What makes it an MMS, of which `text` is the words; a carrier that takes none refuses it for good."""


@dataclass(frozen=True, slots=True)
class SegmentAccepted:
    """The carrier took a segment and named it."""

    carrier_message_id: str


@dataclass(frozen=True, slots=True)
class SegmentRefused:
    """The carrier refused a segment, or no link was there to take it."""

    error: str
    """The carrier's own word: `ESME_RINVDSTADR (0x0000000B)`, or ours: `link_down`, `timeout`."""
    permanent: bool
    """Whether trying again is pointless."""
    uncertain: bool = False
    """Handed over, but no answer came: it may have been sent."""


SubmitOutcome = SegmentAccepted | SegmentRefused


@dataclass(frozen=True, slots=True)
class Opening:
    """How much a connection can take."""

    places: int
    """Texts that may be under way at once: what its windows hold, and the few that follow soon. 0 while it takes none."""
    why_closed: str = ""
    """Why it takes none: `link_down`, `link_drained`."""


class Submitter(Protocol):
    """A way out to the carriers. The gateway implements it over its links, tests in memory."""

    def opening(self, connection_id: int) -> Opening:
        """Say how many texts may be under way there now, those included that are."""

    async def submit(self, connection_id: int, message: OutboundText) -> tuple[SubmitOutcome, ...]:
        """Hand `message` over and wait for the answers, one per segment in order; stop after the first refusal.

        Cancelled, return the answers so far and a refusal that says whether anything else may have been sent.
        """
