"""Writes about received messages that do not come from a carrier: injecting one, and marking what programs have fetched.

What belongs here: building the message as a phone would have sent it. What does not: storing and deciding (the gateway, behind `ports`).
"""

import hashlib

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.inbox import ports
from recado.apps.inbox.claims import claimed_number
from recado.apps.inbox.models import Message
from recado.apps.numbers.links import ready_simulator
from recado.apps.numbers.models import Number
from recado.core.message import Encoding, InboundPart
from recado.core.mms import InboundMms
from recado.core.number import NumberState
from recado.protocols.gsm.alphabet import is_gsm7


def receive(sender: str, recipient: str, text: str, mms: InboundMms | None = None) -> int:
    """Receive a test message as if the phone `sender` had sent it to our `recipient` (both as stored: digits without `+`).

    With `mms` it is an MMS, whose contents are durable already, and `text` its `shown_text`. Blocks until it is stored with all its
    consequences and returns its id; must not be called inside a transaction, which would keep the gateway from writing. Raises
    ReceiverUnavailableError where no gateway runs.
    """
    raw = text.encode("utf-16-be", "surrogatepass")
    part = InboundPart(
        connection_id=ready_simulator().pk,
        sender=sender,
        recipient=recipient,
        text=text,
        encoding=Encoding.GSM7 if is_gsm7(text) else Encoding.UCS2,
        received_at=timezone.now(),
        raw=raw,
        fingerprint=_fingerprint(sender, recipient, raw),
        is_test=True,
        mms=mms,
    )
    return ports.receiver(part)


def fetch_unread(page: QuerySet[Message]) -> list[Message]:
    """Return the messages of a page of unread ones and mark them read: of two programs asking at once, only one gets a message."""
    with transaction.atomic():
        messages = list(page.select_for_update())
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(is_read_by_api=True)
    return messages


def receive_on_individual(account: Account, sender: str, text: str, recipient: str) -> int | None:
    """Receive a test message on an individual number of the account; return its id, or None if the account has no such number."""
    is_ours = Number.objects.filter(account=account, digits=recipient, state=NumberState.ASSIGNED.value).exists()
    return receive(sender, recipient, text) if is_ours else None


def receive_on_shared(account: Account, sender: str, text: str) -> int | None:
    """Receive a test message on the shared number where a keyword of the account claims `text`; return its id, None if none does.

    Nothing is received where the message would be another account's.
    """
    recipient = claimed_number(account, sender, text, timezone.now())
    return receive(sender, recipient, text) if recipient else None


def _fingerprint(sender: str, recipient: str, raw: bytes) -> int:
    digest = hashlib.blake2b(b"\0".join((sender.encode(), recipient.encode(), raw)), digest_size=8).digest()
    return int.from_bytes(digest) >> 1
