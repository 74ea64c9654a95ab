"""Words for keywords: where they stand, how they match, which spellings they catch.

What belongs here: presentation of single values. What does not: deciding on them (`apps.keywords`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.keywords.registry import Life
from recado.apps.keywords.standing import Standing
from recado.core.routes import MatchKind
from recado.core.text import exact_form, folded_form

STANDINGS = {
    Standing.ACTIVE: (_("Active"), "circle-check", "c-chip--good"),
    Standing.PAUSED: (_("Paused"), "player-pause", "c-chip--warn"),
    Standing.RESERVED: (_("Reserved"), "lock", "c-chip--info"),
    Standing.ENDED: (_("Ended"), "player-stop", ""),
}
"""Word, icon and class of the chip."""
LIVES = {
    Life.LIVE: (_("Active"), "circle-check", "c-chip--good"),
    Life.HELD: (_("Reserved"), "lock", "c-chip--info"),
    Life.PAUSED: (_("Paused"), "player-pause", "c-chip--warn"),
    Life.QUARANTINE: (_("Resting"), "zzz", "c-chip--warn"),
    Life.OVER: (_("Ended"), "player-stop", ""),
}
"""The same for the operator, who also sees words that rest."""
MATCH_KINDS: Mapping[str, Promise] = {
    MatchKind.EXACT: _("Exact"),
    MatchKind.BASE: _("Base"),
    MatchKind.PHRASE: _("Phrase"),
    MatchKind.REMOVING: _("Removing"),
}
EXPLAINED: Mapping[MatchKind, tuple[Promise, Promise]] = {
    MatchKind.EXACT: (_("The whole message is the keyword."), _("GARDENER")),
    MatchKind.BASE: (_("The message begins with the keyword; what follows is kept: an answer, a code, a name."), _("VOTE 12")),
    MatchKind.PHRASE: (_("The words of the keyword stand anywhere in the message, in this order."), _("Do you have a PRICE LIST?")),
    MatchKind.REMOVING: (_("The keyword alone, or STOP and the keyword, takes people out of a group."), _("STOP GARDENER")),
}
"""What a message must be like, and one that is."""


@dataclass(frozen=True, slots=True)
class KindCard:
    """A way to match as it is offered in a form."""

    value: str
    name: Promise
    sentence: Promise
    example: Promise
    is_chosen: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class KindCards:
    """The ways to match, one card each, and why some of them cannot be chosen."""

    cards: list[KindCard]
    reasons: list[str]
    is_by_plan: bool = False
    """Whether another plan would allow more."""


def accent_free(word: str) -> str:
    """Return the spelling without accents that matches, too; empty where the word has none."""
    folded = folded_form(word)
    if folded == exact_form(word):
        return ""
    return folded.upper() if word.isupper() else folded
