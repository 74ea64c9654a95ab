"""From a message with its files in memory to a stored one: files first, then the message, then the caller is told.

What belongs here: this order. What does not: what a file is (`apps.mms.parts`), whose the message is (the gateway).
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from recado.apps.mms.parts import part_of
from recado.blobs.base import Blobs
from recado.core.message import Encoding, InboundPart
from recado.core.mms import InboundMms
from recado.core.mms_given import GivenMms


def take(blobs: Blobs, receive: Callable[[InboundPart], int], connection_id: int, given: GivenMms, raw: bytes, now: datetime) -> int:
    """Store a message and return its id; raises OSError where files cannot be kept, NotStoredError where the message cannot.

    `raw` is what is kept of how it came, without the files.
    """
    parts = tuple(part_of(blobs, one) for one in given.files)
    mms = InboundMms(given.subject, given.text.strip(), parts, given.slides)
    fingerprint = int.from_bytes(hashlib.sha256(f"{given.transaction_id}\0{given.sender}".encode()).digest()[:8], "big") >> 1
    return receive(
        InboundPart(
            connection_id,
            given.sender,
            given.recipient,
            mms.shown_text,
            Encoding.UCS2,
            now,
            raw,
            fingerprint,
            carrier_message_id=given.transaction_id,
            flags=given.flags,
            mms=mms,
        )
    )
