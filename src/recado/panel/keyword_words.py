"""Words for keywords: where they stand, how they match, which spellings they catch.

What belongs here: presentation of single values. What does not: deciding on them (`apps.keywords`).
"""

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
MATCH_KINDS = {
    MatchKind.EXACT: _("Exact"),
    MatchKind.PHRASE: _("Phrase"),
    MatchKind.BASE: _("Base"),
}


def accent_free(word: str) -> str:
    """Return the spelling without accents that matches, too; empty where the word has none."""
    folded = folded_form(word)
    if folded == exact_form(word):
        return ""
    return folded.upper() if word.isupper() else folded
