"""Fate of a message we sent, as far as the carrier reports it.

Reading receipts off the wire belongs to `protocols.smpp.receipt`; this is what they mean to Recado.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OutboundState(StrEnum):
    """Where an outgoing message is. Order of progress: queued, sent or uncertain, then delivered or undelivered; or unsent at once."""

    QUEUED = "queued"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    """Handed over, but no answer came: the carrier may have it. It is never handed over again; a receipt may tell."""
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    UNSENT = "unsent"
    """Never handed over: cancelled, stopped, not wanted any more."""


class UndeliveredReason(StrEnum):
    """Why a message was not delivered; the words of provider-api.md §7."""

    MESSAGE_EXPIRED = "message_expired"
    UNSUPPORTED_NUMBER = "unsupported_number"
    MESSAGE_REJECTED = "message_rejected"
    MISSED_CALL = "missed_call"
    WRONG_NUMBER = "wrong_number"
    LIMIT_EXHAUSTED = "limit_exhausted"
    LOCK_SEND = "lock_send"
    WRONG_MESSAGE = "wrong_message"
    OPERATOR_ERROR = "operator_error"
    WRONG_SENDER_NAME = "wrong_sender_name"
    NUMBER_IS_BLACKLISTED = "number_is_blacklisted"
    FOREIGN_NETWORKS_LOCKED = "sending_to_foreign_networks_is_locked"
    NO_PERMISSION = "no_permission_to_send_messages"
    OTHER_ERROR = "other_error"


class UnsentReason(StrEnum):
    """Why a message was never handed over; words of ours, told by the API as the nearest of the provider's."""

    CANCELLED = "cancelled"
    """A person took it back before its time."""
    STOPPED = "stopped"
    """Its campaign was stopped."""
    OPTED_OUT = "opted_out"
    """The person opted out, or was blocked, after it was prepared."""
    NO_POOL_NUMBER = "no_pool_number"
    """Every pool number is in use between this phone and other accounts."""
    TOO_LATE = "too_late"
    """Its validity ended before it could be handed over."""
    NO_CREDIT = "no_credit"
    """The account's credit does not reach for it."""


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
    sender: str = ""
    """Our number or name it went from, as far as the carrier says."""
    recipient: str = ""
    """The phone it went to."""
    text: str = ""
    """The beginning of the text, where the carrier repeats it."""
