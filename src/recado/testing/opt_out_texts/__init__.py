"""Texts as people send them, each with what a person reading it says its sender wants: a yardstick for reading opt-outs.

What belongs here: the texts, by language, and the keywords they may name. What does not: what any rule makes of them (`core.opt_out`).
They were written and judged before the rules were; whoever adds one judges it without asking the rules. "Wants out" means no more texts
from this business or of this kind: somebody who cancels an appointment or an order does not want out.
"""

from collections.abc import Sequence

from recado.testing.opt_out_texts import english, later, others, polish

WANTS_OUT = (*polish.WANTS_OUT, *english.WANTS_OUT, *others.WANTS_OUT, *later.WANTS_OUT)
STAYS = (*polish.STAYS, *english.STAYS, *others.STAYS, *later.STAYS)
UNCLEAR = (*polish.UNCLEAR, *english.UNCLEAR, *others.UNCLEAR, *later.UNCLEAR)
"""What a careful person would ask about."""

_WORDS = ("ogrodnik", "gardener", "roze", "roses", "promo", "zlota raczka", "klub", "stok", "shop")
KEYWORDS = frozenset(tuple(word.split()) for word in _WORDS)
"""Folded: the keywords of the businesses that get these texts."""
_LONGEST_FIRST = sorted(KEYWORDS, key=len, reverse=True)


def keyword_length(tokens: Sequence[str]) -> int:
    """Say how many of the tokens, from the first, are one of these keywords: the longest, 0 for none."""
    return next((len(word) for word in _LONGEST_FIRST if tuple(tokens[: len(word)]) == word), 0)
