"""The rows of one number as the rules are compiled from: stored keywords, rules and actions as plain values.

What belongs here: reading rows for dry runs, drafts and conflicts. What does not: what rows mean (`core.compiling`), the gateway's own
reading of everything (`store.snapshot`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import accumulate

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from recado.apps.accounts.models import Account
from recado.apps.keywords.activities import activity_of
from recado.apps.keywords.models import Keyword, NearForm, Rule, RuleAction, Spelling
from recado.apps.keywords.queries import autoresponders_of, overrides
from recado.apps.keywords.words import near_forms
from recado.apps.numbers.models import Number
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow
from recado.core.draft import Rows
from recado.core.nearness import slips
from recado.core.number import NumberKind, NumberState
from recado.core.routes import KeywordState, MatchKind
from recado.core.text import fold, tokenise
from recado.core.typo import ASKED_FROM, RIVAL_FROM

LONGEST_KEYWORD = 80
LONGEST_TEXT = 300
"""So many tokens of one text are looked up for phrases; a query with more names would be refused."""
SHORT_TEXT = 12
"""In texts of at most so many tokens, keywords are looked for at any place: an opt-out names them behind its word."""
_NAMED = 500
"""So many ids are named in a query; for more, all rows are read."""


def rows_for(account: Account, number: Number, texts: Iterable[str], also: Collection[int] = ()) -> Rows:
    """Read what an account has on a number as far as it can be found in one of the texts, with its defaults and the keywords in `also`.

    Of the words others have on a shared number only whose they are matters, so their rules are not read.
    """
    spellings, words = _sought(texts)
    # Numbers have up to 100,000 keywords: the few that matter are picked before they become objects.
    every = Spelling.objects.filter(number=number).values_list("keyword_id", "folded", "kind")
    wanted = {
        key
        for key, folded, kind in every.iterator()
        if key in also or folded in spellings or (kind == MatchKind.PHRASE.value and folded.split(" ", 1)[0] in words)
    }
    keywords = list(Keyword.objects.in_bulk(list(wanted)).values())
    mine = {keyword.pk for keyword in keywords if keyword.account_id == account.pk}
    return _with_rules(account, number, _keyword_rows(number, keywords), mine, Q(keyword=None))


def rows_of(account: Account, number: Number, keyword_ids: Collection[int], *, with_defaults: bool = False) -> Rows:
    """Read some keywords of an account on a number with their rules, and, if asked, its defaults."""
    keywords = Keyword.objects.filter(account=account, number=number).in_bulk(list(keyword_ids))
    others = Q(keyword=None) if with_defaults else Q()
    return _with_rules(account, number, _keyword_rows(number, keywords.values()), set(keywords), others)


def keywords_on(account: Account, number: Number) -> list[KeywordRow]:
    """Read all keywords of an account on a number, without their rules."""
    return _keyword_rows(number, Keyword.objects.filter(account=account, number=number))


def rows_in(number: Number, *texts: str) -> Rows:
    """Read whatever can be found in some texts, or nearly, whoever owns it, with the number's defaults."""
    keywords = list(findable(number, *texts))
    rules = list(Rule.objects.filter(Q(keyword=None) | Q(keyword__in=keywords), number=number))
    actions = RuleAction.objects.filter(rule__in=rules).select_related(*RuleAction.NAMES)
    rows = tuple(_keyword_rows(number, keywords))
    owners = {keyword.account_id for keyword in keywords} | ({number.account_id} if number.account_id is not None else set())
    answering = autoresponders_of(sorted(owners))
    return Rows(number_row(number), rows, tuple(map(rule_row, rules)), tuple(map(action_row, actions)), overrides(), answering)


def findable(number: Number, *texts: str) -> QuerySet[Keyword]:
    """Return the few keywords of a number that can be found in texts, in any of their spellings; where it asks back, near ones, too."""
    asks_back = Keyword.objects.filter(number=number, asks_back=True).exists()
    sought = Q()
    for text in texts:
        every = fold(tokenise(text))
        sought |= Q(folded__in=_places(every)) | (_near(number, every[0]) if asks_back and every else Q())
        for token in set(every[:LONGEST_TEXT]):
            sought |= Q(kind=MatchKind.PHRASE.value) & (Q(folded=token) | Q(folded__startswith=f"{token} "))
    return Keyword.objects.filter(pk__in=Spelling.objects.filter(sought, number=number).values("keyword"))


def _near(number: Number, first: str) -> Q:
    """Say which spellings lie one slip from the first word of a text."""
    near = set(NearForm.objects.filter(number=number, form__in=near_forms(first)).values_list("spelling", flat=True))
    if len(first) < ASKED_FROM:  # how words as short look with a letter left out is kept nowhere
        short = Spelling.objects.annotate(letters=Length("folded")).filter(number=number, letters__gte=RIVAL_FROM, letters__lt=ASKED_FROM)
        near |= {key for key, word in short.values_list("pk", "folded") if slips(first, word, 1) is not None}
    return Q(pk__in=near)


def number_row(number: Number) -> NumberRow:
    """Return a number as the rules know it."""
    return NumberRow(number.pk, number.digits, NumberKind(number.kind), NumberState(number.state), number.account_id, number.connection_id)


def keyword_row(keyword: Keyword) -> KeywordRow:
    """Return a keyword as the rules know it."""
    (row,) = _keyword_rows(keyword.number, [keyword])
    return row


def rule_row(rule: Rule) -> RuleRow:
    """Return a rule as the rules know it."""
    period = rule.starts_at, rule.ends_at
    whose = rule.number_id, rule.account_id, rule.keyword_id
    return RuleRow(rule.pk, *whose, rule.priority, rule.is_enabled, *period, rule.condition, rule.daily_ceiling)


def action_row(action: RuleAction) -> ActionRow:
    """Return an action as the rules know it."""
    activity = activity_of(action)
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
        activity.target_id if activity else None,
        activity.name if activity else "",
        action.option_id,
    )


def _with_rules(account: Account, number: Number, keywords: list[KeywordRow], mine: Collection[int], others: Q) -> Rows:
    wanted = (Q(keyword__in=mine) | others) if len(mine) <= _NAMED else Q()
    found = Rule.objects.filter(wanted, account=account, number=number)
    rules = [rule for rule in found if rule.keyword_id in mine or (rule.keyword_id is None and others)]
    ids = {rule.pk for rule in rules}
    actions = RuleAction.objects.select_related(*RuleAction.NAMES)
    actions = actions.filter(rule__in=ids) if len(ids) <= _NAMED else actions.filter(rule__account=account, rule__number=number)
    acting = [action_row(action) for action in actions if action.rule_id in ids]
    answering = autoresponders_of([account.pk])
    return Rows(number_row(number), tuple(keywords), tuple(map(rule_row, rules)), tuple(acting), overrides(), answering)


def _keyword_rows(number: Number, keywords: Iterable[Keyword]) -> list[KeywordRow]:
    """Return keywords of a number with their other spellings, the oldest first."""
    found = list(keywords)
    others = Spelling.objects.filter(number=number, is_main=False).order_by("id")
    if len(found) <= _NAMED:
        others = others.filter(keyword__in=[keyword.pk for keyword in found])
    synonyms: defaultdict[int, list[str]] = defaultdict(list)
    for key, word in others.values_list("keyword_id", "word"):
        synonyms[key].append(word)
    return [
        KeywordRow(
            keyword.pk,
            keyword.number_id,
            keyword.account_id,
            keyword.word,
            MatchKind(keyword.kind),
            keyword.also_when_text_follows,
            KeywordState(keyword.state),
            keyword.starts_at,
            keyword.ends_at,
            tuple(synonyms[keyword.pk]),
            keyword.asks_back,
        )
        for keyword in found
    ]


def _sought(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return what keywords in one of the texts are spelled like, and the words of which one begins a phrase."""
    spellings: set[str] = set()
    words: set[str] = set()
    for text in texts:
        folded = fold(tokenise(text))
        words.update(folded)
        spellings.update(_places(folded))
    return spellings, words


def _places(folded: tuple[str, ...]) -> list[str]:
    """Return what a text says at its beginning, longer and longer; if it is short, at any place."""
    starts = range(len(folded)) if len(folded) <= SHORT_TEXT else range(min(1, len(folded)))
    return [words for start in starts for words in accumulate(folded[start : start + LONGEST_KEYWORD], "{} {}".format)]
