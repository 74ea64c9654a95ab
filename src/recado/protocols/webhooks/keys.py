"""Keys of webhooks as texts: `whsec_…` for HMAC, `whsk_…` with its public `whpk_…` for ed25519, and the auth tokens of Twilio.

What belongs here: making them from random bytes that are passed in, and reading them. What does not: signing (`signing`), keeping them.
"""

import base64
import binascii
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HMAC_PREFIX: Final = "whsec_"
PRIVATE_PREFIX: Final = "whsk_"
PUBLIC_PREFIX: Final = "whpk_"
NEW_OCTETS: Final = 32
SHORTEST: Final = 24
LONGEST: Final = 64
SEED_OCTETS: Final = 32
"""Of an ed25519 key; some programs write seed and public key one after the other, of which the seed says everything."""
TOKEN_OCTETS: Final = 16


class KeyKind(StrEnum):
    """What a key signs with; words of `apps.outbox.models.SigningSecret.signature`."""

    HMAC = "hmac"
    ED25519 = "ed25519"
    TWILIO = "twilio"


class BadKeyError(ValueError):
    """A text is no key. What it was is not told: it may be half of a secret."""


def new_key(kind: KeyKind, chance: Callable[[int], bytes]) -> str:
    """Make a key; `chance` gives so many random bytes, as `secrets.token_bytes` does."""
    if kind is KeyKind.TWILIO:
        return chance(TOKEN_OCTETS).hex()
    prefix, octets = (HMAC_PREFIX, NEW_OCTETS) if kind is KeyKind.HMAC else (PRIVATE_PREFIX, SEED_OCTETS)
    return prefix + base64.b64encode(chance(octets)).decode("ascii")


def kind_of(key: str) -> KeyKind:
    """Say what a key signs with; anything without one of the prefixes is a token."""
    if key.startswith(HMAC_PREFIX):
        return KeyKind.HMAC
    return KeyKind.ED25519 if key.startswith(PRIVATE_PREFIX) else KeyKind.TWILIO


def hmac_octets(key: str) -> bytes:
    """Read a `whsec_…`; raise BadKeyError."""
    octets = _octets(key, HMAC_PREFIX)
    if not SHORTEST <= len(octets) <= LONGEST:
        raise BadKeyError(f"the key has {len(octets)} bytes instead of {SHORTEST} to {LONGEST}")
    return octets


def private_key(key: str) -> Ed25519PrivateKey:
    """Read a `whsk_…`; raise BadKeyError."""
    octets = _octets(key, PRIVATE_PREFIX)
    if len(octets) not in {SEED_OCTETS, 2 * SEED_OCTETS}:
        raise BadKeyError(f"the key has {len(octets)} bytes instead of {SEED_OCTETS}")
    return Ed25519PrivateKey.from_private_bytes(octets[:SEED_OCTETS])


def public_key(key: str) -> str:
    """Return the `whpk_…` that belongs to a `whsk_…`; raise BadKeyError."""
    return PUBLIC_PREFIX + base64.b64encode(private_key(key).public_key().public_bytes_raw()).decode("ascii")


def _octets(key: str, prefix: str) -> bytes:
    try:
        return base64.b64decode(key.removeprefix(prefix), validate=True) if key.startswith(prefix) else b""
    except (binascii.Error, ValueError) as error:
        raise BadKeyError("the key is not written in Base64") from error
