"""Addresses of SMPP as digits and back: kinds of numbers, numbering plans, prefixes (SMPP 3.4 §5.2.5, §5.2.6).

Which number belongs to whom is none of this module's business.
"""

from typing import Final

from recado.protocols.smpp.constants import Npi, Ton

# Plain integers: reading an enum's member costs more than all the rest of reading an address.
_ALPHANUMERIC: Final = int(Ton.ALPHANUMERIC)
_NATIONAL: Final = int(Ton.NATIONAL)
LONGEST_SHORT_CODE: Final = 6
LONGEST_NAME: Final = 11
LONGEST_KEPT: Final = 32
"""Characters of an address that are stored; the whole stays in the raw octets."""

Address = tuple[int, int, str]
"""TON, NPI, digits or name."""


def address_of(given: str) -> Address:
    """Write one of our senders or a phone as an address: a name, a short code or an international number."""
    digits = given.removeprefix("+")
    if not digits.isascii() or not digits.isdigit():
        name = given.encode("latin-1", "replace").decode("latin-1")
        return Ton.ALPHANUMERIC, Npi.UNKNOWN, name[:LONGEST_NAME]
    if len(digits) <= LONGEST_SHORT_CODE:
        return Ton.NETWORK_SPECIFIC, Npi.UNKNOWN, digits
    return Ton.INTERNATIONAL, Npi.ISDN, digits


def digits_of(ton: int, given: str, national_prefix: str) -> str:
    """Read an address as digits without `+` or `00`; names and odd kinds stay as the carrier gave them."""
    if ton == _ALPHANUMERIC:
        return given[:LONGEST_KEPT]
    if given.startswith(("+", "00")):
        given = given[1:] if given[0] == "+" else given[2:] if given.isdigit() else given
    elif ton == _NATIONAL and national_prefix and given.isdigit() and len(given) > LONGEST_SHORT_CODE:
        given = national_prefix + given.removeprefix("0")
    return given[:LONGEST_KEPT]
