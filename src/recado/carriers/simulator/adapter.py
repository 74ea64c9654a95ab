"""The phone simulator's adapter: a typed text becomes an inbound part, an outgoing text a message on the simulated phone.

The same contract as a real carrier's adapter, so that nothing behind it knows the difference. Queues and timing belong to `gateway`.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from recado.carriers.base import Inbound
from recado.core.message import Encoding, InboundPart
from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.core.submit import OutboundText


@dataclass(frozen=True, slots=True)
class TypedText:
    """Somebody typed a text on the simulated phone."""

    sender: str
    recipient: str
    text: str
    is_test: bool = True


@dataclass(frozen=True, slots=True)
class PhoneShowed:
    """The simulated phone showed a message."""

    carrier_message_id: str


@dataclass(frozen=True, slots=True)
class PhoneText:
    """A message on its way to the simulated phone."""

    carrier_message_id: str
    recipient: str
    text: str


class SimulatorCarrier:
    """The carrier of phones that exist on a page only."""

    def to_inbound(self, event: TypedText | PhoneShowed, connection_id: int, received_at: datetime) -> Inbound:
        """Read a typed text as a message, a shown message as its delivery receipt."""
        if isinstance(event, PhoneShowed):
            raw = event.carrier_message_id.encode()
            return DeliveryReceipt(connection_id, event.carrier_message_id, "DELIVRD", "000", received_at, raw, OutboundState.DELIVERED)
        raw = event.text.encode("utf-8", "replace")
        digest = blake2b(b"\0".join((event.sender.encode(), event.recipient.encode(), raw)), digest_size=8).digest()
        return InboundPart(
            connection_id,
            event.sender.removeprefix("+"),
            event.recipient.removeprefix("+"),
            event.text,
            Encoding.UCS2,
            received_at,
            raw,
            int.from_bytes(digest) >> 1,
            is_test=event.is_test,
        )

    def to_submit(self, message: OutboundText, reference: int) -> list[PhoneText]:
        """Hand the text over whole; a simulated phone has no segments."""
        return [PhoneText(f"sim-{message.outbound_id}-{reference}", message.recipient, message.text)]
