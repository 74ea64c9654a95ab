"""From a message with its files in memory to a stored one: files first, then the message, then the caller is told.

What belongs here: this order. What does not: what a file is (`core.media_type`), whose the message is (the gateway).
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from recado.blobs.base import Blobs, keep
from recado.core.media_type import type_of
from recado.core.message import Encoding, InboundPart
from recado.core.mms import InboundMms, MmsPart, PartRole
from recado.core.mms_given import GivenFile, GivenMms


def take(blobs: Blobs, receive: Callable[[InboundPart], int], connection_id: int, given: GivenMms, raw: bytes, now: datetime) -> int:
    """Store a message and return its id; raises OSError where files cannot be kept, NotStoredError where the message cannot.

    `raw` is what is kept of how it came, without the files.
    """
    parts = tuple(_part(blobs, one) for one in given.files)
    mms = InboundMms(given.subject, given.text.strip(), parts)
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


def _part(blobs: Blobs, one: GivenFile) -> MmsPart:
    role = PartRole.TEXT if one.is_text else PartRole.LAYOUT if one.claimed_type == "application/smil" else PartRole.MEDIA
    found = type_of(one.content, one.claimed_type, one.name)
    return MmsPart(role, keep(blobs, one.content), len(one.content), found, one.claimed_type, one.name, one.content_id)
