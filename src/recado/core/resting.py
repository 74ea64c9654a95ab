"""What is answered to a word that rests after its owner gave it up (product.md §2).

What belongs here: which word a text is, the neutral answer by language, how often a phone gets it. What does not: how long a word rests
(`keyword`), and whose a message is (`ownership`). The answer is the installation's own and names no business.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from recado.core.keyword import not_in_force
from recado.core.routes import Reservation
from recado.core.trail import SkipReason

ANSWERED_AGAIN_AFTER: Final = timedelta(hours=24)
"""A phone gets the answer from a number once within so long, whatever resting words it sends."""

ENGLISH: Final = "This keyword is no longer in use."
TEXTS: Mapping[str, str] = {"en": ENGLISH, "pl": "To haslo SMS juz nie dziala."}
"""Without letters that would make an SMS twice as long."""
REST_TEXTS: frozenset[str] = frozenset(TEXTS.values())
"""By which an answer of this kind is known among the installation's own."""


def rest_text(language: str) -> str:
    """Write the answer in a language; English where there is none in it."""
    return TEXTS.get(language, ENGLISH)


def resting_word(found: Iterable[Reservation], token_count: int, now: datetime, kept_for: timedelta) -> Reservation | None:
    """Find the resting keyword that a text is as a whole, in any of its spellings, among those found in it."""
    for one in found:
        if len(one.tokens) == token_count and not_in_force(one, now, kept_for) is SkipReason.QUARANTINE:
            return one
    return None
