"""Inbound messages as values, from the parts a carrier hands over to the whole message that is decided on.

Only shapes live here. Decoding bytes belongs to `protocols`, joining parts to `reassembly`, deciding to `decide`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from recado.core.mms import InboundMms


class Encoding(IntEnum):
    """How the text travelled. The number is stored, so it never changes its meaning."""

    GSM7 = 0
    LATIN1 = 1
    UCS2 = 2
    BINARY = 3


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Which part of which long message this is (GSM 03.40 §9.2.3.24.1, SMPP 3.4 `sar_*`)."""

    reference: int
    width: int
    """Bits of the reference: 8 or 16."""
    total: int
    position: int
    """1-based, at most `total`."""

    @property
    def is_part_of_several(self) -> bool:
        """Whether there are other parts to join; a position outside the total can be no part of anything."""
        return self.total > 1 and 1 <= self.position <= self.total


@dataclass(frozen=True, slots=True)
class InboundPart:
    """One received unit: a whole short message or one part of a long one."""

    connection_id: int
    sender: str
    """MSISDN digits without `+`, or what the carrier gave: a short code or an alphanumeric name."""
    recipient: str
    """Digits of our number as the carrier gave them, without `+`."""
    text: str
    """Of a part of several: as `cut_letters.carry` gives it, since its borders may cut letters."""
    encoding: Encoding
    received_at: datetime
    raw: bytes
    """The octets as received (the PDU body), kept so that nothing is lost."""
    fingerprint: int
    """63-bit hash of source, destination, esm_class and octets; compared only after a broken session."""
    concatenation: Concatenation | None = None
    carrier_message_id: str | None = None
    is_test: bool = False
    flags: tuple[str, ...] = ()
    """What the decoder had to overlook, for the trail: `udh_overrun`, `lone_surrogate` …"""
    mms: InboundMms | None = None
    """What makes it an MMS; `text` is then its `shown_text`, and `carrier_message_id` the TransactionID."""


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A message as it is decided on: one part, or several joined."""

    id: int
    connection_id: int
    sender: str
    recipient: str
    text: str
    encoding: Encoding
    received_at: datetime
    parts_received: int = 1
    parts_total: int = 1
    is_test: bool = False
    flags: tuple[str, ...] = ()
    mms: InboundMms | None = None
    """What makes it an MMS; `text` is then the one of its `deciding_texts` that is decided on."""

    @property
    def shown_text(self) -> str:
        """Return the text as people see it and as it is stored."""
        return self.text if self.mms is None else self.mms.shown_text

    @property
    def is_complete(self) -> bool:
        """Whether all parts arrived."""
        return self.parts_received >= self.parts_total
