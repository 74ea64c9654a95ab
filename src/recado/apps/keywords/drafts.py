"""Changes of keywords and rules before they are saved, as drafts that can be tried.

What belongs here: from what a form or a button asks for to a `core.draft.Draft`. What does not: comparing (`examples`, `rerun`), saving
(`services`, `rules`, `synonyms`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Rule, Spelling
from recado.apps.keywords.rows import action_row, keyword_row, rule_row
from recado.apps.keywords.rules import RuleContent, RuleTerms, actions_for
from recado.apps.numbers.models import Number
from recado.core.compiling import KeywordRow, RuleRow
from recado.core.draft import NEW, Draft
from recado.core.routes import KeywordState, MatchKind


def draft_of_keyword(keyword: KeywordRow, content: RuleContent | None, rule: Rule | None = None) -> Draft:
    """Draft a keyword, new or changed, with what it does (None: as before).

    `rule` is the one whose content is replaced, None for a new one.
    """
    draft = Draft((keyword,))
    if content is None:
        return draft
    row = rule_row(rule) if rule else RuleRow(NEW, keyword.number_id, keyword.account_id, keyword.id)
    return _with_rule(draft, row, content)


def draft_of_default(account: Account, number: Number, content: RuleContent, rule: Rule | None) -> Draft:
    """Draft what happens to everything else on a number; nothing at all removes the rule there is."""
    if content == RuleContent():
        return Draft(without_rules=frozenset({rule.pk} if rule else ()))
    return _with_rule(Draft(), rule_row(rule) if rule else RuleRow(NEW, number.pk, account.pk), content)


def draft_of_rule(place: Keyword | Number, account: Account, content: RuleContent, terms: RuleTerms, rule: Rule | None = None) -> Draft:
    """Draft one rule of a keyword or of a number's default, new or in the place of a stored one."""
    number_id, keyword_id = (place.number_id, place.pk) if isinstance(place, Keyword) else (place.pk, None)
    period = terms.starts_at, terms.ends_at
    row = RuleRow(rule.pk if rule else NEW, number_id, account.pk, keyword_id, terms.priority, terms.is_enabled, *period, terms.condition)
    return _with_rule(Draft(), row, content)


def draft_of_deletion(rule: Rule) -> Draft:
    """Draft deleting a rule."""
    return Draft(without_rules=frozenset({rule.pk}))


def draft_of_move(rules: Iterable[Rule]) -> Draft:
    """Draft another order of rules that are equally narrow, the first to be asked at first."""
    moved = list(rules)
    rows = tuple(replace(rule_row(rule), priority=place) for place, rule in enumerate(reversed(moved), start=1))
    return Draft(rules=rows, actions=tuple(action_row(action) for rule in moved for action in rule.actions.all()))


def draft_of_synonym(keyword: Keyword, word: str) -> Draft:
    """Draft another spelling of a keyword."""
    row = keyword_row(keyword)
    return Draft((replace(row, synonyms=(*row.synonyms, " ".join(word.split()))),))


def draft_without_synonym(synonym: Spelling) -> Draft:
    """Draft giving a spelling up: on a shared number it rests like a keyword."""
    now, row = timezone.now(), keyword_row(synonym.keyword)
    left = replace(row, synonyms=tuple(word for word in row.synonyms if word != synonym.word))
    if not synonym.keyword.number.capabilities.is_shared or synonym.starts_at > now:
        return Draft((left,))
    return Draft((left, replace(row, id=NEW, word=synonym.word, synonyms=(), state=KeywordState.QUARANTINE, ends_at=_end(row, now))))


def draft_of_state(keyword: Keyword, state: Keyword.State) -> Draft:
    """Draft pausing a keyword, or acting on it again."""
    return Draft((replace(keyword_row(keyword), state=KeywordState(state.value)),))


def draft_of_end(keyword: Keyword) -> Draft:
    """Draft giving a word up."""
    now, row = timezone.now(), keyword_row(keyword)
    if not keyword.number.capabilities.is_shared or (keyword.starts_at is not None and keyword.starts_at > now):
        return Draft(without_keywords=frozenset({keyword.pk}))
    return Draft((replace(row, state=KeywordState.QUARANTINE, ends_at=_end(row, now)),))


def drafted_row(
    account: Account,
    number: Number,
    keyword: Keyword | None,
    word: str,
    *,
    kind: MatchKind | None = None,
    also_when_text_follows: bool = False,
    asks_back: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> KeywordRow:
    """Return a keyword as a form asks for it, in the place of a stored one or as a new one; `kind` None: as it is."""
    stored = keyword_row(keyword) if keyword else KeywordRow(NEW, number.pk, account.pk, word)
    kind, word = kind or stored.kind, " ".join(word.split())
    changed = replace(stored, word=word, kind=kind, starts_at=starts_at, ends_at=ends_at)
    return replace(changed, also_when_text_follows=also_when_text_follows, asks_back=asks_back)


def _with_rule(draft: Draft, row: RuleRow, content: RuleContent) -> Draft:
    actions = tuple(replace(action_row(action), rule_id=row.id) for action in actions_for(Rule(), content))
    return replace(draft, rules=(row,), actions=actions)


def _end(row: KeywordRow, now: datetime) -> datetime:
    return min(row.ends_at, now) if row.ends_at else now
