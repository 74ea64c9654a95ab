"""Fate of a message we sent, as far as the carrier reports it.

Reading receipts off the wire belongs to `protocols.smpp.receipt`; this is what they mean to Recado.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OutboundState(StrEnum):
    """Where an outgoing message is. Order of progress: queued, sent, then one of the last two."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


class UndeliveredReason(StrEnum):
    """Why a message was not delivered; the words of provider-api.md §7."""

    MESSAGE_EXPIRED = "message_expired"
    UNSUPPORTED_NUMBER = "unsupported_number"
    MESSAGE_REJECTED = "message_rejected"
    WRONG_NUMBER = "wrong_number"
    OPERATOR_ERROR = "operator_error"
    OTHER_ERROR = "other_error"


@dataclass(frozen=True, slots=True)
class DeliveryReceipt:
    """One report of a carrier about one segment we handed over."""

    connection_id: int
    carrier_message_id: str
    carrier_state: str
    """As the carrier wrote it: `DELIVRD`, `UNDELIV` …"""
    carrier_error: str
    received_at: datetime
    raw: bytes
    state: OutboundState | None
    """None while the carrier still tries (ENROUTE, ACCEPTD) or says something unknown."""
    reason: UndeliveredReason | None = None
