"""Which operator a phone is of, by the range its number was given out from; of phones from abroad, which country.

Who takes the number along to another operator keeps the range, so this says where numbers come from, not who serves them now: that only
the operators know. What belongs here: the name that is counted by, and its words. What does not: counting.
"""

from functools import lru_cache

import phonenumbers
from django.utils.translation import gettext
from phonenumbers import carrier

from recado.apps.statistics.countries import COUNTRIES

HOME = "PL"
"""Phones of this country are told apart by operator."""
ABROAD = "@"
"""Stands before the code of a country."""
UNKNOWN = ""
_LONGEST = 32


_HOME_CODE, _HOME_DIGITS, _RANGE_DIGITS = "48", 11, 8
"""How phones of HOME begin, how long they are, and how many digits of a number say whose range it is of."""


def operator_of(phone: str) -> str:
    """Return the operator's name, `@` and a country's code, or nothing where neither is known."""
    if phone.startswith(_HOME_CODE) and len(phone) == _HOME_DIGITS and phone.isdecimal():
        return _of_range(phone[:_RANGE_DIGITS])
    return _looked_up(phone)


@lru_cache(maxsize=10_000)
def _of_range(beginning: str) -> str:
    """Return the operator of a range: there are few, and looking one up costs more than all else that is done with a message."""
    return _looked_up(beginning.ljust(_HOME_DIGITS, "0"))


def _looked_up(phone: str) -> str:
    try:
        number = phonenumbers.parse(f"+{phone}") if phone.isdecimal() else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None:
        return UNKNOWN
    region = phonenumbers.region_code_for_number(number)
    if region is None:
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(number.country_code or 0, ())
        region = regions[0] if len(regions) == 1 else UNKNOWN
    if region == HOME:
        name: str = carrier.name_for_number(number, "en")
        return name[:_LONGEST]
    return ABROAD + region if region and region != "001" else UNKNOWN


def shown(operator: str) -> str:
    """Return what people read: a name, or a country in their language."""
    if not operator.startswith(ABROAD):
        return operator
    code = operator.removeprefix(ABROAD)
    return gettext(COUNTRIES[code]) if code in COUNTRIES else f"+{phonenumbers.country_code_for_region(code)} ({code})"
