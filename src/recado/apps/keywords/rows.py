"""The rows of one number as the rules are compiled from: stored keywords, rules and actions as plain values.

What belongs here: reading rows for dry runs, drafts and conflicts. What does not: what rows mean (`core.compiling`), the gateway's own
reading of everything (`store.snapshot`).
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.numbers.models import Number
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow
from recado.core.draft import Rows
from recado.core.number import NumberKind, NumberState
from recado.core.routes import KeywordState, MatchKind
from recado.core.text import fold, leading_tokens

LONGEST_KEYWORD = 80


def rows_for(account: Account, number: Number, texts: Iterable[str] = ()) -> Rows:
    """Read what an account has on a number; on a shared one also the words of others that the texts may begin with.

    Of others only whose the word is matters, so their rules are not read.
    """
    mine = Keyword.objects.filter(number=number, account=account)
    rules = Rule.objects.filter(number=number, account=account)
    keywords = [keyword_row(keyword) for keyword in mine]
    if number.capabilities.is_shared:
        keywords += _of_others(account, number, texts)
    actions = RuleAction.objects.filter(rule__in=rules).select_related("group", "destination")
    return Rows(number_row(number), tuple(keywords), tuple(map(rule_row, rules)), tuple(map(action_row, actions)))


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


def _of_others(account: Account, number: Number, texts: Iterable[str]) -> list[KeywordRow]:
    firsts = {first for text in texts for first in fold(tuple(leading_tokens(text, 1)[0][:1]))}
    if not firsts:
        return []
    # Shared numbers have up to 100,000 keywords: the few that matter are picked before they become objects.
    others = Keyword.objects.filter(number=number).exclude(account=account).values_list("pk", "folded")
    wanted = [key for key, folded in others.iterator() if folded.split(" ", 1)[0] in firsts]
    return [keyword_row(keyword) for keyword in Keyword.objects.in_bulk(wanted).values()]
