"""Addresses that only this installation can have made: `reply+<token>@…` names a conversation, `bounce+<token>@…` a job.

A token is the ids and a truncated HMAC-SHA256, in base32 because mail servers may change capitals. Nothing is stored for it, and whoever
holds one can use it until it expires; who may use it besides, is for `apps.mails` to say.
"""

import hashlib
import hmac
from base64 import b32decode, b32encode
from binascii import Error as Base32Error
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MAC_LENGTH: Final = 10
"""Octets: 80 bits, which nobody guesses over SMTP."""
LONGEST_TOKEN: Final = 56
_EPOCH: Final = date(2026, 1, 1)
_REPLY, _BOUNCE = "reply", "bounce"
_COUNTS: Final = {_REPLY: 3, _BOUNCE: 1}
"""How many numbers each kind of token holds."""
_LARGEST = 1 << 63


@dataclass(frozen=True, slots=True)
class ReplyAddress:
    """Where answers of one conversation go."""

    account_id: int
    dialogue_id: int
    expires_on: date
    """The last day on which it is good."""


@dataclass(frozen=True, slots=True)
class BounceAddress:
    """Where a mail server reports that a mail did not arrive."""

    job_id: int


class AddressBook:
    """Makes and reads the signed addresses of one installation at one domain."""

    def __init__(self, secret: str, domain: str) -> None:
        """`secret` is the installation's; a key for addresses alone is derived from it."""
        self._key = hmac.digest(secret.encode(), b"recado: signed mail addresses", hashlib.sha256)
        self.domain = domain.lower()

    def reply(self, address: ReplyAddress) -> str:
        """Write the address of a conversation."""
        return self._write(_REPLY, (address.account_id, address.dialogue_id, (address.expires_on - _EPOCH).days))

    def bounce(self, address: BounceAddress) -> str:
        """Write the address for a job's bounces."""
        return self._write(_BOUNCE, (address.job_id,))

    def read(self, address: str) -> ReplyAddress | BounceAddress | None:
        """Read an address; None where this installation did not make it."""
        local, at, domain = address.strip().lower().rpartition("@")
        kind, plus, token = local.partition("+")
        if not at or not plus or domain.rstrip(".") != self.domain or kind not in _COUNTS:
            return None
        numbers = self._open(kind, token)
        if numbers is None or len(numbers) != _COUNTS[kind]:
            return None
        if kind == _BOUNCE:
            return BounceAddress(numbers[0])
        return ReplyAddress(numbers[0], numbers[1], _EPOCH + timedelta(days=numbers[2]))

    def _write(self, kind: str, numbers: Iterable[int]) -> str:
        payload = b"".join(map(_pack, numbers))
        return f"{kind}+{_encode(payload + self._mac(kind, payload))}@{self.domain}"

    def _open(self, kind: str, token: str) -> list[int] | None:
        if len(token) > LONGEST_TOKEN:
            return None
        try:
            octets = b32decode(token.upper() + "=" * (-len(token) % 8))
        except (Base32Error, ValueError):
            return None
        payload, mac = octets[:-MAC_LENGTH], octets[-MAC_LENGTH:]
        if not payload or _encode(octets) != token or not hmac.compare_digest(mac, self._mac(kind, payload)):
            return None
        return _unpack(payload)

    def _mac(self, kind: str, payload: bytes) -> bytes:
        return hmac.digest(self._key, kind.encode() + b"\0" + payload, hashlib.sha256)[:MAC_LENGTH]


def _encode(octets: bytes) -> str:
    return b32encode(octets).decode().rstrip("=").lower()


def _pack(number: int) -> bytes:
    """Write a number seven bits an octet, so that small ones are short."""
    if not 0 <= number < _LARGEST:
        raise ValueError(f"{number} is no id")
    octets = bytearray()
    while number > 127:  # noqa: PLR2004  # seven bits
        octets.append(number & 127 | 128)
        number >>= 7
    octets.append(number)
    return bytes(octets)


def _unpack(octets: bytes) -> list[int]:
    """Read what `_pack` wrote; the signature says that it was."""
    numbers, number, shift = [], 0, 0
    for octet in octets:
        number |= (octet & 127) << shift
        shift += 7
        if octet < 128:  # noqa: PLR2004  # the last octet of a number
            numbers.append(number)
            number = shift = 0
    return numbers
