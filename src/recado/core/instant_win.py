"""Winning at once by chance, so that anybody can check it afterwards (product.md §5; docs/reference/draws.md).

What belongs here: the promise of a seed, and what it says about the entry with a number. What does not: caps, which are about other entries
(`contest_entry`, `instant_protocol`); draws (`draw`).
"""

import hashlib
import hmac

SEED_BYTES = 32
_PURPOSE = b"recado-instant-1"
_NUMBER_BYTES = 8


def promise(seed: bytes) -> str:
    """Return what is published of a seed from the beginning of a contest on."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes")
    return hashlib.sha256(_PURPOSE + b"\0seed\0" + seed).hexdigest()


def hits(seed: bytes, sequence: int, odds: int) -> bool:
    """Say whether the entry with a number is one of those that win, of which there is one in `odds` on average.

    Of HMAC-SHA256 the first 64 bits are shifted down to as many as `odds` needs; what does not fit below `odds` is thrown away and the next
    attempt is made, so that no number is likelier than another. 0 wins.
    """
    if not 1 <= odds < 1 << (8 * _NUMBER_BYTES):
        raise ValueError("odds are 1 in a whole number")
    bits = (odds - 1).bit_length()
    attempt = 0
    while True:
        asked = b"\0".join((_PURPOSE, str(sequence).encode(), str(attempt).encode()))
        digest = hmac.digest(seed, asked, hashlib.sha256)
        found = int.from_bytes(digest[:_NUMBER_BYTES], "big") >> (8 * _NUMBER_BYTES - bits)
        if found < odds:
            return found == 0
        attempt += 1
