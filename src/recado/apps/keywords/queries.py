"""Reads about keywords and rules: an account's list, one of them with its synonyms, what a number's default does.

What belongs here: questions panel, API and services ask. What does not: changes (`services`), whether a word is free (`checks`), matching
of messages (`core.keyword`).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Rule, RuleAction, Spelling
from recado.apps.keywords.rules import in_order
from recado.apps.numbers.models import Number
from recado.apps.sql import lent_connection
from recado.core.autoresponder import Autoresponder
from recado.core.breaker import Past
from recado.core.condition import Clock
from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.core.plan import Overrides
from recado.core.question import Question
from recado.core.routes import Rule as CompiledRule
from recado.core.sender import SenderState
from recado.core.taking_part import Play
from recado.protocols.gsm.segment import segments
from recado.store.activities import play_for
from recado.store.answered import Wanted, load_answered
from recado.store.load import load_concerned, load_known, load_questions
from recado.store.plans import load_overrides
from recado.store.snapshot import load_autoresponders


def keywords_of(account: Account) -> QuerySet[Keyword]:
    """Return the account's keywords with number and rules, newest first; released ones are left out."""
    actions = RuleAction.objects.select_related(*RuleAction.NAMES)
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
    actions = RuleAction.objects.select_related(*RuleAction.NAMES)
    mine = Rule.objects.filter(account=account).select_related("account", "keyword__number", "number", "in_group", "not_in_group")
    return mine.prefetch_related(Prefetch("actions", queryset=actions))


def synonyms_of(keyword: Keyword) -> QuerySet[Spelling]:
    """Return the other spellings of a keyword, oldest first."""
    return Spelling.objects.filter(keyword=keyword, is_main=False).order_by("id")


def get_synonym_for(account: Account, keyword_id: int, synonym_id: int) -> Spelling:
    """Return a synonym of a keyword of the account; raise DoesNotExist for all others."""
    return synonyms_of(get_keyword_for(account, keyword_id)).select_related("keyword__number", "keyword__account").get(pk=synonym_id)


def keyword_owners(number: Number | None) -> QuerySet[Account]:
    """Return the accounts with live keywords on a number, by name."""
    return Account.objects.filter(keywords__number=number, keywords__state=Keyword.State.LIVE).distinct().order_by("name")


def get_live_keyword(number: Number | None, keyword_id: int) -> Keyword:
    """Return a live keyword of a number, whoever owns it, for the operator; raise Keyword.DoesNotExist for all others."""
    return Keyword.objects.select_related("account", "number").get(pk=keyword_id, number=number, state=Keyword.State.LIVE)


def seen_by(
    accounts: Iterable[int], number_id: int, msisdn: str, now: datetime, groups: Iterable[int] = (), keywords: Iterable[int] = ()
) -> dict[int, SenderState]:
    """Return how accounts see a phone that writes to a number, read as the gateway reads it; of `groups` and `keywords` only."""
    asked = list(accounts)
    known = load_known(lent_connection(), [(account, number_id, msisdn) for account in asked], groups, keywords, now, with_names=True)
    return {account: known.sender(account, number_id, msisdn) for account in asked}


def concerned_by(number_id: int, msisdn: str, accounts: Collection[int], now: datetime) -> list[int]:
    """Return the accounts that a text about consent on a shared number concerns, of those that have anything on it or wrote lately."""
    return sorted(account for account, *_ in load_concerned(lent_connection(), {(number_id, msisdn): accounts}, now))


def question_asked(number_id: int, msisdn: str, now: datetime) -> Question | None:
    """Return what a phone was asked last from a number, if it was lately."""
    return load_questions(lent_connection(), [(number_id, msisdn)], now).get((number_id, msisdn))


def overrides() -> Mapping[int, Overrides]:
    """Return what the plans of accounts change of the table of numbers, as the gateway reads it."""
    return load_overrides(lent_connection())


def autoresponders_of(accounts: Iterable[int]) -> Mapping[int, tuple[Autoresponder, ...]]:
    """Return the autoresponders of accounts, as the gateway reads them."""
    return {key: some for account in accounts for key, some in load_autoresponders(lent_connection(), account).items()}


def could_take_part(message: InboundMessage, match: Match, now: datetime) -> Play:
    """Return what a message could take part in, and what its sender was asked, as the gateway finds it; nothing is changed by asking."""
    return play_for(lent_connection(), message, match, now)


def answered_before(
    msisdn: str, rules: Iterable[CompiledRule], responders: Iterable[Autoresponder], clocks: Mapping[int, Clock], now: datetime
) -> Past:
    """Return what the loop breaker must know about a phone and those who may answer it; `clocks` are those of their accounts."""
    today = {account: clock.local(now).date().isoformat() for account, clock in clocks.items()}
    rules, responders = list(rules), list(responders)
    days = [("rule", rule.id, today[rule.account_id]) for rule in rules if rule.account_id in today]
    days += [("autoresponder", one.id, today[one.account_id]) for one in responders if one.account_id in today]
    given = [(msisdn, one.id, one.once) for one in responders if one.once is not None]
    answered = load_answered(lent_connection(), Wanted([msisdn], clocks, days, given), now)
    numbers = frozenset(Number.objects.filter(digits=msisdn).values_list("digits", flat=True))
    return answered.past((msisdn, False), numbers, lambda text: segments(text).count)
