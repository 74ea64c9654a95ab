"""From an envelope and the files that came with it to what is stored, and to the answer once it is.

What belongs here: messages, reports, read replies, errors, each to where it goes. What does not: HTTP (`way_in`), bodies (`taking`).
Runs in a thread; it blocks until things are stored.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from recado.carriers.mm7.assembling import assemble
from recado.carriers.mm7.reporting import receipt_of
from recado.carriers.mm7.settings import Mm7Settings
from recado.core.message import Encoding, InboundPart
from recado.core.mms_given import plain_address
from recado.core.receipt import DeliveryReceipt
from recado.gateway.intake import NotStoredError
from recado.protocols.mm7.messages import Address, DeliverReq, DeliveryReportReq, ErrorReq, MmStatus, ReadReplyReq
from recado.protocols.mm7.status import Status, StatusCode, status_of
from recado.protocols.mm7.writing import deliver_rsp, delivery_report_rsp, fault, read_reply_rsp, vasp_error_rsp
from recado.server.mm7.taking import Taken
from recado.store.mms import ReadReply

LONGEST_ID: Final = 80
"""Of a carrier's id that is stored as it is."""
STORED: Final = status_of(StatusCode.SUCCESS)


@dataclass(frozen=True, slots=True)
class Ports:
    """Where things go. All of them block, and raise NotStoredError where something could not be stored."""

    receive: Callable[[InboundPart | DeliveryReceipt], int]
    read: Callable[[ReadReply], bool]
    """False: no such message."""
    journal: Callable[[int, str, str, str, bytes], None]
    """Of the carrier: connection, direction, event, detail, octets."""
    is_ours: Callable[[str], bool]
    """Whether digits are a number of this installation."""
    is_held: Callable[[int], bool]
    """Whether a person has drained a connection; asked on the event loop."""
    received: Callable[[int], None]
    """Counts what came over a connection; told on the event loop."""
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: Status
    xml: bytes
    is_fault: bool = False


def answer(ports: Ports, connection_id: int, settings: Mm7Settings, taken: Taken) -> Reply:
    """Store what was brought, and say so."""
    envelope = taken.envelope
    asked, transaction = envelope.message, envelope.transaction_id
    if isinstance(asked, DeliverReq):
        status = _message(ports, connection_id, settings, asked, transaction, taken)
        return Reply(status, deliver_rsp(envelope.spoken, transaction, status))
    if isinstance(asked, DeliveryReportReq):
        status = _report(ports, connection_id, asked, taken.raw)
        return Reply(status, delivery_report_rsp(envelope.spoken, transaction, status))
    if isinstance(asked, ReadReplyReq):
        status = _read_reply(ports, connection_id, asked)
        return Reply(status, read_reply_rsp(envelope.spoken, transaction, status))
    if isinstance(asked, ErrorReq):
        detail = f"{asked.status.code} {asked.status.text} {asked.status.detail} {asked.message_id}".strip()
        ports.journal(connection_id, "in", "error_reported", detail, taken.raw)
        return Reply(STORED, vasp_error_rsp(envelope.spoken, transaction, STORED))
    status = status_of(StatusCode.UNSUPPORTED_OPERATION)
    return Reply(status, fault(envelope.spoken, transaction, status), is_fault=True)


def _message(ports: Ports, connection_id: int, settings: Mm7Settings, asked: DeliverReq, transaction: str, taken: Taken) -> Status:
    recipient = _recipient(ports, asked.recipients) or plain_address(settings.default_recipient)
    if not recipient:
        return status_of(StatusCode.ADDRESS_ERROR, "the message names no recipient")
    mms = assemble(taken.parts, asked.subject)
    message_id = _carrier_id(transaction)
    sender = _plain(asked.sender)
    part = InboundPart(
        connection_id,
        sender,
        recipient,
        mms.shown_text,
        Encoding.UCS2,
        ports.now(),
        taken.raw,
        _fingerprint(transaction, sender),
        carrier_message_id=message_id,
        flags=taken.flags,
        mms=mms,
    )
    return _stored(lambda: ports.receive(part))


def _report(ports: Ports, connection_id: int, asked: DeliveryReportReq, raw: bytes) -> Status:
    if not asked.message_id:
        return status_of(StatusCode.MESSAGE_ID_NOT_FOUND)
    receipt = receipt_of(connection_id, asked, ports.now(), raw)
    return _stored(lambda: ports.receive(receipt))


def _read_reply(ports: Ports, connection_id: int, asked: ReadReplyReq) -> Status:
    reply = ReadReply(connection_id, asked.message_id, asked.status != MmStatus.DELETED, asked.at or ports.now())
    is_known = False

    def store() -> None:
        nonlocal is_known
        is_known = ports.read(reply)

    status = _stored(store)
    return status if is_known or not status.is_success else status_of(StatusCode.MESSAGE_ID_NOT_FOUND)


def _stored(store: Callable[[], object]) -> Status:
    try:
        store()
    except NotStoredError as error:
        return status_of(StatusCode.SERVER_ERROR, f"could not be stored, send it again: {error}")
    return STORED


def _recipient(ports: Ports, recipients: tuple[Address, ...]) -> str:
    """Return the one of us among those a message went to; the first where none is, so that support sees where it came."""
    found = [plain for one in recipients if (plain := _plain(one))]
    return next((one for one in found if ports.is_ours(one)), found[0] if found else "")


def _plain(address: Address | None) -> str:
    if address is None:
        return ""
    return (address.digits or plain_address(address.value))[:32]


def _carrier_id(transaction: str) -> str | None:
    """Return by what a repeat is recognised."""
    if len(transaction) <= LONGEST_ID:
        return transaction or None
    return hashlib.sha256(transaction.encode("utf-8", "surrogatepass")).hexdigest()


def _fingerprint(transaction: str, sender: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{transaction}\0{sender}".encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1
