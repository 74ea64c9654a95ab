"""Reads what a mail server reports about a mail that did not arrive (RFC 3464), or says in plain words.

What belongs here: whether it is over, and what the server said. What does not: what follows for the destination (`apps.mails.bounces`).
"""

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import Final

_CODE: Final = re.compile(r"(?<![\d.])([45])\.[0-7]\.\d{1,3}(?!\.?\d)")
"""An enhanced code, and neither a day such as 5.12.26 nor the address of a machine."""
_GONE: Final = re.compile(r"^5\.(?:1\.(?:[0-36]|10)|2\.1|4\.4|7\.27)$")
"""Enhanced codes (RFC 3463, RFC 7505) about the mailbox, whatever the mail: unknown, moved, switched off, no such host."""
_NO_SUCH_BOX: Final = re.compile(
    r"(?i)user unknown|unknown user|no such (?:user|mailbox|recipient)|mailbox (?:unavailable|not found|disabled)"
)
_WORDS = 200


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of a mail."""

    is_permanent: bool
    status: str
    """The enhanced code, such as `5.1.1`; empty where none is given."""
    words: str
    """What the server said, in one line."""

    @property
    def is_about_the_mailbox(self) -> bool:
        """Whether no other mail would arrive there either."""
        return self.is_permanent and is_about_the_mailbox(self.status, self.words)


def is_about_the_mailbox(status: str, words: str) -> bool:
    """Say whether a refusal means that the mailbox takes no mail at all; a full one or a mail that is not liked is something else."""
    return bool(_GONE.match(status)) or (status in {"", "5.0.0"} and bool(_NO_SUCH_BOX.search(words)))


def read_bounce(mail: EmailMessage) -> Bounce | None:
    """Read a report; None where the mail says nothing about a delivery. Of several recipients the worst counts; we write to one."""
    found = [
        _from_fields(fields) for part in mail.walk() if part.get_content_type() == "message/delivery-status" for fields in _groups(part)
    ]
    told = [bounce for bounce in found if bounce is not None]
    if told:
        return max(told, key=lambda bounce: bounce.is_permanent)
    return _from_words(mail)


def _groups(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _from_fields(fields: Message) -> Bounce | None:
    action = str(fields.get("Action", "")).strip().lower()
    if not action:
        return None
    status = storable(str(fields.get("Status", ""))).strip().split(" ", 1)[0]
    words = str(fields.get("Diagnostic-Code", "")) or status or action
    return Bounce(action == "failed" and not status.startswith("4"), status, _one_line(words.removeprefix("smtp;")))


def _from_words(mail: EmailMessage) -> Bounce | None:
    """Find a code in a report of a server that knows no other form."""
    body = mail.get_body(("plain",))
    try:
        text = str(body.get_content()) if body is not None else ""
    except (LookupError, ValueError):
        return None
    code = _CODE.search(text)
    if code is None and not _NO_SUCH_BOX.search(text):
        return None
    line = next((each for each in text.splitlines() if _CODE.search(each) or _NO_SUCH_BOX.search(each)), "")
    return Bounce(code is None or code[1] == "5", code[0] if code else "", _one_line(line))


def _one_line(text: str) -> str:
    return " ".join(storable(text).split())[:_WORDS]


def storable(text: str) -> str:
    """Return text without what no database takes: NUL, and halves of characters; a mail may hold any octet and is taken all the same."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
