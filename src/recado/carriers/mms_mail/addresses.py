"""Who sent an MMS that came as a mail, for which numbers it is, and by whose gateway.

What belongs here: headers with addresses in them. What does not: which of the numbers is one of ours (`server.mms_in`).
"""

from collections.abc import Iterator, Mapping
from email.utils import getaddresses
from typing import Final

from recado.carriers.mms_mail.dialects import Dialect
from recado.core.mms_given import plain_address
from recado.protocols.mm7.headers import decoded_words, storable

_SENDERS: Final = ("x-mms-from", "x-mms-sender", "from", "sender", "reply-to", "return-path")
_RECIPIENTS: Final = ("x-mms-to", "x-mms-recipient", "to", "x-original-to", "delivered-to", "cc")
_FROM_WHERE: Final = ("from", "sender", "return-path", "message-id")
_LONGEST: Final = 2000
"""Characters of a header that are looked into."""
_DIGITS: Final = range(3, 16)
"""How many a number may have (ITU-T E.164)."""


def sender_of(headers: Mapping[str, str], envelope_sender: str, dialect: Dialect) -> str:
    """Return the phone as digits with the country's; where there is none, the name in the address; empty where nobody is named."""
    written = [one for name in _SENDERS for one in _written(headers, name)] + [envelope_sender]
    plain = [one for one in map(plain_address, written) if one]
    phone = next((one for one in plain if is_phone(one)), "")
    if phone and len(phone) == dialect.national_digits and not phone.startswith("0"):
        return dialect.country + phone
    return phone or storable(plain[0] if plain else "")


def numbers_of(headers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the numbers a mail says it is for, each once, those first that are said most plainly."""
    found = (plain_address(one) for name in _RECIPIENTS for one in _written(headers, name))
    return tuple(dict.fromkeys(one for one in found if is_phone(one)))


def domains_of(headers: Mapping[str, str], envelope_sender: str) -> tuple[str, ...]:
    """Return the domains of whoever mailed it, lower case."""
    written = [one for name in _FROM_WHERE for one in _written(headers, name)] + [envelope_sender]
    return tuple(one.rpartition("@")[2].strip("<> .").lower() for one in written if "@" in one)


def is_phone(plain: str) -> bool:
    """Say whether it is digits alone, as many as a number has."""
    return plain.isascii() and plain.isdigit() and len(plain) in _DIGITS


def _written(headers: Mapping[str, str], name: str) -> Iterator[str]:
    """Return the addresses of a header, and the names beside them; a number without a domain as well."""
    value = decoded_words(headers.get(name, "")[:_LONGEST])
    if not value.strip():
        return
    if "@" not in value:
        yield value
        return
    for shown, address in getaddresses([value]):
        yield address
        yield shown
