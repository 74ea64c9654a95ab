"""Reads a mail that came in: who wrote it, what they wrote themselves, and whether a person did.

Never fails because of what a mail holds: what cannot be decoded is read as well as it can be. What belongs here: headers and parts.
What does not: who may answer (`apps.mails`), quotes (`quotes`), reports (`bounces`).
"""

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import parseaddr
from enum import StrEnum
from typing import Final

from recado.protocols.mail.bounces import Bounce, read_bounce, storable
from recado.protocols.mail.html_text import text_of
from recado.protocols.mail.quotes import own_words

LOOP_HEADER: Final = "X-Recado-Loop"
"""In every mail we send; whatever comes back with it is one of ours."""
OWN_ID: Final = "recado."
"""What the ids of our mails begin with."""
_POLICY: Final = SMTP.clone(refold_source="none")
_BULK: Final = frozenset({"bulk", "list", "junk", "auto_reply"})
_RESPONDERS: Final = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-response", "x-mail-autoreply")
# X-Auto-Response-Suppress is not among them: it asks others for silence, and companies' servers put it into mails that people write.
_ABSENT: Final = re.compile(
    r"(?i)^\W*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|autoreply|automatyczna odpowied[źz]"
    r"|odpowied[źz] automatyczna|autoodpowied[źz]|poza biurem|nieobecno[śs][ćc]|undeliver(?:ed|able)|delivery (?:status|failure))"
)
_ADDRESS: Final = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")
_QUOTED: Final = re.compile(r'"[^"]*"')
_LONGEST_HEADER: Final = 998
_LONGEST_HEAD: Final = 256 * 1024
_LONGEST_BODY: Final = 200_000
"""Characters looked at; an answer that fits into an SMS stands at their beginning."""


class Automatic(StrEnum):
    """How a mail says that no person wrote it."""

    AUTO_SUBMITTED = "auto_submitted"
    BULK = "bulk"
    LIST = "list"
    RESPONDER = "responder"
    NO_ENVELOPE_SENDER = "no_envelope_sender"
    REPORT = "report"
    ABSENCE = "absence"
    LOOP = "loop"
    """It is one of our own."""


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """What we make of a mail."""

    message_id: str
    """As the header says, without brackets; where there is none, made of the content."""
    sender: str
    """The address it says it is from, lower case; empty where there is not exactly one."""
    subject: str
    text: str
    """The person's own words; empty where there are none."""
    automatic: Automatic | None
    bounce: Bounce | None
    authentication: tuple[str, ...]
    """Every `Authentication-Results`, as written, the newest first."""


def read_mail(octets: bytes, envelope_sender: str, our_domain: str) -> ReceivedMail:
    """Read a mail as it came over the wire."""
    mail = _parsed(octets)
    message_id = storable(_header(mail, "Message-ID")).strip("<> ") or "sha256." + hashlib.sha256(octets).hexdigest()
    return ReceivedMail(
        message_id=message_id[:255],
        sender=_author(mail),
        subject=" ".join(storable(_header(mail, "Subject")).split())[:200],
        text=own_words(storable(_body(mail))),
        automatic=_automatic(mail, envelope_sender, message_id, our_domain),
        bounce=read_bounce(mail),
        authentication=tuple(_headers(mail, "Authentication-Results")),
    )


def _parsed(octets: bytes) -> EmailMessage:
    """Take a mail apart; of one that is nothing but parts in parts, or endless headers, only what can be read in bounded time."""
    head, blank, body = octets.partition(b"\r\n\r\n")
    bounded = head[:_LONGEST_HEAD] + blank + body
    try:
        mail = message_from_bytes(bounded, policy=_POLICY)
        for _ in mail.walk():
            pass
    except RecursionError:
        return BytesHeaderParser(policy=_POLICY).parsebytes(bounded)
    return mail


def _automatic(mail: EmailMessage, envelope_sender: str, message_id: str, our_domain: str) -> Automatic | None:
    submitted = _header(mail, "Auto-Submitted").split(";")[0].strip().lower()
    told = {
        Automatic.LOOP: bool(_header(mail, LOOP_HEADER)) or _is_ours(message_id, our_domain),
        Automatic.REPORT: mail.get_content_type() in {"multipart/report", "message/delivery-status"},
        Automatic.AUTO_SUBMITTED: submitted not in {"", "no"},
        Automatic.NO_ENVELOPE_SENDER: not envelope_sender.strip("<> "),
        Automatic.BULK: _header(mail, "Precedence").strip().lower() in _BULK,
        Automatic.LIST: bool(_header(mail, "List-Id") or _header(mail, "List-Unsubscribe")),
        Automatic.RESPONDER: any(_header(mail, name) for name in _RESPONDERS),
        Automatic.ABSENCE: bool(_ABSENT.match(_header(mail, "Subject"))),
    }
    return next((reason for reason, is_told in told.items() if is_told), None)


def _is_ours(message_id: str, our_domain: str) -> bool:
    """Whether we gave the id; colleagues may write from the same domain."""
    return message_id.lower().startswith(OWN_ID) and message_id.lower().endswith(f"@{our_domain.lower()}")


def _author(mail: EmailMessage) -> str:
    """Return the one address of From; several, or two headers, are nobody's, because programs disagree on which they show."""
    written = [str(value)[:_LONGEST_HEADER] for name, value in mail.raw_items() if name.lower() == "from"]
    if len(written) != 1:
        return ""
    address = parseaddr(written[0])[1].lower()
    local, at, domain = address.rpartition("@")
    is_one = set(_ADDRESS.findall(_QUOTED.sub("", written[0].lower()))) == {address}
    return address if local and at and domain and is_one and address.isprintable() and " " not in address else ""


def _body(mail: EmailMessage) -> str:
    """Return the text to read: plain where there is some, else that of the HTML."""
    plain = _content(mail.get_body(("plain",)))
    if plain.strip():
        return plain
    return text_of(_content(mail.get_body(("html",))))


def _content(part: MIMEPart | None) -> str:
    if part is None:
        return ""
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    try:
        text = octets.decode(part.get_content_charset("utf-8"), "replace")[:_LONGEST_BODY]
    except (LookupError, ValueError):  # a character set nobody knows, or one that some codec of Python's breaks at
        text = octets.decode("utf-8", "replace")[:_LONGEST_BODY]
    is_flowed = str(part.get_param("format", "")).lower() == "flowed"
    return _unflowed(text, deletes=str(part.get_param("delsp", "")).lower() == "yes") if is_flowed else text


def _unflowed(text: str, *, deletes: bool) -> str:
    """Join the lines that RFC 3676 only breaks for display."""
    joined: list[str] = []
    is_open = False
    for line in text.replace("\r\n", "\n").split("\n"):
        is_quoted = line.startswith(">")
        own = line if is_quoted else line.removeprefix(" ")
        if is_open and not is_quoted and line != "-- ":
            joined[-1] += own
        else:
            joined.append(own)
        is_open = line.endswith(" ") and line != "-- " and not is_quoted
        if is_open and deletes:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)


def _header(mail: EmailMessage, name: str) -> str:
    return next(iter(_headers(mail, name)), "")


def _headers(mail: EmailMessage, name: str) -> list[str]:
    """Return the values of a header; one that cannot be parsed counts as it is written."""
    try:
        return [str(value)[:_LONGEST_HEADER] for value in mail.get_all(name, [])]
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):  # what the standard library raises at broken headers
        wanted = name.lower()
        return [str(value)[:_LONGEST_HEADER] for key, value in mail.raw_items() if key.lower() == wanted]
