"""What speaks against a change of rules before it is saved: a warning, never a refusal.

What belongs here: gathering it. What does not: finding each (`conflicts`, `examples`), what people are shown and what they answer
(`panel.keywords.objections`).
"""

from dataclasses import dataclass, field
from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.keywords.conflicts import Conflicts, NeverActs, conflicts_with, never_acting
from recado.apps.keywords.examples import check_examples
from recado.apps.keywords.models import RuleExample
from recado.apps.keywords.rerun import Difference
from recado.apps.keywords.rows import rows_of
from recado.apps.numbers.models import Number
from recado.core.compiling import KeywordRow
from recado.core.draft import Draft


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against a draft."""

    conflicts: Conflicts = field(default_factory=Conflicts)
    changed: tuple[Difference[RuleExample], ...] = ()
    """Examples that would come out otherwise."""
    shadowed: tuple[NeverActs, ...] = ()
    """Rules that could never act."""


def against(account: Account, number: Number, draft: Draft, now: datetime) -> Against:
    """Return what speaks against a draft; keywords that fought before are no news."""
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
    return Against(conflicts, tuple(check_examples(account, number, draft, now)), tuple(shadowed))


def _new_shadows(account: Account, number: Number, keyword: KeywordRow | None, draft: Draft) -> list[NeverActs]:
    known = {frozenset((one.rule_id, one.before_id)) for one in never_acting(account, number, keyword)}
    drafted = never_acting(account, number, keyword, draft)
    return [one for one in drafted if frozenset((one.rule_id, one.before_id)) not in known]
