"""Who may bring something to an MM7 connection; asked before a body is read.

What belongs here: address, certificate, user and password. What does not: what is brought (`way_in`).
"""

import hmac
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from recado.carriers.mm7.settings import Mm7Settings
from recado.carriers.networks import is_within

CERTIFICATE_HEADER: Final = "x-client-certificate"
"""Written by the proxy in front, which takes it away from everybody else (docs/howto/connect-mms.md)."""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Somebody may not come in."""

    http_status: int
    why: str


def look_at(request: Request, settings: Mm7Settings) -> TurnedAway | None:
    """Say why a caller may not come in; None where it may."""
    if settings.lets_anybody_in:
        return TurnedAway(403, "the connection lets nobody in: give it a password, allowed addresses or a certificate")
    if not is_within(request.client.host if request.client else "", settings.networks):
        return TurnedAway(403, "this address may not call")
    if settings.caller_certificate and not _are_same(request.headers.get(CERTIFICATE_HEADER, "").strip(), settings.caller_certificate):
        return TurnedAway(403, "another certificate is expected")
    if settings.receive_password:
        user, password = _basic(request.headers.get("authorization", ""))
        is_user, is_password = _are_same(user, settings.receive_user), _are_same(password, settings.receive_password)
        if not (is_user and is_password):
            return TurnedAway(401, "user or password is wrong")
    return None


def _basic(header: str) -> tuple[str, str]:
    scheme, _, given = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        decoded = b64decode(given.strip(), validate=True)
    except (Base64Error, ValueError):
        return "", ""
    user, _, password = decoded.decode("utf-8", "surrogateescape").partition(":")
    return user, password


def _are_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode("utf-8", "surrogateescape"))
