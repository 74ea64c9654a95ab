"""Keywords nearly typed: the one keyword to ask about that lies a single slip from the first word of a text (product.md §2, "Typos").

What belongs here: the index over the words of a number, part of `Routes`, and the search in it for each text. What does not: reading exact
keywords (`keyword`), whether the sender is asked (`asking`), texts counted for owners afterwards (`near_miss`: only long words, but those
of several tokens, too; here a rival may be shorter, and a digit in place of a letter, `PROM0`, is a slip). Nothing is ever done because
of what is found here, except asking.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from recado.core.action import Action, AddToGroup, ForwardToEmail, ForwardToUrl, SendReply
from recado.core.keyword import matches, not_in_force
from recado.core.nearness import deletions, slips
from recado.core.phrase import PhraseIndex, phrases_of
from recado.core.routes import NO_TYPOS, KeywordState, MatchKind, NumberRoutes, Reservation, TypoIndex
from recado.core.trail import SkipReason

ASKED_FROM: Final = 5
"""Letters a keyword has at least for a slip of it to be asked about."""
RIVAL_FROM: Final = ASKED_FROM - 2
"""Letters of the shortest keyword that can be one slip from a text that is one slip from a keyword asked about."""
CONFIRMABLE: Final[frozenset[type[Action]]] = frozenset({AddToGroup, SendReply, ForwardToUrl, ForwardToEmail})
"""What a rule may do because somebody confirmed with YES what they had mistyped. Whatever costs money (as forwarding to a phone does),
enters a contest or takes somebody out of something is not among them: keywords with such rules must be typed."""


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


def index_typos(
    by_folded: Mapping[tuple[str, ...], Sequence[Reservation]],
    phrases: PhraseIndex[Reservation],
    before: TypoIndex = NO_TYPOS,
    changed: Iterable[str] = (),
) -> TypoIndex:
    """Compile an index over all words of a number, or none where no keyword of it is asked about.

    Where there was an index `before` one keyword was exchanged, only the words that may have `changed` are looked at.
    """
    if not any(one.asks_back and _is_asked_about(one) for one in chain(chain.from_iterable(by_folded.values()), phrases_of(phrases))):
        return NO_TYPOS
    found = dict(before)
    every = chain((words[0] for words in by_folded if len(words) == 1), phrases.single)
    for word in dict.fromkeys(changed if before else every):
        was_there, is_there = word in found.get(word, ()), (word,) in by_folded or word in phrases.single
        if is_there and not was_there and len(word) >= RIVAL_FROM:
            for form in dict.fromkeys(deletions(word)):
                # In the order of the alphabet, so that it does not matter how the index came about.
                found[form] = tuple(sorted((*found[form], word))) if form in found else (word,)
        elif was_there and not is_there:
            for form in dict.fromkeys(deletions(word)):
                found[form] = tuple(other for other in found[form] if other != word)
                if not found[form]:
                    del found[form]
    return found


def nearly_typed(number: NumberRoutes, first: str, *, is_whole: bool, now: datetime, kept_for: timedelta) -> Reservation | None:
    """Return the keyword to ask about, told the first folded token of a text that no keyword was found in.

    None unless it is the only keyword that near: paused ones and words that rest (`kept_for`) are somebody's, too.
    """
    words = dict.fromkeys(chain.from_iterable(number.typos.get(form, ()) for form in dict.fromkeys(deletions(first))))
    near = [word for word in words if _is_slip(first, word)]
    found = [one for word in near for one in (*number.by_folded.get((word,), ()), *number.phrases.single.get(word, ()))]
    held = [one for one in found if not_in_force(one, now, kept_for) in {None, SkipReason.QUARANTINE}]
    if len({one.keyword_id for one in held}) != 1:
        return None
    fitting = (one for one in held if _letters(one.folded[0]) >= ASKED_FROM and _can_follow(one, is_whole=is_whole, now=now))
    return next(fitting, None)  # several spellings of one keyword do the same


def _is_asked_about(one: Reservation) -> bool:
    return len(one.folded) == 1 and _letters(one.folded[0]) >= ASKED_FROM and may_ask_back(one)


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
