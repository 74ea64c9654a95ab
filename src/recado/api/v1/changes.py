"""From a change as a program would make it to the draft it is.

What belongs here: the checks the change itself would make, and its draft. What does not: what a draft would mean (`trying_changes`).
"""

from typing import TypeVar, assert_never

from recado.api.v1.change_shapes import (
    AddRuleChange,
    AddSynonymChange,
    DeleteRuleChange,
    EditKeywordChange,
    EditRuleChange,
    MoveRuleChange,
    RemoveSynonymChange,
    ReserveKeywordChange,
    RuleChange,
    SwitchKeywordChange,
)
from recado.api.v1.keyword_shapes import KeywordIn, KeywordPatch
from recado.api.v1.problems import not_found
from recado.api.v1.rule_shapes import RuleDirection, RuleIn, changed_rule, rule_content
from recado.api.v1.terms_shapes import read_terms
from recado.apps.accounts.models import Account
from recado.apps.keywords.checks import check_word, refusal_of
from recado.apps.keywords.drafts import (
    draft_of_deletion,
    draft_of_end,
    draft_of_keyword,
    draft_of_move,
    draft_of_rule,
    draft_of_state,
    draft_of_synonym,
    draft_without_synonym,
    drafted_row,
)
from recado.apps.keywords.errors import KeywordRefusedError, Refusal
from recado.apps.keywords.kinds import refusal_of as kind_refusal_of
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.queries import get_keyword_for, get_rule_for, get_synonym_for
from recado.apps.keywords.rules import RuleContent, check_purpose, check_terms, order_after
from recado.apps.keywords.synonyms import check_synonym
from recado.apps.numbers.models import Number
from recado.core.draft import Draft
from recado.core.routes import MatchKind
from recado.core.text import exact_form


def draft_of(account: Account, number: Number, change: RuleChange) -> Draft:
    """Return a change as a draft; raise what the change itself would raise, Problem where it is about another number."""
    match change:
        case ReserveKeywordChange():
            return _reserved(account, number, change.keyword)
        case EditKeywordChange() | SwitchKeywordChange() | AddSynonymChange() | RemoveSynonymChange():
            return _of_keyword(account, _there(get_keyword_for(account, change.keyword_id), number), change)
        case AddRuleChange():
            place = number if change.keyword_id is None else _there(get_keyword_for(account, change.keyword_id), number)
            return _ruled(account, place, change.rule)
        case EditRuleChange():
            rule = _there(get_rule_for(account, change.rule_id), number)
            return _ruled(account, rule.keyword or rule.number, change.rule, rule)
        case DeleteRuleChange():
            return draft_of_deletion(_there(get_rule_for(account, change.rule_id), number))
        case MoveRuleChange():
            rule = _there(get_rule_for(account, change.rule_id), number)
            return draft_of_move(order_after(rule, up=change.to is RuleDirection.EARLIER))
        case _:
            assert_never(change)


def _reserved(account: Account, number: Number, wanted: KeywordIn) -> Draft:
    content = rule_content(account, wanted.rule, "body.change.keyword.rule") if wanted.rule else RuleContent()
    check_purpose(wanted.word, wanted.kind, content)
    check_word(account, number, wanted.word, wanted.kind, starts_at=wanted.starts_at, ends_at=wanted.ends_at)
    row = drafted_row(
        account,
        number,
        None,
        wanted.word,
        kind=wanted.kind,
        also_when_text_follows=wanted.also_when_text_follows,
        asks_back=wanted.asks_back,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
    )
    return draft_of_keyword(row, content)


def _of_keyword(
    account: Account, keyword: Keyword, change: EditKeywordChange | SwitchKeywordChange | AddSynonymChange | RemoveSynonymChange
) -> Draft:
    match change:
        case EditKeywordChange():
            return _edited(account, keyword, change.keyword)
        case AddSynonymChange():
            check_synonym(keyword, change.word)
            return draft_of_synonym(keyword, change.word)
        case RemoveSynonymChange():
            return draft_without_synonym(get_synonym_for(account, keyword.pk, change.synonym_id))
        case SwitchKeywordChange(operation="end_keyword"):
            return draft_of_end(keyword)
        case SwitchKeywordChange():
            return draft_of_state(keyword, Keyword.State.LIVE if change.operation == "resume_keyword" else Keyword.State.PAUSED)
        case _:
            assert_never(change)


def _edited(account: Account, keyword: Keyword, wanted: KeywordPatch) -> Draft:
    given = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    word, kind = given.get("word", keyword.word), given.get("kind", MatchKind(keyword.kind))
    if kind != keyword.kind and (why := kind_refusal_of(account, keyword.number, kind)):
        raise KeywordRefusedError(word, why)
    if exact_form(word) != keyword.tokens:
        if keyword.number.capabilities.is_shared:
            raise KeywordRefusedError(word, Refusal.RENAMED)
        if why := refusal_of(account, keyword.number, word, kind):
            raise KeywordRefusedError(word, why)
    row = drafted_row(
        account,
        keyword.number,
        keyword,
        word,
        kind=kind,
        also_when_text_follows=given.get("also_when_text_follows", keyword.also_when_text_follows),
        asks_back=given.get("asks_back", keyword.asks_back),
        starts_at=given.get("starts_at", keyword.starts_at),
        ends_at=given.get("ends_at", keyword.ends_at),
    )
    return draft_of_keyword(row, None)


def _ruled(account: Account, place: Keyword | Number, body: RuleIn, rule: Rule | None = None) -> Draft:
    wanted = changed_rule(rule, body) if rule else body
    at = "body.change.rule"
    content, terms = rule_content(account, wanted, at), read_terms(account, wanted, rule.priority if rule else 0, at)
    check_terms(account, terms)
    return draft_of_rule(place, account, content, terms, rule)


T = TypeVar("T", Keyword, Rule)


def _there(found: T, number: Number) -> T:
    """Refuse what is about another number than the one asked about."""
    if found.number_id != number.pk:
        raise not_found()
    return found
