"""Changes of keywords and rules before they are saved, as drafts that can be tried.

What belongs here: from what a form or a button asks for to a `core.draft.Draft`. What does not: comparing (`examples`, `rerun`), saving
(`services`).
"""

from dataclasses import replace
from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.rows import action_row, keyword_row, rule_row
from recado.apps.keywords.services import RuleContent, actions_for
from recado.apps.numbers.models import Number
from recado.core.compiling import KeywordRow, RuleRow
from recado.core.draft import NEW, Draft
from recado.core.routes import KeywordState, MatchKind


def draft_of_keyword(keyword: KeywordRow, content: RuleContent, rule: Rule | None = None) -> Draft:
    """Draft a keyword, new or changed, with what it does; `rule` is the one whose content is replaced, None for a new one."""
    return _with_content(Draft((keyword,)), keyword.number_id, keyword.account_id, keyword.id, content, rule)


def draft_of_default(account: Account, number: Number, content: RuleContent, rule: Rule | None) -> Draft:
    """Draft what happens to everything else on a number; nothing at all removes the rules there are."""
    if content == RuleContent():
        gone = Rule.objects.filter(account=account, number=number, keyword=None).values_list("pk", flat=True)
        return Draft(without_rules=frozenset(gone))
    return _with_content(Draft(), number.pk, account.pk, None, content, rule)


def draft_of_state(keyword: Keyword, state: Keyword.State) -> Draft:
    """Draft pausing a keyword, or acting on it again."""
    return Draft((replace(keyword_row(keyword), state=KeywordState(state.value)),))


def draft_of_end(keyword: Keyword) -> Draft:
    """Draft giving a word up."""
    if not keyword.number.capabilities.is_shared:
        return Draft(without_keywords=frozenset({keyword.pk}))
    return draft_of_state(keyword, Keyword.State.QUARANTINE)


def drafted_row(
    account: Account,
    number: Number,
    keyword: Keyword | None,
    word: str,
    *,
    kind: MatchKind = MatchKind.EXACT,
    also_when_text_follows: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> KeywordRow:
    """Return a keyword as a form asks for it, in the place of a stored one or as a new one."""
    stored = keyword_row(keyword) if keyword else KeywordRow(NEW, number.pk, account.pk, word, kind)
    return replace(stored, word=" ".join(word.split()), also_when_text_follows=also_when_text_follows, starts_at=starts_at, ends_at=ends_at)


def _with_content(draft: Draft, number_id: int, account_id: int, keyword_id: int | None, content: RuleContent, rule: Rule | None) -> Draft:
    row = rule_row(rule) if rule else RuleRow(NEW, number_id, account_id, keyword_id)
    actions = tuple(replace(action_row(action), rule_id=row.id) for action in actions_for(rule or Rule(), content))
    return replace(draft, rules=(row,), actions=actions)
