"""Reads about keywords and rules: an account's list, one of them, whether a word is free.

What belongs here: questions panel, API and services ask. What does not: changes (`services`), matching of messages (`core.keyword`).
"""

from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.errors import KeywordRefusedError, KeywordTakenError, Refusal
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.keywords.rules import in_order
from recado.apps.keywords.words import alternatives, is_reserved, looks_like, mixes_scripts
from recado.apps.numbers.models import Number
from recado.core.keyword import MATCHERS
from recado.core.routes import MatchKind
from recado.core.text import exact_form, fold, folded_form, tokenise

QUARANTINE = timedelta(days=90)
"""How long a released word of a shared number is kept from others, so that nobody's old posters sign people up elsewhere."""
LONGEST = 80
MATCHED_KINDS = frozenset(MATCHERS)
"""Kinds that `core.keyword` can match; the others can be modelled but not yet reserved."""


def keywords_of(account: Account) -> QuerySet[Keyword]:
    """Return the account's keywords with number and rules, newest first; released ones are left out."""
    actions = RuleAction.objects.select_related("group", "destination")
    rules = Rule.objects.order_by("-priority", "id").select_related("in_group", "not_in_group")
    rules = rules.prefetch_related(Prefetch("actions", queryset=actions))
    mine = Keyword.objects.filter(account=account).exclude(state=Keyword.State.QUARANTINE)
    return mine.select_related("number").prefetch_related(Prefetch("rules", queryset=rules)).order_by("-id")


def get_keyword_for(account: Account, keyword_id: int) -> Keyword:
    """Return a keyword of the account; raise Keyword.DoesNotExist for all others and for released ones."""
    return keywords_of(account).get(pk=keyword_id)


def default_rules_of(account: Account, number: Number) -> list[Rule]:
    """Return the rules for everything else that arrives on a number, in the order in which they are asked."""
    return in_order(_rules_of(account).filter(number=number, keyword=None))


def default_rule_of(account: Account, number: Number) -> Rule | None:
    """Return the first of them."""
    return next(iter(default_rules_of(account, number)), None)


def get_rule_for(account: Account, rule_id: int) -> Rule:
    """Return a rule of the account with its place and its actions; raise Rule.DoesNotExist for all others."""
    return _rules_of(account).get(pk=rule_id)


def _rules_of(account: Account) -> QuerySet[Rule]:
    actions = RuleAction.objects.select_related("group", "destination")
    mine = Rule.objects.filter(account=account).select_related("account", "keyword__number", "number", "in_group", "not_in_group")
    return mine.prefetch_related(Prefetch("actions", queryset=actions))


def check_word(account: Account, number: Number, word: str, kind: MatchKind = MatchKind.EXACT, now: datetime | None = None) -> None:
    """Raise KeywordRefusedError or KeywordTakenError unless the account can reserve the word there now."""
    check_allowed(number, word, kind)
    spelling = exact_form(word)
    holder = Keyword.objects.filter(number=number, tokens=spelling, kind=kind.value).first()
    if holder is not None and not is_free_for(account, holder, now or timezone.now()):
        raise KeywordTakenError(word, number.digits, free_words(account, number, word))
    if number.capabilities.is_shared:
        _check_neighbours(account, number, word)


def check_allowed(number: Number, word: str, kind: MatchKind) -> None:
    """Raise KeywordRefusedError where nobody could reserve the word on this number in this kind."""
    capabilities = number.capabilities
    folded = fold(tokenise(word))
    reasons = {
        Refusal.NO_KEYWORDS_HERE: not capabilities.exact_keywords,
        Refusal.KIND_NOT_ALLOWED: kind not in MATCHED_KINDS or (kind is not MatchKind.EXACT and not capabilities.advanced_keywords),
        Refusal.EMPTY: not folded,
        Refusal.TOO_LONG: len(word) > LONGEST,
        Refusal.RESERVED: is_reserved(folded, is_shared=capabilities.is_shared),
        Refusal.MIXED_SCRIPTS: capabilities.is_shared and mixes_scripts(word),
    }
    for reason, applies in reasons.items():
        if applies:
            raise KeywordRefusedError(word, reason)


def is_free_for(account: Account, holder: Keyword, now: datetime) -> bool:
    """Say whether a reservation no longer keeps `account` from its word: released, by itself or long enough ago."""
    if holder.state != Keyword.State.QUARANTINE:
        return False
    return holder.account_id == account.pk or (holder.ends_at is not None and holder.ends_at + QUARANTINE <= now)


def free_words(account: Account, number: Number, word: str, count: int = 3) -> tuple[str, ...]:
    """Suggest words like this one that the account could reserve on the number."""
    wanted = [candidate for candidate in alternatives(word, account.name) if len(candidate) <= LONGEST]
    spelled = {candidate: exact_form(candidate) for candidate in wanted}
    taken = set(Keyword.objects.filter(number=number, tokens__in=spelled.values()).values_list("tokens", flat=True))
    return tuple(candidate for candidate in wanted if spelled[candidate] not in taken)[:count]


def _check_neighbours(account: Account, number: Number, word: str) -> None:
    folded = folded_form(word)
    others = Keyword.objects.filter(number=number).exclude(account=account).values_list("folded", flat=True)
    if any(looks_like(folded, other) for other in others.iterator()):
        raise KeywordRefusedError(word, Refusal.LOOK_ALIKE)


def keyword_owners(number: Number | None) -> QuerySet[Account]:
    """Return the accounts with live keywords on a number, by name."""
    return Account.objects.filter(keywords__number=number, keywords__state=Keyword.State.LIVE).distinct().order_by("name")


def get_live_keyword(number: Number | None, keyword_id: int) -> Keyword:
    """Return a live keyword of a number, whoever owns it, for the operator; raise Keyword.DoesNotExist for all others."""
    return Keyword.objects.select_related("account", "number").get(pk=keyword_id, number=number, state=Keyword.State.LIVE)
