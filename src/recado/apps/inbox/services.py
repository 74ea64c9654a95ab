"""Writes about received messages that do not come from a carrier: injecting one, and marking what programs have fetched.

What belongs here: building the message as a phone would have sent it. What does not: storing and deciding (the gateway, behind `ports`).
"""

import hashlib
from collections.abc import Collection

from django.utils import timezone

from recado.apps.connections.models import Connection
from recado.apps.inbox import ports
from recado.apps.inbox.models import Message
from recado.core.message import Encoding, InboundPart

_NAMES = {"simulator": "Phone simulator"}


def receive(sender: str, recipient: str, text: str, *, connection_kind: str = "simulator", is_test: bool) -> int:
    """Receive a message as if the phone `sender` had sent it to our `recipient` (both as stored: digits without `+`).

    Blocks until it is stored with all its consequences and returns its id; must not be called inside a transaction, which would keep
    the gateway from writing. Raises ReceiverUnavailableError where no gateway runs.
    """
    connection, _ = Connection.objects.get_or_create(kind=connection_kind, defaults={"name": _NAMES.get(connection_kind, connection_kind)})
    raw = text.encode("utf-16-be", "surrogatepass")
    part = InboundPart(
        connection_id=connection.pk,
        sender=sender,
        recipient=recipient,
        text=text,
        encoding=Encoding.GSM7 if text.isascii() else Encoding.UCS2,
        received_at=timezone.now(),
        raw=raw,
        fingerprint=_fingerprint(sender, recipient, raw),
        is_test=is_test,
    )
    return ports.receiver(part)


def mark_read_by_api(message_ids: Collection[int]) -> None:
    """Note that a program has fetched these messages, so that none is handed out twice."""
    Message.objects.filter(pk__in=message_ids).update(is_read_by_api=True)


def _fingerprint(sender: str, recipient: str, raw: bytes) -> int:
    digest = hashlib.blake2b(b"\0".join((sender.encode(), recipient.encode(), raw)), digest_size=8).digest()
    return int.from_bytes(digest) >> 1
