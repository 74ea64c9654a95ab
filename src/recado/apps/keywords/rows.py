"""The rows of one number as the rules are compiled from: stored keywords, rules and actions as plain values.

What belongs here: reading rows for dry runs, drafts and conflicts. What does not: what rows mean (`core.compiling`), the gateway's own
reading of everything (`store.snapshot`).
"""

from collections.abc import Collection, Iterable
from itertools import accumulate

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.numbers.models import Number
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow
from recado.core.draft import Rows
from recado.core.number import NumberKind, NumberState
from recado.core.routes import KeywordState, MatchKind
from recado.core.text import fold, leading_tokens, tokenise

LONGEST_KEYWORD = 80
_NAMED = 500
"""So many ids are named in a query; for more, all rows are read."""


def rows_for(account: Account, number: Number, texts: Iterable[str]) -> Rows:
    """Read what an account has on a number as far as it can be found in one of the texts, with its defaults.

    Of the words others have on a shared number only whose they are matters, so their rules are not read.
    """
    beginnings, words = _sought(texts)
    # Numbers have up to 100,000 keywords: the few that matter are picked before they become objects.
    every = Keyword.objects.filter(number=number).values_list("pk", "folded", "kind")
    wanted = [
        key
        for key, folded, kind in every.iterator()
        if (folded.split(" ", 1)[0] in words if kind == MatchKind.PHRASE.value else folded in beginnings)
    ]
    keywords = list(Keyword.objects.in_bulk(wanted).values())
    mine = {keyword.pk for keyword in keywords if keyword.account_id == account.pk}
    return _with_rules(account, number, [keyword_row(keyword) for keyword in keywords], mine, Q(keyword=None))


def rows_of(account: Account, number: Number, keyword_ids: Collection[int], *, with_defaults: bool = False) -> Rows:
    """Read some keywords of an account on a number with their rules, and, if asked, its defaults."""
    keywords = Keyword.objects.filter(account=account, number=number).in_bulk(list(keyword_ids))
    others = Q(keyword=None) if with_defaults else Q()
    return _with_rules(account, number, [keyword_row(keyword) for keyword in keywords.values()], set(keywords), others)


def keywords_on(account: Account, number: Number) -> list[KeywordRow]:
    """Read all keywords of an account on a number, without their rules."""
    return [keyword_row(keyword) for keyword in Keyword.objects.filter(account=account, number=number)]


def rows_in(number: Number, text: str) -> Rows:
    """Read whatever can be found in one text, whoever owns it, with the number's defaults."""
    keywords = list(findable(number, text))
    rules = list(Rule.objects.filter(Q(keyword=None) | Q(keyword__in=keywords), number=number))
    actions = RuleAction.objects.filter(rule__in=rules).select_related("group", "destination")
    return Rows(number_row(number), tuple(map(keyword_row, keywords)), tuple(map(rule_row, rules)), tuple(map(action_row, actions)))


def findable(number: Number, text: str) -> QuerySet[Keyword]:
    """Return the few keywords of a number that can be found in a text."""
    leading = fold(tuple(leading_tokens(text, LONGEST_KEYWORD)[0]))
    spellings = [" ".join(leading[:length]) for length in range(1, len(leading) + 1)]
    phrases = Q()
    for token in set(leading):
        phrases |= Q(folded=token) | Q(folded__startswith=f"{token} ")
    return Keyword.objects.filter(Q(folded__in=spellings) | (Q(kind=MatchKind.PHRASE.value) & phrases), number=number)


def number_row(number: Number) -> NumberRow:
    """Return a number as the rules know it."""
    return NumberRow(number.pk, number.digits, NumberKind(number.kind), NumberState(number.state), number.account_id, number.connection_id)


def keyword_row(keyword: Keyword) -> KeywordRow:
    """Return a keyword as the rules know it."""
    return KeywordRow(
        keyword.pk,
        keyword.number_id,
        keyword.account_id,
        keyword.word,
        MatchKind(keyword.kind),
        keyword.also_when_text_follows,
        KeywordState(keyword.state),
        keyword.starts_at,
        keyword.ends_at,
    )


def rule_row(rule: Rule) -> RuleRow:
    """Return a rule as the rules know it."""
    period = rule.starts_at, rule.ends_at
    return RuleRow(rule.pk, rule.number_id, rule.account_id, rule.keyword_id, rule.priority, rule.is_enabled, *period, rule.condition)


def action_row(action: RuleAction) -> ActionRow:
    """Return an action as the rules know it."""
    return ActionRow(
        action.rule_id,
        action.kind,
        action.position,
        action.group_id,
        action.group.name if action.group else "",
        action.destination_id,
        action.destination.name if action.destination else "",
        action.text,
        action.until,
    )


def _with_rules(account: Account, number: Number, keywords: list[KeywordRow], mine: Collection[int], others: Q) -> Rows:
    wanted = (Q(keyword__in=mine) | others) if len(mine) <= _NAMED else Q()
    found = Rule.objects.filter(wanted, account=account, number=number)
    rules = [rule for rule in found if rule.keyword_id in mine or (rule.keyword_id is None and others)]
    ids = {rule.pk for rule in rules}
    actions = RuleAction.objects.select_related("group", "destination")
    actions = actions.filter(rule__in=ids) if len(ids) <= _NAMED else actions.filter(rule__account=account, rule__number=number)
    acting = [action_row(action) for action in actions if action.rule_id in ids]
    return Rows(number_row(number), tuple(keywords), tuple(map(rule_row, rules)), tuple(acting))


def _sought(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return what keywords at the start of a text are spelled like, and the words of which one begins a phrase."""
    beginnings: set[str] = set()
    words: set[str] = set()
    for text in texts:
        folded = fold(tokenise(text))
        words.update(folded)
        beginnings.update(accumulate(folded[:LONGEST_KEYWORD], "{} {}".format))
    return beginnings, words
