"""Writes MM7 envelopes: answers in the words they were asked in, and requests in a dialect.

What does not belong here: the files that go with them (`multipart_writing`), which status is right.
"""

import re
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from recado.protocols.mm7.dialect import Dialect
from recado.protocols.mm7.messages import Address, AddressKind, Spoken, SubmitReq
from recado.protocols.mm7.status import Status

_SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SERVER_FAULTS: Final = range(3000, 4000)


def deliver_rsp(spoken: Spoken, transaction_id: str, status: Status) -> bytes:
    """Answer a DeliverReq."""
    return _answer(spoken, transaction_id, "DeliverRsp", status)


def delivery_report_rsp(spoken: Spoken, transaction_id: str, status: Status) -> bytes:
    """Answer a DeliveryReportReq."""
    return _answer(spoken, transaction_id, "DeliveryReportRsp", status)


def read_reply_rsp(spoken: Spoken, transaction_id: str, status: Status) -> bytes:
    """Answer a ReadReplyReq."""
    return _answer(spoken, transaction_id, "ReadReplyRsp", status)


def vasp_error_rsp(spoken: Spoken, transaction_id: str, status: Status) -> bytes:
    """Answer a VASPErrorReq, or a request of which nothing can be made."""
    return _answer(spoken, transaction_id, "VASPErrorRsp", status)


def rs_error_rsp(spoken: Spoken, transaction_id: str, status: Status) -> bytes:
    """Answer as a message centre of which something was asked that it can make nothing of."""
    return _answer(spoken, transaction_id, "RSErrorRsp", status)


def submit_rsp(spoken: Spoken, transaction_id: str, status: Status, message_id: str) -> bytes:
    """Answer a SubmitReq."""
    return _answer(spoken, transaction_id, "SubmitRsp", status, _element(spoken, "MessageID", message_id))


def fault(spoken: Spoken, transaction_id: str, status: Status, *, error_name: str = "VASPErrorRsp") -> bytes:
    """Answer what is no MM7 at all, or whose body cannot be used: a SOAP Fault with the status in its detail."""
    side = "Server" if status.code in _SERVER_FAULTS else "Client"
    detail = _block(spoken, error_name, _version(spoken) + _status(spoken, status), declares=True)
    text = _escaped(status.detail or status.text)
    body = f"<env:Fault><faultcode>env:{side}</faultcode><faultstring>{text}</faultstring><detail>{detail}</detail></env:Fault>"
    return envelope(spoken, transaction_id, body)


def submit_req(dialect: Dialect, transaction_id: str, request: SubmitReq) -> bytes:
    """Write a message of ours, in the order of the schema."""
    spoken = dialect.spoken
    sender = "" if request.sender is None else _element_of(spoken, "SenderAddress", _address(dialect, request.sender))
    identification = _optional(spoken, "VASPID", request.vasp_id) + _optional(spoken, "VASID", request.vas_id) + sender
    recipients = "".join(_address(dialect, recipient) for recipient in request.recipients)
    inner = (
        _version(spoken),
        _element_of(spoken, "SenderIdentification", identification),
        _element_of(spoken, "Recipients", _element_of(spoken, "To", recipients)),
        _optional(spoken, "ServiceCode", request.service_code),
        _optional(spoken, "LinkedID", request.linked_id),
        _optional(spoken, "MessageClass", request.message_class),
        _optional(spoken, "TimeStamp", _moment(request.sent_at)),
        _optional(spoken, "ExpiryDate", _moment(request.expires_at)),
        _element(spoken, "DeliveryReport", _word(request.wants_delivery_report)),
        _element(spoken, "ReadReply", _word(request.wants_read_reply)),
        _optional(spoken, "Priority", request.priority),
        _optional(spoken, "Subject", request.subject),
        _content(dialect, request.content_href),
    )
    return envelope(spoken, transaction_id, _block(spoken, "SubmitReq", "".join(inner), declares=True))


def envelope(spoken: Spoken, transaction_id: str, body: str) -> bytes:
    """Put a body, which is XML already, into an envelope."""
    transaction = _block(spoken, "TransactionID", _escaped(transaction_id), declares=True, attributes=' env:mustUnderstand="1"')
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="{_SOAP}"><env:Header>{transaction}</env:Header>'
        f"<env:Body>{body}</env:Body></env:Envelope>\n"
    ).encode()


def block(spoken: Spoken, name: str, inner: str) -> str:
    """Return the element of a request, around what is XML already, with its version first; for requests only a test centre makes."""
    return _block(spoken, name, _version(spoken) + inner, declares=True)


def element(spoken: Spoken, name: str, text: str) -> str:
    """Return an element with a text, nothing where the text is empty."""
    return _optional(spoken, name, text)


def _answer(spoken: Spoken, transaction_id: str, name: str, status: Status, more: str = "") -> bytes:
    inner = _version(spoken) + _status(spoken, status) + more
    return envelope(spoken, transaction_id, _block(spoken, name, inner, declares=True))


def _status(spoken: Spoken, status: Status) -> str:
    inner = _element(spoken, "StatusCode", str(int(status.code))) + _element(spoken, "StatusText", status.text or "Error")
    return _element_of(spoken, "Status", inner + _optional(spoken, "Details", status.detail))


def _version(spoken: Spoken) -> str:
    return _element(spoken, "MM7Version", spoken.version or Spoken().version)


def _content(dialect: Dialect, href: str) -> str:
    if not href:
        return ""
    adaptations = "" if dialect.allows_adaptations is None else f' allowAdaptations="{_word(dialect.allows_adaptations)}"'
    return f"<{_qualified(dialect.spoken, 'Content')} href={quoteattr(_NO_XML.sub('', dialect.href_scheme + href))}{adaptations}/>"


def _address(dialect: Dialect, address: Address) -> str:
    value = address.value
    if address.kind is AddressKind.NUMBER and address.digits:
        value = f"{dialect.number_prefix}{address.digits}{dialect.number_suffix}"
    return _element(dialect.spoken, address.kind.value, value)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _word(is_so: bool) -> str:
    return "true" if is_so else "false"


def _optional(spoken: Spoken, name: str, text: str) -> str:
    return _element(spoken, name, text) if text else ""


def _element(spoken: Spoken, name: str, text: str) -> str:
    return _element_of(spoken, name, _escaped(text))


def _element_of(spoken: Spoken, name: str, inner: str) -> str:
    return _block(spoken, name, inner)


def _block(spoken: Spoken, name: str, inner: str, *, declares: bool = False, attributes: str = "") -> str:
    qualified = _qualified(spoken, name)
    declaration = ""
    if declares and spoken.namespace:
        colon = f":{spoken.prefix}" if spoken.prefix else ""
        declaration = f" xmlns{colon}={quoteattr(spoken.namespace)}"
    return f"<{qualified}{declaration}{attributes}>{inner}</{qualified}>"


def _qualified(spoken: Spoken, name: str) -> str:
    return f"{spoken.prefix}:{name}" if spoken.prefix and spoken.namespace else name


def _escaped(text: str) -> str:
    return escape(_NO_XML.sub("", text))
