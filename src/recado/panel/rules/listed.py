"""The rules of a keyword, or of a number's default, as its page lists them.

What belongs here: the values of the list, and whether there is need for a list at all. What does not: words (`panel.rule_words`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recado.apps.keywords.conflicts import NeverActs
from recado.apps.keywords.models import Rule
from recado.apps.keywords.rules import content_of, terms_of
from recado.panel.rule_words import deeds_in_words, terms_in_words


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule with its words and the ways it can be moved."""

    rule: Rule
    terms: list[str]
    deeds: list[str]
    can_rise: bool
    can_sink: bool
    idle_behind: int | None
    """The place of a rule before it that acts whenever this one could."""


def is_plain(rules: Sequence[Rule]) -> bool:
    """Say whether there is at most one rule and nothing restricts it, so that its few fields say all."""
    return not rules or (len(rules) == 1 and terms_of(rules[0]).is_open and content_of(rules[0]).until is None)


def listed(rules: Sequence[Rule], idle: Iterable[NeverActs] = ()) -> list[ListedRule]:
    """Return rules in their order; only equally narrow ones change places."""
    narrowness = [None, *(rule.condition.narrowness for rule in rules), None]
    places = {one.rule_id: one.before_place for one in idle}
    return [
        ListedRule(rule, terms_in_words(rule), deeds_in_words(rule), before == own, own == after, places.get(rule.pk))
        for rule, before, own, after in zip(rules, narrowness, narrowness[1:], narrowness[2:], strict=False)
    ]
