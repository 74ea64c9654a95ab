"""Keywords nearly typed: which one keyword lies a single slip from the first word of a text (product.md §2, "Typos").

What belongs here: the index over the words of a number, compiled once, and the search in it. What does not: reading exact keywords
(`keyword`), whether the sender is asked (`asking`). Nothing is ever done because of what is found here, except asking.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from recado.core.action import Action, AddToGroup, ForwardToUrl, SendReply
from recado.core.keyword import matches, not_in_force
from recado.core.nearness import deletions, slips
from recado.core.routes import NO_NEAR_MISSES, KeywordState, MatchKind, NearMisses, Reservation
from recado.core.trail import SkipReason

ASKED_FROM: Final = 5
"""Letters a keyword has at least for a slip of it to be asked about."""
RIVAL_FROM: Final = ASKED_FROM - 2
"""Letters of the shortest keyword that can be one slip from a text that is one slip from a keyword asked about."""
CONFIRMABLE: Final[frozenset[type[Action]]] = frozenset({AddToGroup, SendReply, ForwardToUrl})
"""What a rule may do because somebody confirmed with YES what they had mistyped. Whatever costs money, enters a contest or takes somebody
out of something is not among them: keywords with such rules must be typed."""


def may_ask_back(reservation: Reservation) -> bool:
    """Say whether a keyword's owner wants mistyped texts asked about, and whether what it does may follow such a question."""
    acting = [rule for rule in reservation.rules if rule.refusal is None]
    return (
        reservation.asks_back
        and reservation.kind is not MatchKind.REMOVING
        and reservation.state is KeywordState.LIVE
        and bool(acting)
        and all(type(action) in CONFIRMABLE for rule in acting for action in rule.actions)
    )


def index_near_misses(reservations: Iterable[Reservation]) -> NearMisses:
    """Compile an index over all keywords of a number, or none where no keyword of it is asked about."""
    given = list(reservations)
    if not any(len(one.folded) == 1 and _letters(one.folded[0]) >= ASKED_FROM and may_ask_back(one) for one in given):
        return NO_NEAR_MISSES
    by_word: dict[str, tuple[Reservation, ...]] = {}
    for one in given:
        if len(one.folded) == 1 and len(one.folded[0]) >= RIVAL_FROM:
            by_word[one.folded[0]] = (*by_word.get(one.folded[0], ()), one)
    by_deletion: dict[str, tuple[str, ...]] = {}
    for word in by_word:
        for form in dict.fromkeys(deletions(word)):
            by_deletion[form] = (*by_deletion.get(form, ()), word)
    return NearMisses(by_word, by_deletion)


def nearly_typed(near: NearMisses, first: str, *, is_whole: bool, now: datetime, kept_for: timedelta) -> Reservation | None:
    """Return the keyword to ask about, told the first folded token of a text that no keyword was found in.

    None unless it is the only keyword that near: paused ones and words that rest (`kept_for`) are somebody's, too.
    """
    words = dict.fromkeys(chain.from_iterable(near.by_deletion.get(form, ()) for form in dict.fromkeys(deletions(first))))
    found = [one for word in words if _is_slip(first, word) for one in near.by_word[word]]
    held = [one for one in found if not_in_force(one, now, kept_for) in {None, SkipReason.QUARANTINE}]
    if len({one.keyword_id for one in held}) != 1:
        return None
    fitting = (one for one in held if _letters(one.folded[0]) >= ASKED_FROM and _can_follow(one, is_whole=is_whole, now=now))
    return next(fitting, None)  # several spellings of one keyword do the same


def _can_follow(one: Reservation, *, is_whole: bool, now: datetime) -> bool:
    if one.kind is MatchKind.PHRASE and not is_whole:
        return False
    return may_ask_back(one) and not_in_force(one, now) is None and matches(one, is_whole)


def _is_slip(typed: str, word: str) -> bool:
    """Say whether two words are one slip apart. Another digit is no slip (`promo6` beside `promo5`), one in place of a letter is."""
    if slips(typed, word, 1) != 1:
        return False
    digits, others = (list(filter(str.isdecimal, each)) for each in (typed, word))
    return digits == others if len(digits) == len(others) else len(typed) == len(word)


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))
