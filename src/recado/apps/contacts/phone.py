"""Phone numbers as people and programs write them, turned into digits and back.

What belongs here: reading and showing one number. What does not: what a carrier hands over (that is taken as it comes) and which of our
numbers exist. Written forms: provider-api.md §5.
"""

import re

import phonenumbers

_LONGEST_SHORT_CODE = 6
_SHORTEST_MSISDN = 7
_WRITING = re.compile(r"[\s().\-/]+")
_ALPHANUMERIC_SENDER = re.compile(r"(?=.*[^\W\d_])[\w .&\-]{2,11}", re.ASCII)
_SHORT_CODE = re.compile(r"[0-9]{3,6}")


def parse_msisdn(text: str, default_region: str = "PL") -> str | None:
    """Read a phone number: international digits without `+`, or None if no phone can have it.

    `+48 500 600 700`, `0048500600700`, `48500600700` and the national `500600700` are the same number.
    """
    compact = _WRITING.sub("", text.strip())
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    digits = compact.removeprefix("+")
    if not digits.isascii() or not digits.isdecimal() or len(digits) <= _LONGEST_SHORT_CODE:
        return None
    if compact.startswith("+"):
        return _read(compact, None)
    return _read(digits, default_region) or _read(f"+{digits}", None)


def parse_address(text: str, default_region: str = "PL") -> str | None:
    """Read what a message can come from or go to: a phone number, a short code (`4301`) or a name (`MyBank`)."""
    stripped = text.strip()
    if _SHORT_CODE.fullmatch(stripped) or _ALPHANUMERIC_SENDER.fullmatch(stripped):
        return stripped
    return parse_msisdn(text, default_region)


def to_e164(address: str) -> str:
    """Show a stored address as programs expect it: `+48500600700`; short codes and names stay as they are."""
    if address.isascii() and address.isdecimal() and len(address) >= _SHORTEST_MSISDN:
        return f"+{address}"
    return address


def for_people(digits: str) -> str:
    """Write a phone as people do: `+48 604 218 377`; names and short codes stay as they are."""
    if not digits.isdecimal() or len(digits) <= _SHORTEST_MSISDN:
        return digits
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return f"+{digits}"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _read(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or not (region is None or _is_national(number, region)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")


def _is_national(number: phonenumbers.PhoneNumber, region: str) -> bool:
    """Whether a number read as one of the region is one: in use, or as long as those are (new ranges open all the time)."""
    example = phonenumbers.example_number(region)
    usual = example is not None and len(str(number.national_number)) == len(str(example.national_number))
    return usual or phonenumbers.is_valid_number(number)
