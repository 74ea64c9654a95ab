"""What a mailed MMS says (docs/reference/mms-by-mail.md): a message, and for which numbers it may be.

What belongs here: putting together what the other modules read, subjects and ids. What does not: any of them.
"""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Final

from recado.carriers.mms_mail.addresses import domains_of, numbers_of, sender_of
from recado.carriers.mms_mail.dialects import GENERIC, Dialect, dialect_of, matches
from recado.carriers.mms_mail.files import sort
from recado.carriers.mms_mail.parts import Mail, take_apart
from recado.core.mms_given import GivenMms
from recado.protocols.mm7.headers import decoded_words, storable

LONGEST_ID: Final = 80
"""Of what is stored to recognise a repeat."""
_LONGEST_SUBJECT: Final = 1000
_IDS: Final = ("x-mms-message-id", "x-mms-transaction-id", "message-id")


@dataclass(frozen=True, slots=True)
class MailedMms:
    """A message that came as a mail."""

    given: GivenMms
    """Its `recipient` is empty, and its id is that of the mail."""
    numbers: tuple[str, ...]
    """For which numbers it is by its headers; may be empty."""
    head: bytes = field(repr=False)
    """The headers as they came."""

    def to(self, number: str) -> GivenMms:
        """Return the message as one for a number; a mail for several comes once for each, with the same id."""
        identity = f"{self.given.transaction_id} {number}"
        if len(identity) > LONGEST_ID:
            identity = hashlib.sha256(identity.encode()).hexdigest()
        return replace(self.given, recipient=number, transaction_id=identity)


def read_mailed(octets: bytes, envelope_sender: str) -> MailedMms:
    """Read a mail as it came over the wire; raises MailFormatError where it is more than is taken, nothing else."""
    mail = take_apart(octets)
    dialect = dialect_of(domains_of(mail.headers, envelope_sender))
    subject, is_left_out = _subject(mail, dialect)
    found = sort(mail.parts, dialect)
    flags = (
        *(f"mms_part_{problem}" for problem in mail.problems),
        *([f"mms_operator_subject_left_out: {subject}"] if is_left_out else []),
        *found.flags,
    )
    sender = sender_of(mail.headers, envelope_sender, dialect)
    given = GivenMms(_id(mail), sender, "", "" if is_left_out else subject, found.text, found.files, found.slides, flags)
    return MailedMms(given, numbers_of(mail.headers), mail.head)


def _subject(mail: Mail, dialect: Dialect) -> tuple[str, bool]:
    """Return the subject, and whether the operator wrote it because the person wrote none."""
    subject = " ".join(storable(decoded_words(mail.headers.get("subject", ""))).split())[:_LONGEST_SUBJECT]
    return subject, matches(subject, dialect.subjects, GENERIC.subjects)


def _id(mail: Mail) -> str:
    """Return by what a repeat is recognised: what the gateway calls the message, else what the mail is called, else what is in it."""
    for name in _IDS:
        if given := storable(mail.headers.get(name, "")).strip(' <>"'):
            return given
    digest = hashlib.sha256()
    for name in ("from", "date", "subject"):
        digest.update(mail.headers.get(name, "").encode("utf-8", "surrogatepass") + b"\0")
    for part in mail.parts:
        digest.update(hashlib.sha256(part.content).digest())
    return f"sha256.{digest.hexdigest()}"
