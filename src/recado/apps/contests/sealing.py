"""Keeping a promised seed to itself until it is shown: what stands in the database is worth nothing without the installation's secret key.

What belongs here: sealing and opening. What does not: when (`draws`). Each seed is added to bytes that only the secret key gives, others
for each draw; the promise that was published tells whether what is opened is the seed.
"""

from django.utils.crypto import salted_hmac

from recado.apps.contests.errors import DrawRefusal, DrawRefusedError
from recado.apps.contests.models import Contest
from recado.core.draw import commitment

_PURPOSE = "recado.contests.seed"


def sealed(contest: Contest, day: str, seed: bytes) -> str:
    """Return a seed as it is kept. A contest promises one seed for a day, so that no pad is used twice."""
    return _added(seed, _pad(contest, day)).hex()


def opened(contest: Contest, day: str, kept: str, promise: str) -> bytes:
    """Return the seed again; raise DrawRefusedError where it is not the promised one."""
    seed = _added(bytes.fromhex(kept), _pad(contest, day))
    if commitment(seed) != promise:
        raise DrawRefusedError(DrawRefusal.SEED_LOST)
    return seed


def _pad(contest: Contest, day: str) -> bytes:
    return salted_hmac(_PURPOSE, f"{contest.pk}:{contest.salt}:{day}", algorithm="sha256").digest()


def _added(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))
