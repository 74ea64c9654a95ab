"""What a new contest begins with: starting points to choose from, and texts in the account's language.

What belongs here: good defaults. What does not: the fields (`forms.contest`), what the texts are for (`apps.contests.content`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.contests.content import TEXTS
from recado.core.contest import EntryRule
from recado.core.contest_texts import ContestText, contest_text

USUAL_LENGTH = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Start:
    """One starting point."""

    name: Promise
    why: Promise
    icon: str
    fields: Mapping[str, Any] = field(default_factory=dict)


STARTS: Mapping[str, Start] = {
    "draw": Start(
        gettext_lazy("Draw at the end"),
        gettext_lazy("People text one word. When time is up you draw, and anybody can check the draw."),
        "trophy",
        {"entry_rule": EntryRule.AT_CLOSE.value, "winner_count": 3, "reserve_count": 2},
    ),
    "quiz": Start(
        gettext_lazy("Quiz: the first 10 right answers win"),
        gettext_lazy("People text the word and their answer, and learn at once whether they won."),
        "help",
        {"entry_rule": EntryRule.FIRST.value, "every": 10},
    ),
    "every": Start(
        gettext_lazy("Every 50th text wins"),
        gettext_lazy("Good for long campaigns: there is always the next winner."),
        "refresh",
        {"entry_rule": EntryRule.KTH.value, "every": 50, "limit_total": None, "limit_per_day": 1},
    ),
    "instant": Start(
        gettext_lazy("Instant win"),
        gettext_lazy("Each text wins with a chance you set, until the prizes are gone."),
        "gauge",
        {"entry_rule": EntryRule.INSTANT.value, "every": 20, "win_cap": 10},
    ),
}


def initial(account: Account, now: datetime, start: str = "") -> dict[str, Any]:
    """Return what the form of a new contest shows at first."""
    begins = timezone.localtime(now).replace(second=0, microsecond=0)
    ends = (begins + USUAL_LENGTH).replace(hour=23, minute=59)
    chosen = dict(STARTS[start].fields) if start in STARTS else {}
    plain = {
        "opens_at": begins,
        "closes_at": ends,
        "entry_rule": EntryRule.AT_CLOSE.value,
        "winner_count": 1,
        "reserve_count": 1,
        "limit_total": 1,
        "organiser": account.company or account.name,
    }
    return {**plain, **usual_texts(account), **chosen}


def usual_texts(account: Account) -> dict[str, str]:
    """Return the texts people get unless somebody writes others, in the account's language."""
    said = {f"{which}_text": contest_text(which, account.language) for which in ContestText if f"{which}_text" in TEXTS}
    with translation.override(account.language):
        return {**said, "notify_text": _("Congratulations! You won in {contest}. We will call you about your prize.")}
