"""What MM7 envelopes say, as values.

What does not belong here: XML (`envelope`, `writing`), how message centres differ (`dialect`).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from recado.protocols.mm7.status import Status

_PLMN: Final = re.compile(r"(?i)^\s*\+?([0-9 ()-]+?)\s*/TYPE=PLMN(?:@.*)?$")
_NUMBER: Final = re.compile(r"^\s*\+?[0-9 ()-]+$")


class AddressKind(StrEnum):
    """How an address was written."""

    NUMBER = "Number"
    SHORT_CODE = "ShortCode"
    MAIL = "RFC2822Address"


@dataclass(frozen=True, slots=True)
class Address:
    """Who sends or receives."""

    value: str
    """As it was written."""
    kind: AddressKind = AddressKind.NUMBER

    @property
    def digits(self) -> str:
        """Return the number without +, leading 00, blanks and `/TYPE=PLMN`; empty where it is no number."""
        if matched := _PLMN.match(self.value):
            digits = re.sub(r"\D", "", matched[1])
        elif self.kind is not AddressKind.MAIL and _NUMBER.match(self.value):
            digits = re.sub(r"\D", "", self.value)
        else:
            return ""
        return digits.removeprefix("00") if self.kind is not AddressKind.SHORT_CODE else digits


@dataclass(frozen=True, slots=True)
class DeliverReq:
    """A subscriber's message for us."""

    sender: Address | None = None
    recipients: tuple[Address, ...] = ()
    subject: str = ""
    linked_id: str = ""
    """Of the message of ours it answers."""
    relay_server_id: str = ""
    vasp_id: str = ""
    vas_id: str = ""
    priority: str = ""
    sent_at: datetime | None = None
    content_href: str = ""
    """Content id of what is the message's content, without `cid:`; may be missing or name nothing."""


class MmStatus(StrEnum):
    """What became of a message (MMStatus)."""

    RETRIEVED = "Retrieved"
    EXPIRED = "Expired"
    REJECTED = "Rejected"
    DEFERRED = "Deferred"
    INDETERMINATE = "Indeterminate"
    FORWARDED = "Forwarded"
    UNRECOGNISED = "Unrecognised"
    READ = "Read"
    DELETED = "Deleted without being read"


@dataclass(frozen=True, slots=True)
class DeliveryReportReq:
    """What became of a message of ours."""

    message_id: str
    status: str
    """A word of MmStatus; another as it came."""
    recipient: Address | None = None
    sender: Address | None = None
    at: datetime | None = None
    status_text: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class ReadReplyReq:
    """Somebody read a message of ours, or threw it away."""

    message_id: str
    status: str = MmStatus.READ
    recipient: Address | None = None
    sender: Address | None = None
    at: datetime | None = None
    status_text: str = ""


@dataclass(frozen=True, slots=True)
class SubmitReq:
    """A message of ours for subscribers."""

    recipients: tuple[Address, ...]
    sender: Address | None = None
    subject: str = ""
    vasp_id: str = ""
    vas_id: str = ""
    service_code: str = ""
    message_class: str = ""
    """Personal, Advertisement, Informational, Auto; empty leaves it out."""
    wants_delivery_report: bool = True
    wants_read_reply: bool = False
    priority: str = ""
    linked_id: str = ""
    expires_at: datetime | None = None
    sent_at: datetime | None = None
    content_href: str = ""
    """Content id of the part that is the content."""


@dataclass(frozen=True, slots=True)
class SubmitRsp:
    """The message centre took a message of ours, or did not."""

    status: Status
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class ErrorRsp:
    """An answer that nothing could be made of a request: RSErrorRsp, VASPErrorRsp."""

    status: Status


@dataclass(frozen=True, slots=True)
class ErrorReq:
    """The message centre tells us of an error (VASPErrorReq), or we it (RSErrorReq)."""

    status: Status
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class PlainRsp:
    """DeliverRsp, DeliveryReportRsp, ReadReplyRsp, and answers nobody described: a status."""

    name: str
    status: Status


@dataclass(frozen=True, slots=True)
class Fault:
    """A SOAP Fault."""

    code: str
    text: str
    status: Status | None = None
    """From its detail, where that holds an answer of MM7."""


Message = DeliverReq | DeliveryReportReq | ReadReplyReq | SubmitReq | SubmitRsp | ErrorRsp | ErrorReq | PlainRsp | Fault


@dataclass(frozen=True, slots=True)
class Spoken:
    """How an envelope was written, to be answered alike."""

    namespace: str = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
    version: str = "6.8.0"
    prefix: str = ""
    """Of the namespace's elements; empty makes it the default namespace."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope."""

    transaction_id: str
    message: Message
    spoken: Spoken
