"""What a message centre's report means for a message of ours.

What belongs here: its words. What does not: reading them (`protocols.mm7`), whose message it is (`store.outbox`).
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason
from recado.protocols.mm7.messages import DeliveryReportReq, MmStatus

LONGEST_ID: Final = 80
"""Characters of a message's id that are stored, of one sent (`store.handed_over`) as of one reported."""
_UNDELIVERED: Final = OutboundState.UNDELIVERED
_MEANINGS: Final[Mapping[str, tuple[OutboundState, UndeliveredReason | None]]] = MappingProxyType(
    {
        MmStatus.RETRIEVED: (OutboundState.DELIVERED, None),
        MmStatus.READ: (OutboundState.DELIVERED, None),
        MmStatus.EXPIRED: (_UNDELIVERED, UndeliveredReason.MESSAGE_EXPIRED),
        MmStatus.REJECTED: (_UNDELIVERED, UndeliveredReason.MESSAGE_REJECTED),
        MmStatus.UNRECOGNISED: (_UNDELIVERED, UndeliveredReason.UNSUPPORTED_NUMBER),
    }
)
"""The others leave a message sent: a deferred one is fetched later; of one forwarded, or given to another network, nobody will know."""


def receipt_of(connection_id: int, report: DeliveryReportReq, received_at: datetime, raw: bytes) -> DeliveryReceipt:
    """Return the report as every carrier's reports are."""
    state, reason = _MEANINGS.get(report.status, (None, None))
    return DeliveryReceipt(
        connection_id,
        report.message_id[:LONGEST_ID],
        report.status,
        report.status_text or report.details,
        received_at,
        raw,
        state,
        reason,
        "" if report.sender is None else report.sender.digits,
        "" if report.recipient is None else report.recipient.digits,
    )
