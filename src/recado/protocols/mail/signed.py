"""Addresses that only this installation can have made, of an answer, a bounce or an MMS.

`reply+<token>@…` names a conversation, `bounce+<token>@…` a job, `mms+<token>@…` a connection that MMS come over as mails, and
`mms+<token>+<number>@…` the number they are for as well. A token is the ids and a truncated HMAC-SHA256, in base32 because mail servers may
change capitals. Nothing is stored for it, and whoever holds one can use it until it expires; who may use it besides, is for `apps.mails`
and `server.mms_in` to say.
"""

import hashlib
import hmac
import re
from base64 import b32decode, b32encode
from binascii import Error as Base32Error
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MAC_LENGTH: Final = 10
"""Octets: 80 bits, which nobody guesses over SMTP."""
LONGEST_TOKEN: Final = 56
_NUMBER: Final = re.compile(r"[0-9]{3,15}")
_EPOCH: Final = date(2026, 1, 1)
_REPLY, _BOUNCE, _MMS = "reply", "bounce", "mms"
_COUNTS: Final = {_REPLY: 3, _BOUNCE: 1, _MMS: 2}
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


@dataclass(frozen=True, slots=True)
class MmsAddress:
    """Where a carrier mails the MMS of a connection to."""

    connection_id: int
    edition: int
    """Counts the addresses the connection has had; only the newest is good."""
    number: str = ""
    """Whose message it is, digits as the carrier wrote them; not signed. Empty where the mail itself has to say it."""


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

    def mms(self, address: MmsAddress) -> str:
        """Write the address for MMS of a connection, or of one number there."""
        written = self._write(_MMS, (address.connection_id, address.edition))
        return written.replace("@", f"+{address.number}@", 1) if address.number else written

    def read(self, address: str) -> ReplyAddress | BounceAddress | None:
        """Read an address that answers and bounces go to; None where this installation did not make it."""
        kind, token = self._parted(address)
        if kind not in {_REPLY, _BOUNCE}:
            return None
        numbers = self._open(kind, token)
        if numbers is None:
            return None
        if kind == _BOUNCE:
            return BounceAddress(numbers[0])
        return ReplyAddress(numbers[0], numbers[1], _EPOCH + timedelta(days=numbers[2]))

    def read_mms(self, address: str) -> MmsAddress | None:
        """Read an address that MMS come to; None where this installation did not make it, or what should be a number is none."""
        kind, rest = self._parted(address)
        token, plus, number = rest.partition("+")
        numbers = self._open(kind, token) if kind == _MMS else None
        if numbers is None or (plus and not _NUMBER.fullmatch(number)):
            return None
        return MmsAddress(numbers[0], numbers[1], number)

    def _parted(self, address: str) -> tuple[str, str]:
        """Return the kind and what stands behind it; nothing where the address is not at our domain."""
        local, at, domain = address.strip().lower().rpartition("@")
        kind, plus, rest = local.partition("+")
        return (kind, rest) if at and plus and domain.rstrip(".") == self.domain else ("", "")

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
        numbers = _unpack(payload)
        return numbers if len(numbers) == _COUNTS[kind] else None

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
