"""Configuration that is not saved yet: the rows of a number with some of them replaced, ready to be compiled like stored ones.

Pure, so that a change can be tried before anybody writes it. Where rows come from belongs to `apps.keywords`; what they mean, to
`compiling`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from recado.core.autoresponder import Autoresponder
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, Plans, RuleRow, compile_routes
from recado.core.routes import Routes

NEW = 2**62
"""Stands for the id the database has yet to give: the youngest of all, as it will be."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A change of one number's keywords and rules."""

    keywords: tuple[KeywordRow, ...] = ()
    """In the place of stored ones with the same id, or beside them."""
    rules: tuple[RuleRow, ...] = ()
    """The same; each brings all of its actions."""
    actions: tuple[ActionRow, ...] = ()
    without_keywords: frozenset[int] = frozenset()
    """Ids of keywords that go, with their rules."""
    without_rules: frozenset[int] = frozenset()


NOTHING = Draft()
"""No change."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What is stored about one number."""

    number: NumberRow
    keywords: tuple[KeywordRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    plans: Plans = field(default_factory=dict)
    """What the plans of accounts change."""
    autoresponders: Mapping[int, tuple[Autoresponder, ...]] = field(default_factory=dict)
    """Of the accounts concerned, each one's in its order."""

    def compiled(self) -> Routes:
        """Compile the rows as the gateway does."""
        routes = compile_routes(0, [self.number], self.keywords, self.rules, self.actions, self.plans)
        return replace(routes, autoresponders=self.autoresponders) if self.autoresponders else routes

    def changed_by(self, draft: Draft) -> "Rows":
        """Return the rows as they will be."""
        keyword_ids = draft.without_keywords | {row.id for row in draft.keywords}
        rule_ids = draft.without_rules | {row.id for row in draft.rules}
        gone = {rule.id for rule in self.rules if rule.id in rule_ids or rule.keyword_id in draft.without_keywords}
        return replace(
            self,
            keywords=tuple(row for row in self.keywords if row.id not in keyword_ids) + draft.keywords,
            rules=tuple(row for row in self.rules if row.id not in gone) + draft.rules,
            actions=tuple(row for row in self.actions if row.rule_id not in gone) + draft.actions,
        )
