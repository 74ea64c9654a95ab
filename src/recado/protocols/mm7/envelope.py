"""Reads an MM7 envelope of any release: local names count, in any namespace.

REL-5-MM7-1-0 to REL-6-MM7-1-4, 6-7, the extensions of vendors and the drafts before the standard name the same elements. What does not
belong here: XML itself (`xml_tree`), writing (`writing`).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.headers import decoded_words, plain_id
from recado.protocols.mm7.messages import (
    Address,
    AddressKind,
    DeliverReq,
    DeliveryReportReq,
    Envelope,
    ErrorReq,
    ErrorRsp,
    Fault,
    Message,
    MmStatus,
    PlainRsp,
    ReadReplyReq,
    Spoken,
    SubmitReq,
    SubmitRsp,
)
from recado.protocols.mm7.status import Status
from recado.protocols.mm7.xml_tree import Node, read_xml

_KINDS: Final = {kind.value.lower(): kind for kind in AddressKind}
_MM_STATUS: Final = {status.value.lower(): status.value for status in MmStatus} | {"unrecognized": MmStatus.UNRECOGNISED.value}
_MOST_RECIPIENTS: Final = 1000


def read_envelope(xml: bytes, charset: str = "") -> Envelope:
    """Read an envelope; `charset` is what its part said, and counts only where the XML says nothing."""
    root = read_xml(xml, charset)
    if root.name.lower() != "envelope":
        raise Mm7FormatError(f"the XML is no SOAP envelope but {root.name[:40]}")
    body = root.child("Body")
    if body is None or not body.children:
        raise Mm7FormatError("the SOAP envelope has no body")
    asked = body.children[0]
    transaction = (root.child("Header") or asked).find("TransactionID") or root.find("TransactionID")
    version = asked.find("MM7Version")
    named = asked if asked.name.lower() != "fault" else (transaction or asked)
    return Envelope(
        "" if transaction is None else transaction.text,
        _message(asked),
        Spoken(named.namespace, "" if version is None else version.text, named.prefix),
    )


def _message(asked: Node) -> Message:
    reader = _READERS.get(asked.name.lower())
    if reader is not None:
        return reader(asked)
    if asked.name.lower().endswith("rsp"):
        return PlainRsp(asked.name, _status(asked))
    raise Mm7FormatError(f"nobody knows the MM7 message {asked.name[:40]}")


def _deliver(asked: Node) -> DeliverReq:
    return DeliverReq(
        _address(asked.child("Sender") or asked.find("SenderAddress")),
        _recipients(asked.child("Recipients", "Recipient", "To")),
        decoded_words(_text(asked, "Subject")),
        _text(asked, "LinkedID"),
        _text(asked, "MMSRelayServerID"),
        _text(asked, "VASPID"),
        _text(asked, "VASID"),
        _text(asked, "Priority"),
        _time(asked, "TimeStamp"),
        _href(asked),
    )


def _delivery_report(asked: Node) -> DeliveryReportReq:
    return DeliveryReportReq(
        _text(asked, "MessageID"),
        _mm_status(asked),
        _first(_recipients(asked.child("Recipient", "Recipients"))),
        _address(asked.child("Sender")),
        _time(asked, "Date", "TimeStamp"),
        _text(asked, "StatusText"),
        _text(asked, "Details"),
    )


def _read_reply(asked: Node) -> ReadReplyReq:
    return ReadReplyReq(
        _text(asked, "MessageID"),
        _mm_status(asked) or MmStatus.READ,
        _first(_recipients(asked.child("Recipient", "Recipients"))),
        _address(asked.child("Sender")),
        _time(asked, "TimeStamp", "Date"),
        _text(asked, "StatusText"),
    )


def _submit(asked: Node) -> SubmitReq:
    return SubmitReq(
        _recipients(asked.child("Recipients", "Recipient")),
        _address(asked.find("SenderAddress")),
        decoded_words(_text(asked, "Subject")),
        _text(asked, "VASPID"),
        _text(asked, "VASID"),
        _text(asked, "ServiceCode"),
        _text(asked, "MessageClass"),
        _text(asked, "DeliveryReport").lower() == "true",
        _text(asked, "ReadReply").lower() == "true",
        _text(asked, "Priority"),
        _text(asked, "LinkedID"),
        _time(asked, "ExpiryDate"),
        _time(asked, "TimeStamp"),
        _href(asked),
    )


def _fault(asked: Node) -> Fault:
    code = asked.find("faultcode", "Value")
    text = asked.find("faultstring", "Text")
    return Fault(
        "" if code is None else code.text,
        "" if text is None else text.text,
        None if asked.find("StatusCode") is None else _status(asked),
    )


_READERS: Final[Mapping[str, Callable[[Node], Message]]] = {
    "deliverreq": _deliver,
    "deliveryreportreq": _delivery_report,
    "readreplyreq": _read_reply,
    "submitreq": _submit,
    "submitrsp": lambda asked: SubmitRsp(_status(asked), _text(asked, "MessageID")),
    "rserrorrsp": lambda asked: ErrorRsp(_status(asked)),
    "vasperrorrsp": lambda asked: ErrorRsp(_status(asked)),
    "vasperrorreq": lambda asked: ErrorReq(_status(asked), _text(asked, "MessageID")),
    "rserrorreq": lambda asked: ErrorReq(_status(asked), _text(asked, "MessageID")),
    "fault": _fault,
}


def _text(asked: Node, *names: str) -> str:
    found = asked.find(*names)
    return "" if found is None else found.text


def _href(asked: Node) -> str:
    content = asked.find("Content")
    return "" if content is None else plain_id(content.attributes.get("href", ""))


def _mm_status(asked: Node) -> str:
    # REL-5 has the word in MMStatus itself, later releases may wrap it in Status.
    found = asked.find("MMStatus") or asked.find("Status")
    word = "" if found is None else found.text
    return _MM_STATUS.get(word.lower(), word)


def _status(asked: Node) -> Status:
    code = _text(asked, "StatusCode")
    details = asked.find("Details")
    said = "" if details is None else " ".join(node.text for node in details.walk() if node.text)
    return Status(int(code[:6]) if code[:6].isascii() and code[:6].isdigit() else 0, _text(asked, "StatusText"), said)


def _time(asked: Node, *names: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(_text(asked, *names))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _address(node: Node | None) -> Address | None:
    """Return the first address within an element, or the element's own text."""
    if node is None:
        return None
    return _first(_addresses(node)) or (Address(node.text, _guessed(node.text)) if node.text else None)


def _recipients(node: Node | None) -> tuple[Address, ...]:
    if node is None:
        return ()
    found = _addresses(node)
    return found or tuple(Address(child.text, _guessed(child.text)) for child in node.walk() if child.text)[:_MOST_RECIPIENTS]


def _addresses(node: Node) -> tuple[Address, ...]:
    found = (Address(one.text, _KINDS[one.name.lower()]) for one in node.walk() if one.name.lower() in _KINDS and one.text)
    return tuple(found)[:_MOST_RECIPIENTS]


def _guessed(value: str) -> AddressKind:
    return AddressKind.MAIL if "@" in value else AddressKind.NUMBER


def _first(found: tuple[Address, ...]) -> Address | None:
    return found[0] if found else None
