"""Making codes up: random ones of letters and figures that nobody takes for each other.

What belongs here: which codes. What does not: writing them (`importing`).
"""

import secrets

from recado.apps.codes.errors import CodeError, Refusal
from recado.apps.codes.importing import MOST_AT_ONCE, add_codes
from recado.apps.codes.models import CodePool

ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
"""Without 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B."""
SHORTEST, LONGEST = 4, 24
HARD_TO_GUESS = 1_000
"""Of so many tries at random about one at most may hit a code."""


def shortest_for(count: int) -> int:
    """Return how long so many codes must be at least, so that nobody guesses one."""
    length = SHORTEST
    while len(ALPHABET) ** length < count * HARD_TO_GUESS:
        length += 1
    return length


def generate_codes(pool: CodePool, count: int, length: int) -> int:
    """Add so many random codes to a pool; raise CodeError where they could be guessed."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise CodeError(Refusal.TOO_MANY)
    if not SHORTEST <= length <= LONGEST:
        raise CodeError(Refusal.LENGTH)
    if length < shortest_for(count + pool.codes.count()):
        raise CodeError(Refusal.TOO_SHORT)
    added = 0
    while added < count:  # what is there already is made up anew
        added += add_codes(pool, list(dict.fromkeys(_one(length) for _ in range(count - added))))
    return added


def _one(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
