"""Requests of a message centre as octets: any namespace, any shape of a body, right or wrong on purpose.

What belongs here: MIME bodies and envelopes only a message centre sends. What does not: sockets (`mmsc`, `mmsc_client`), reading.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from recado.protocols.mm7.messages import MmStatus, Spoken
from recado.protocols.mm7.writing import block, element, envelope

CONTENT_ID: Final = "generic_content"


@dataclass(frozen=True, slots=True)
class SamplePart:
    """A file of a message."""

    content_type: str
    data: bytes
    content_id: str = ""
    name: str = ""
    encoding: str = "binary"
    """`binary`, `8bit`, `base64`, `quoted-printable`; what else it says stands in the header alone."""
    is_encoded: bool = False
    """The data are written as they are, to be wrong on purpose."""
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class BodyShape:
    """How the MIME body is written."""

    boundary: str = "----=_Part_7.21"
    start: str = "<envelope>"
    """The parameter; empty leaves it out."""
    is_nested: bool = False
    """The files stand in a multipart of their own."""
    line_end: bytes = b"\r\n"
    has_end: bool = True
    """The last boundary comes."""
    preamble: bytes = b""
    after_boundary: bytes = b""
    """Blanks behind each."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted."""

    content_type: str
    body: bytes


def deliver_xml(
    transaction_id: str,
    *,
    spoken: Spoken = Spoken(),  # noqa: B008  # frozen
    sender: str = "+48501222333",
    recipient: str = "48600100200",
    subject: str = "",
    href: str = f"cid:{CONTENT_ID}",
) -> bytes:
    """Write a DeliverReq; addresses that are empty are left out."""
    content = _nested(spoken, "Content", f" href={quoteattr(href)}") if href else ""
    inner = (
        element(spoken, "MMSRelayServerID", "mmsc.example"),
        _address(spoken, "Sender", sender),
        _address(spoken, "Recipients", recipient, "To"),
        element(spoken, "TimeStamp", "2026-11-27T12:00:00+01:00"),
        element(spoken, "Priority", "Normal"),
        element(spoken, "Subject", subject),
        content,
    )
    return envelope(spoken, transaction_id, block(spoken, "DeliverReq", "".join(inner)))


def delivery_report(
    transaction_id: str,
    message_id: str,
    status: str = MmStatus.RETRIEVED,
    *,
    recipient: str = "+48501222333",
    spoken: Spoken = Spoken(),  # noqa: B008  # frozen
) -> Request:
    """Write a DeliveryReportReq."""
    return _report("DeliveryReportReq", "Date", transaction_id, message_id, status, recipient, spoken)


def read_reply(
    transaction_id: str,
    message_id: str,
    status: str = MmStatus.READ,
    *,
    recipient: str = "+48501222333",
    spoken: Spoken = Spoken(),  # noqa: B008  # frozen
) -> Request:
    """Write a ReadReplyReq."""
    return _report("ReadReplyReq", "TimeStamp", transaction_id, message_id, status, recipient, spoken)


def with_files(xml: bytes, parts: Sequence[SamplePart], shape: BodyShape = BodyShape()) -> Request:  # frozen
    """Put an envelope and files into one body."""
    eol = shape.line_end
    root = SamplePart("text/xml; charset=utf-8", xml, "envelope", encoding="8bit")
    if shape.is_nested:
        inner = f"{shape.boundary}.inner"
        nested = SamplePart(f'multipart/mixed; boundary="{inner}"', _joined(parts, inner, shape), CONTENT_ID, encoding="")
        body = _joined([root, nested], shape.boundary, shape)
    else:
        body = _joined([root, *parts], shape.boundary, shape)
    start = f'; start="{shape.start}"' if shape.start else ""
    return Request(f'multipart/related; type="text/xml"{start}; boundary="{shape.boundary}"', shape.preamble + eol + body)


def _report(name: str, date: str, transaction_id: str, message_id: str, status: str, recipient: str, spoken: Spoken) -> Request:
    inner = (
        element(spoken, "MMSRelayServerID", "mmsc.example"),
        element(spoken, "MessageID", message_id),
        _address(spoken, "Recipient", recipient),
        _address(spoken, "Sender", "48600100200"),
        element(spoken, date, "2026-11-27T12:00:00+01:00"),
        element(spoken, "MMStatus", status),
    )
    return Request("text/xml; charset=utf-8", envelope(spoken, transaction_id, block(spoken, name, "".join(inner))))


def _address(spoken: Spoken, name: str, value: str, *between: str) -> str:
    if not value:
        return ""
    inner = element(spoken, "RFC2822Address" if "@" in value else "Number", value)
    for one in between:
        inner = _nested(spoken, one, inner=inner)
    return _nested(spoken, name, inner=inner)


def _nested(spoken: Spoken, name: str, attributes: str = "", *, inner: str = "") -> str:
    qualified = f"{spoken.prefix}:{name}" if spoken.prefix and spoken.namespace else name
    return f"<{qualified}{attributes}>{inner}</{qualified}>"


def _joined(parts: Sequence[SamplePart], boundary: str, shape: BodyShape) -> bytes:
    eol = shape.line_end
    line = b"--" + boundary.encode()
    written = [line + shape.after_boundary + eol + _headers(part, eol) + eol + _encoded(part, eol) + eol for part in parts]
    return b"".join(written) + (line + b"--" + shape.after_boundary + eol if shape.has_end else b"")


def _headers(part: SamplePart, eol: bytes) -> bytes:
    lines = (
        ("Content-Type", part.content_type + (f'; name="{part.name}"' if part.name else "") if part.content_type else ""),
        ("Content-ID", f"<{part.content_id}>" if part.content_id else ""),
        ("Content-Transfer-Encoding", part.encoding),
        ("Content-Disposition", part.disposition),
    )
    return b"".join(f"{name}: {value}".encode() + eol for name, value in lines if value)


def _encoded(part: SamplePart, eol: bytes) -> bytes:
    if part.is_encoded:
        return part.data
    if part.encoding == "base64":
        return encodebytes(part.data).rstrip(b"\n").replace(b"\n", eol)
    if part.encoding == "quoted-printable":
        return b2a_qp(part.data, istext=False).replace(b"\n", eol)
    return part.data
