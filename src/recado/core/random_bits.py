"""A deterministic source of random numbers that anybody can run again: HMAC-DRBG with SHA-256 (NIST SP 800-90A Rev. 1, 10.1.2).

What belongs here: the generator, and unbiased numbers below a limit. What does not: where a seed comes from, what is drawn (`draw`).
Neither reseeding nor additional input are built: a draw takes far less than the 2^48 requests a seed is good for.
"""

import hashlib
import hmac

_BITS_OF_BYTE = 8


class HmacDrbg:
    """Instantiate with a seed, then take bytes or numbers; the same seed gives the same numbers everywhere and always."""

    def __init__(self, entropy: bytes, nonce: bytes = b"", personalisation: bytes = b"") -> None:
        self._key, self._value = b"\x00" * 32, b"\x01" * 32
        self._update(entropy + nonce + personalisation)

    def take(self, count: int) -> bytes:
        """Return so many bytes."""
        found = b""
        while len(found) < count:
            self._value = self._mac(self._value)
            found += self._value
        self._update(b"")
        return found[:count]

    def below(self, limit: int) -> int:
        """Return a number from 0 to `limit` - 1, each as likely as the other: numbers that do not fit are thrown away, none is folded."""
        if limit < 1:
            raise ValueError("a limit must be at least 1")
        bits = (limit - 1).bit_length()
        size = (bits + _BITS_OF_BYTE - 1) // _BITS_OF_BYTE
        while True:
            found = int.from_bytes(self.take(size), "big") >> (size * _BITS_OF_BYTE - bits)
            if found < limit:
                return found

    def _mac(self, data: bytes) -> bytes:
        return hmac.digest(self._key, data, hashlib.sha256)

    def _update(self, data: bytes) -> None:
        for mark in (b"\x00", b"\x01"):
            self._key = self._mac(self._value + mark + data)
            self._value = self._mac(self._value)
            if not data:
                break
