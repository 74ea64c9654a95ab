"""Draws that anybody can run again: a frozen list, a seed promised before it is shown, and what follows from both (product.md §5).

What belongs here: hashes of entries and lists, the promise of a seed, the drawing itself. What does not: the protocol as a file and
checking it (`draw_protocol`), who may enter (contests).

1. Each entry becomes a salted hash, so that the list can be published without anybody's phone. Sorted, they are the list.
2. The list's SHA-256 is published together with the SHA-256 of the seed. From then on neither can be changed unseen.
3. After the seed is shown, the order follows: a Fisher–Yates shuffle whose random numbers come from HMAC-DRBG, seeded with the seed,
   the list's hash and, where one is named, a value nobody knew beforehand (a beacon).
"""

import hashlib
from collections.abc import Collection, Sequence

from recado.core.random_bits import HmacDrbg

SEED_BYTES = 32
_PURPOSE = b"recado-draw-1"


def entry_hash(salt: bytes, entry_id: int, msisdn: str) -> str:
    """Return what an entry is called in public, 64 hex digits; with the salt, whoever entered can find themselves."""
    return hashlib.sha256(salt + b"\0" + str(entry_id).encode() + b"\0" + msisdn.encode()).hexdigest()


def canonical(hashes: Collection[str]) -> list[str]:
    """Return entries in the one order a list has: sorted. Raises ValueError where an entry stands in it twice or is no hash."""
    if len(set(hashes)) != len(hashes):
        raise ValueError("an entry stands in the list twice")
    if not all(_is_hash(one) for one in hashes):
        raise ValueError("an entry is no hash of 64 lower-case hex digits")
    return sorted(hashes)


def list_hash(entries: Sequence[str]) -> str:
    """Return the SHA-256 of a canonical list: its entries, each ended by a line feed."""
    return hashlib.sha256("".join(f"{one}\n" for one in entries).encode()).hexdigest()


def commitment(seed: bytes) -> str:
    """Return what is published of a seed before it is shown."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes")
    return hashlib.sha256(_PURPOSE + b"\0seed\0" + seed).hexdigest()


def draw(
    entries: Sequence[str], count: int, seed: bytes, *, beacon: str = "", attempt: int = 0, without: Collection[str] = ()
) -> list[str]:
    """Draw `count` entries, the first winner first; fewer where there are not so many.

    `attempt` is 0 for the draw itself and counts its repetitions, in which those in `without` take no part.
    """
    left = [one for one in entries if one not in set(without)]
    purpose = b"\0".join((_PURPOSE, str(attempt).encode(), beacon.encode()))
    bits = HmacDrbg(seed, bytes.fromhex(list_hash(entries)), purpose)
    for place in range(min(count, len(left))):
        chosen = place + bits.below(len(left) - place)
        left[place], left[chosen] = left[chosen], left[place]
    return left[:count]


def _is_hash(written: str) -> bool:
    return len(written) == hashlib.sha256().digest_size * 2 and set(written) <= set("0123456789abcdef")
