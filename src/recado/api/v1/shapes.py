"""Types that requests and answers of all resources are made of.

What belongs here: what a value may be, once for all. What does not: the shape of a single resource.
"""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, WithJsonSchema

from recado.apps.contacts.phone import parse_msisdn

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _storable(value: str) -> str:
    """Refuse what databases do not take."""
    if "\0" in value:
        raise ValueError("must not contain the character NUL")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("must not contain half a surrogate pair") from error
    return value


def _not_blank(value: str) -> str:
    """Refuse what is nothing once blanks are taken away, those that patterns do not know included."""
    if not value.strip():
        raise ValueError("must not be blank")
    return value


def _msisdn(value: object) -> str:
    """Read a phone; return the digits of its E.164 form."""
    digits = parse_msisdn(value) if isinstance(value, str) else None
    if digits is None:
        raise ValueError("is no phone number; write it as +48500600700")
    return digits


def _possible(value: datetime) -> datetime:
    if not EARLIEST <= value < LATEST:
        raise ValueError(f"must lie between {EARLIEST:%Y} and {LATEST:%Y}")
    return value


Id = Annotated[int, Field(ge=1, lt=2**53)]
"""Below 2^53, so that JavaScript can hold it."""
Text = Annotated[str, AfterValidator(_storable)]
"""Add a length: `Annotated[Text, Field(max_length=100)]`."""
NotBlank = AfterValidator(_not_blank)
"""Beside a pattern such as `\\S`, which programs read: `Annotated[Text, NotBlank, Field(max_length=100, pattern=r"\\S")]`."""
_PHONE_SCHEMA = {"type": "string", "pattern": r"^\+[1-9][0-9]{7,14}$", "examples": ["+48500600700"]}
PhoneIn = Annotated[str, BeforeValidator(_msisdn), WithJsonSchema(_PHONE_SCHEMA)]
"""A phone in a request; the value is its digits, as everywhere inside."""
Search = Annotated[Text, Field(max_length=200)]
"""Words to find."""
Moment = Annotated[AwareDatetime, AfterValidator(_possible)]
"""A moment with its offset from UTC, in a request."""


def phone_out(digits: str) -> str:
    """Write a phone in an answer: E.164 with `+`; names and short codes as they are."""
    return f"+{digits}" if digits.isdigit() and len(digits) > _LONGEST_SHORT_CODE else digits


_LONGEST_SHORT_CODE = 6
