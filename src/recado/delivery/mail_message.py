"""Writes the mail that forwards a message: headers that mail programs thread by and that no robot answers, and a plain text.

Pure: values in, a message out. What belongs here: what the mail says. What does not: handing it over (`smtp_client`), who may answer it
(`apps.mails`). Nothing of a message can become a header: all that goes into one is made a single line first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from recado.core.mail_subject import beginning_of, subject_of
from recado.delivery.errors import DeliveryError
from recado.delivery.mail_files import Attachment, MailedMms
from recado.delivery.mail_words import MailWords, mail_words
from recado.protocols.mail.received import LOOP_HEADER, OWN_ID
from recado.protocols.mail.signed import AddressBook, BounceAddress, ReplyAddress

ANSWERABLE_FOR: Final = timedelta(days=180)
"""How long after a message a mail about it can be answered."""
DEFAULT_ZONE: Final = "Europe/Warsaw"
_POLICY: Final = SMTP.clone(cte_type="7bit")
"""Whatever a mail server understands, it can pass such a mail on."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who mails are from, and where answers go."""

    sender: str
    """`Name <address>` or an address."""
    panel: str
    """Where the panel is, without a slash at the end; empty: no links."""
    book: AddressBook | None = None
    """None: mails cannot be answered, and bounces go to the sender."""

    @property
    def name(self) -> str:
        """What the installation is called."""
        return parseaddr(self.sender)[0] or "Recado"

    @property
    def address(self) -> str:
        """Return the address alone."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """The domain of our ids."""
        return self.book.domain if self.book else self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail tells."""

    job_id: int
    account_id: int
    destination_id: int
    address: str
    subject: str
    """A template; empty: the usual subject."""
    phone: str
    number: str
    text: str
    received_at: datetime
    dialogue_id: int | None
    keyword: str = ""
    first_name: str = ""
    last_name: str = ""
    zone: str = DEFAULT_ZONE
    language: str = "pl"
    is_test: bool = False
    mms: MailedMms | None = None
    """None: it is no MMS."""

    @property
    def who(self) -> str:
        """The person's name, or the phone."""
        return f"{self.first_name} {self.last_name}".strip() or readable(self.phone)

    @property
    def can_be_answered(self) -> bool:
        """Whether there is a conversation with a phone; names and short codes take no answers."""
        return self.dialogue_id is not None and self.phone.isdecimal() and len(self.phone) > 6 and not self.is_test  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail ready to be handed over."""

    sender: str
    recipient: str
    message: EmailMessage


def write_mail(letter: Letter, identity: Identity, now: datetime) -> Envelope:
    """Write the mail; raise a permanent DeliveryError where it cannot be addressed. Another attempt writes the same id."""
    words = mail_words(letter.language)
    reply_to = _reply_to(letter, identity.book)
    mail = EmailMessage(policy=_POLICY)
    try:
        recipient = Address(addr_spec=letter.address)
        mail["From"] = Address(_one_line(words.via.format(who=letter.who, name=identity.name)), addr_spec=identity.address)
        mail["To"] = recipient
    except (ValueError, IndexError) as error:
        raise DeliveryError(f"{letter.address!r} is no e-mail address", permanent=True) from error
    mail["Subject"] = _subject(letter, words)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{OWN_ID}{letter.job_id}@{identity.domain}>"
    if letter.dialogue_id is not None:
        root = f"<{OWN_ID}{letter.dialogue_id}.{letter.destination_id}@{identity.domain}>"  # no mail of its own: all are answers to it
        mail["In-Reply-To"] = mail["References"] = root
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["List-Id"] = f"<forward-{letter.destination_id}.{identity.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail[LOOP_HEADER] = identity.domain
    mail.set_content(_text(letter, identity, words, can_be_answered=bool(reply_to)))
    for attachment in letter.mms.attached if letter.mms else ():
        _attach(mail, attachment)
    bounces = identity.book.bounce(BounceAddress(letter.job_id)) if identity.book else identity.address
    return Envelope(bounces, recipient.addr_spec, mail)


def readable(phone: str) -> str:
    """Write a phone as people do: `+48 501 222 333`; names and short codes stay as they are."""
    try:
        number = phonenumbers.parse(f"+{phone}") if phone.isdecimal() else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _reply_to(letter: Letter, book: AddressBook | None) -> str:
    if book is None or letter.dialogue_id is None or not letter.can_be_answered:
        return ""
    return book.reply(ReplyAddress(letter.account_id, letter.dialogue_id, (letter.received_at + ANSWERABLE_FOR).date()))


def _subject(letter: Letter, words: MailWords) -> str:
    values = {
        "sender": letter.who,
        "phone": readable(letter.phone),
        "first_name": letter.first_name,
        "last_name": letter.last_name,
        "number": readable(letter.number),
        "keyword": letter.keyword,
        "text": beginning_of(letter.text or (letter.mms.subject if letter.mms else "")),
    }
    subject = subject_of(letter.subject, values) or subject_of(words.subject_of_mms if letter.mms else words.subject, values)
    return f"[{words.test}] {subject}" if letter.is_test else subject


def _text(letter: Letter, identity: Identity, words: MailWords, *, can_be_answered: bool) -> str:
    phone = readable(letter.phone)
    about = [words.title.format(letter.mms.subject)] if letter.mms and letter.mms.subject else []
    about.append(words.person.format(f"{letter.who}, {phone}" if letter.who != phone else phone))
    about.append(words.number.format(readable(letter.number)))
    if letter.keyword:
        about.append(words.keyword.format(letter.keyword))
    about.append(words.received.format(f"{letter.received_at.astimezone(_zone(letter.zone)):%d.%m.%Y, %H:%M}"))
    ways = [words.answer if can_be_answered else words.no_answer]
    if identity.panel and letter.dialogue_id is not None and not letter.is_test:
        ways.append(words.open.format(f"{identity.panel}/inbox/{letter.dialogue_id}/"))
    files = _not_attached(letter.mms, words) if letter.mms else []
    blocks = [_printable(letter.text), "\n".join(map(_one_line, about)), "\n".join(map(_one_line, files)), "\n".join(ways)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _not_attached(mms: MailedMms, words: MailWords) -> list[str]:
    """Say what became of the files that the mail does not carry."""
    said = [words.linked] if mms.linked else []
    said += [f"{one.name} ({_size(one.size)}): {one.url}" if one.url else f"{one.name} ({_size(one.size)})" for one in mms.linked]
    return [*said, *map(words.infected.format, mms.infected), *map(words.gone.format, mms.gone)]


def _size(octets: int) -> str:
    return f"{octets / 1024 / 1024:.0f} MB" if octets >= 1024 * 1024 else f"{max(octets // 1024, 1)} kB"


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    main, slash, sub = attachment.type.partition("/")
    kind = (
        (main, sub)
        if slash and main.isalpha() and main not in {"multipart", "message"} and sub.isprintable()
        else ("application", "octet-stream")
    )
    mail.add_attachment(attachment.content.read(), maintype=kind[0], subtype=kind[1], filename=_one_line(attachment.name))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(DEFAULT_ZONE)


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _printable(text: str) -> str:
    """Return text without what a mail cannot hold: control characters and halves of characters."""
    return "".join(letter for letter in text.replace("\r\n", "\n").replace("\r", "\n") if letter.isprintable() or letter in "\n\t")
