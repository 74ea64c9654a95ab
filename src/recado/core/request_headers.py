"""Headers that a customer adds to the requests of a destination: which may be added, and how.

Pure: shared by forms, services and delivery, so that what may be saved is what is sent. What does not belong here: our own headers
(`delivery`).
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

_OURS: Final = (
    "accept",
    "accept-encoding",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "host",
    "user-agent",
    "x-twilio-signature",
)
_HOP_BY_HOP: Final = ("connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "via")
_OF_PROXIES: Final = ("proxy-authenticate", "proxy-authorization", "proxy-connection")
RESERVED: Final = frozenset({*_OURS, *_HOP_BY_HOP, *_OF_PROXIES})
"""Ours, or about the connection and not about the request."""
RESERVED_PREFIX: Final = "webhook-"
LONGEST_NAME: Final = 100
LONGEST_VALUE: Final = 1000
MOST: Final = 20
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[\x20-\x7e\t]*")
_SECRET: Final = re.compile(r"(?i)auth|token|secret|passw|haslo|key|cookie|signature|session|credential")
_SHOWN: Final = frozenset({"webhook-signature", "x-twilio-signature"})
"""Signatures give nothing away."""
HIDDEN: Final = "***"


class HeaderFault(StrEnum):
    """Why a header cannot be added."""

    RESERVED = "reserved"
    NAME = "name"
    """It has signs that names of headers have not, or is too long."""
    VALUE = "value"
    """It has signs besides printable ASCII, or is too long."""


def header_fault(name: str, value: str) -> HeaderFault | None:
    """Say why a header cannot be added; None where it can."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        return HeaderFault.NAME
    if name.lower() in RESERVED or name.lower().startswith(RESERVED_PREFIX):
        return HeaderFault.RESERVED
    return None if _VALUE.fullmatch(value) and len(value) <= LONGEST_VALUE else HeaderFault.VALUE


def usable(headers: Mapping[str, object]) -> dict[str, str]:
    """Return those of stored headers that can be sent, names in lower case."""
    written = [(name, value.strip()) for name, value in headers.items() if isinstance(value, str)]
    return {name.lower(): value for name, value in written if header_fault(name, value) is None}


def without_secret(name: str, value: str) -> str:
    """Return the value of a header as it may be kept: hidden where its name says that it is a secret."""
    return HIDDEN if _is_secret(name) else value


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return _SECRET.search(name) is not None and name.lower() not in _SHOWN
