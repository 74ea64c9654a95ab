"""Keeps what could not be processed, whole: it was acknowledged because it is held here.

Deciding that something cannot be processed belongs to `gateway.writer`, looking at it and trying again to the operator's console.
"""

from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt
from recado.store.dialect import Connection
from recado.store.kept_items import dumps
from recado.store.statements import QUARANTINE

_ADDRESS_LENGTH = 32


def keep(con: Connection, item: InboundPart | DeliveryReceipt, traceback: str, key: int) -> None:
    """Write an item that broke the processing; nothing in it can break this."""
    if isinstance(item, InboundPart):
        sender, recipient = item.sender, item.recipient
    else:
        sender, recipient = "", item.carrier_message_id
    moment = con.dialect.timestamp(item.received_at)
    row = (
        key,
        item.connection_id,
        moment,
        _plain(sender)[:_ADDRESS_LENGTH],
        _plain(recipient)[:_ADDRESS_LENGTH],
        item.raw,
        _plain(traceback),
        dumps(item),
    )
    QUARANTINE.run(con, [row])


def _plain(text: str) -> str:
    """Return text that any database takes."""
    return str(text).replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
