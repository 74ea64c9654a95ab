"""What speaks against saving a change: keywords that would fight, examples that would come out otherwise. A warning, never a refusal.

What belongs here: gathering it for a form, whether the person saves all the same, and what they choose for the examples. What does
not: finding it (`apps.keywords.conflicts`, `apps.keywords.examples`), what becomes of examples (`apps.keywords.settling`), saving.

A view asks `objections_to` between "the form is valid" and saving, shows what comes back (`_objections.html` inside its form), and saves
inside `settling_examples`.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords import settling
from recado.apps.keywords.conflicts import Conflicts, NeverActs, conflicts_with, never_acting
from recado.apps.keywords.examples import check_examples
from recado.apps.keywords.models import RuleExample
from recado.apps.keywords.rerun import Difference
from recado.apps.keywords.rows import rows_of
from recado.apps.numbers.models import Number
from recado.core.compiling import KeywordRow
from recado.core.draft import Draft
from recado.panel.access import MemberRequest
from recado.panel.ids import id_of
from recado.panel.outcome_words import parts

ANYWAY = "anyway"
"""The field of the button "Save anyway": the mark of what was shown."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An example that would come out otherwise."""

    example: RuleExample
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class Objections:
    """What is shown before a change is saved."""

    conflicts: Conflicts = field(default_factory=Conflicts)
    changed: tuple[Changed, ...] = ()
    shadowed: tuple[NeverActs, ...] = ()
    """Rules that could never act."""

    @property
    def mark(self) -> str:
        """Return a mark that differs where something else is shown, so that nobody agrees to what they did not see."""
        seen = [(one.other_id, one.examples) for one in self.conflicts.near], [(one.example.pk, one.after) for one in self.changed]
        return hashlib.sha256(repr((seen, self.conflicts.more_near, self.shadowed)).encode()).hexdigest()[:16]


def objections_to(request: MemberRequest, number: Number, draft: Draft) -> Objections | None:
    """Return what speaks against a draft; None where nothing does, or where the person saw all of it and saves anyway."""
    found = objections_against(request, number, draft, timezone.now())
    if found is None or request.POST.get(ANYWAY) == found.mark:
        return None
    return found


def objections_against(request: MemberRequest, number: Number, draft: Draft, now: datetime) -> Objections | None:
    """Return what speaks against a draft, whatever was agreed to; keywords that fought before are no news."""
    account = request.account
    conflicts = Conflicts()
    ruled = {rule.keyword_id for rule in draft.rules if rule.keyword_id is not None} - {row.id for row in draft.keywords}
    stored = rows_of(account, number, {row.id for row in draft.keywords} | ruled).keywords
    for row in draft.keywords:
        known = [each for before in stored if before.id == row.id for each in conflicts_with(account, number, before, now).near]
        found = conflicts_with(account, number, row, now, draft)
        conflicts = Conflicts(
            (*conflicts.near, *(one for one in found.near if one not in known)), (), conflicts.more_near + (0 if known else found.more_near)
        )
    places = [*draft.keywords, *(row for row in stored if row.id in ruled)]
    defaults = [None] if any(rule.keyword_id is None for rule in draft.rules) else []
    shadowed = [one for place in (*places, *defaults) for one in _new_shadows(account, number, place, draft)]
    changed = changed_examples(account, number, draft, now)
    found_any = conflicts.near or changed or shadowed
    return Objections(conflicts, changed, tuple(shadowed)) if found_any else None


def choices(request: MemberRequest) -> dict[int, str]:
    """Return what the person chose for examples that come out otherwise, by the example's id."""
    names = ((name.removeprefix("example-"), choice) for name, choice in request.POST.items() if name.startswith("example-"))
    return {key: str(choice) for name, choice in names if (key := id_of(name)) is not None}


@contextmanager
def settling_examples(request: MemberRequest, number: Number, draft: Draft) -> Iterator[None]:
    """Save a draft inside, then do with each example it changed what the person chose."""
    with settling.settling_examples(request.account, number, draft, choices(request)):
        yield


def _new_shadows(account: Account, number: Number, keyword: KeywordRow | None, draft: Draft) -> list[NeverActs]:
    known = {frozenset((one.rule_id, one.before_id)) for one in never_acting(account, number, keyword)}
    drafted = never_acting(account, number, keyword, draft)
    return [one for one in drafted if frozenset((one.rule_id, one.before_id)) not in known]


def changed_examples(account: Account, number: Number, draft: Draft, now: datetime) -> tuple[Changed, ...]:
    """Return the examples of a number that a draft would make come out otherwise."""
    return tuple(map(_changed, check_examples(account, number, draft, now)))


def _changed(difference: Difference[RuleExample]) -> Changed:
    return Changed(difference.subject, parts(difference.before), parts(difference.after))
