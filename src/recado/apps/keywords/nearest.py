"""Which spellings in force on a number are nearest to what somebody typed, found by the index of near forms, however many there are.

What belongs here: this one question of the operator. What does not: who may have a word (`checks`), counting near misses for owners
(`near_misses`). The index knows each spelling with up to one letter left out, short ones as they are. So what was typed is looked up with
up to two left out and, if it is short, with each letter changed or one added: that finds whatever is one slip away, and of what is two
slips away all but words of which two letters are missing, wrong or swapped in what was typed.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from string import ascii_lowercase, digits

from recado.apps.keywords.models import Keyword, NearForm, Spelling
from recado.apps.keywords.registry import Life, in_life
from recado.apps.keywords.words import LOOK_ALIKE_FROM, skeleton
from recado.core.nearness import slips
from recado.core.text import folded_form

SLIPS = 2
LONGEST = 40
"""A longer text is no mistyped keyword."""
LOOKED_AT = 200
"""Spellings that are compared letter by letter."""


def nearest_spellings(number_id: int, text: str, now: datetime) -> list[tuple[int, Spelling]]:
    """Return spellings of live keywords with how many slips lie between them and the words of the whole text, nearest first."""
    typed = " ".join(token for token in folded_form(text).split() if any(map(str.isalnum, token)))
    limit = min(SLIPS, len(typed) // 3)
    if not limit or len(typed) > LONGEST:
        return []
    near = NearForm.objects.filter(number=number_id, form__in=set(_forms(skeleton(typed)))).values("spelling")
    live = Spelling.objects.filter(in_life(Life.LIVE, now), pk__in=near, keyword__state=Keyword.State.LIVE)
    found = live.select_related("keyword__account", "keyword__number").order_by("pk")[:LOOKED_AT]
    counted = ((slips(typed, one.folded, limit), one) for one in found)
    return sorted(((count, one) for count, one in counted if count is not None), key=lambda pair: (pair[0], pair[1].folded, pair[1].pk))


def _forms(look: str) -> Iterator[str]:
    for left_out in (0, 1, 2):
        for places in combinations(range(len(look)), left_out):
            yield "".join(sign for place, sign in enumerate(look) if place not in places)
    if len(look) <= LOOK_ALIKE_FROM:
        for place in range(len(look) + 1):
            for sign in ascii_lowercase + digits:
                yield look[:place] + sign + look[place:]
                yield look[:place] + sign + look[place + 1 :]
            yield look[:place] + look[place + 1 : place + 2] + look[place : place + 1] + look[place + 2 :]
