"""What the subject of a mail looks like once its placeholders are filled in, for a form, and whether mails can be answered.

What belongs here: a picture of it, the same as `delivery.mail_message` writes (a test compares them). What does not: the mail itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
from django.conf import settings

from recado.apps.accounts.models import Account
from recado.core.mail_subject import beginning_of, subject_of, unknown_places, usual_subject

FIRST_NAME, LAST_NAME, KEYWORD = "Anna", "Nowak", "OGRODNIK"
"""Of the sample, which has all that a subject can tell."""


@dataclass(frozen=True, slots=True)
class ShownSubject:
    """A subject as it would be written."""

    line: str
    unknown: tuple[str, ...] = ()
    """Placeholders nothing is filled in for, in their braces."""


def mails_can_be_answered() -> bool:
    """Say whether this installation takes mails, so that an answer to a forwarded one becomes a text."""
    return settings.RECADO.mail_listen is not None


def shown_subject(account: Account, template: str, sample: Mapping[str, str]) -> ShownSubject:
    """Fill a template in with a sample message; an empty one with the usual words."""
    values = {
        "sender": f"{FIRST_NAME} {LAST_NAME}",
        "phone": _readable(sample["sender"]),
        "first_name": FIRST_NAME,
        "last_name": LAST_NAME,
        "number": _readable(sample["recipient"]),
        "keyword": KEYWORD,
        "text": beginning_of(sample["text"]),
    }
    line = subject_of(template, values) or subject_of(usual_subject(account.language), values)
    return ShownSubject(line, tuple(f"{{{name}}}" for name in unknown_places(template)))


def _readable(digits: str) -> str:
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return digits
    is_phone = phonenumbers.is_possible_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if is_phone else digits
