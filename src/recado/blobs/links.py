"""Signed, expiring names of contents, for whoever may not ask a database: a token says which content, in which form, until when.

What belongs here: making and reading tokens. What does not: addresses and who may have one (`apps.media.links`, `delivery`). Pure.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

_MAC = 16


class Variant(StrEnum):
    """In which form a content is shown."""

    ORIGINAL = "original"
    PREVIEW = "preview"
    """A small picture."""
    STRIPPED = "stripped"
    """The picture without what it tells about place and phone."""


class LinkError(ValueError):
    """It is no token of ours."""


class LinkExpiredError(LinkError):
    """It was one."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a token names."""

    sha256: str
    content_type: str
    account_id: int
    variant: Variant


class Links:
    """Makes and reads tokens with one key."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(b"recado-media\0" + secret.encode()).digest()

    def path(self, linked: Linked, name: str, until: int) -> str:
        """Return the path of an address; `until` in seconds since 1970."""
        written = json.dumps([linked.sha256, linked.content_type, linked.account_id, linked.variant.value, until], separators=(",", ":"))
        payload = written.encode()
        token = urlsafe_b64encode(self._mac(payload) + payload).rstrip(b"=").decode("ascii")
        return f"/media/{token}/{quote(plain(name), safe='')}"

    def read(self, token: str, now: float) -> Linked:
        """Read a token; raise LinkError."""
        try:
            octets = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (Base64Error, ValueError) as error:
            raise LinkError("no link of ours") from error
        mac, payload = octets[:_MAC], octets[_MAC:]
        if not hmac.compare_digest(mac, self._mac(payload)):
            raise LinkError("no link of ours")
        sha256, content_type, account_id, variant, until = json.loads(payload)
        if now > until:
            raise LinkExpiredError("expired")
        return Linked(sha256, content_type, account_id, Variant(variant))

    def _mac(self, payload: bytes) -> bytes:
        return hmac.new(self._key, payload, hashlib.sha256).digest()[:_MAC]


def plain(name: str) -> str:
    """Return a name that stands in an address: letters, digits, and what names of files have."""
    kept = "".join(char if char.isalnum() or char in "._-" else "_" for char in name[-80:]).strip("._")
    return kept or "file"
