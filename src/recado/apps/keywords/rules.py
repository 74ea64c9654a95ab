"""Writes about rules: what a keyword or the default of a number does, when and for whom, and in which order.

What belongs here: changes with their checks, each bumping the routing version. What does not: keywords (`services`), whether a rule acts
on a message (`core.condition`), taking a deletion back (`rule_undo`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.keywords.activities import Activity, actions_of, activity_of, are_of, asks_age, placeholders_of
from recado.apps.keywords.errors import KeywordRefusedError, Refusal, RuleError, RuleRefusal, RuleRefusedError
from recado.apps.keywords.models import Keyword, Restricted, Rule, RuleAction
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.apps.outbox.models import Destination
from recado.apps.plans.queries import capabilities_for
from recado.core.condition import ALWAYS, Condition
from recado.core.reply import CODE, unknown
from recado.core.routes import MatchKind

LONGEST_PREFIXES = 200
LONGEST_PHONE = 15

FORWARD_KINDS: Mapping[str, RuleAction.Kind] = MappingProxyType(
    {
        Destination.Kind.URL: RuleAction.Kind.FORWARD_TO_URL,
        Destination.Kind.WEBHOOK: RuleAction.Kind.FORWARD_TO_URL,
        Destination.Kind.EMAIL: RuleAction.Kind.FORWARD_TO_EMAIL,
        Destination.Kind.PHONE: RuleAction.Kind.FORWARD_TO_PHONE,
    }
)
"""How a rule names a forward to each kind of destination."""


@dataclass(frozen=True, slots=True)
class RuleContent:
    """What a rule does: groups to join and to leave, one reply or none, destinations to forward to."""

    groups: tuple[Group, ...] = ()
    reply: str = ""
    destinations: tuple[Destination, ...] = ()
    leaves: tuple[Group, ...] = ()
    until: datetime | None = None
    """When memberships it makes end by themselves; None: never."""
    activities: tuple[Activity, ...] = ()
    """What people take part in by it."""


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """When and for whom a rule acts, and its place among equals."""

    priority: int = 0
    is_enabled: bool = True
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    condition: Condition = ALWAYS
    daily_ceiling: int | None = None
    """What its replies may cost a day, in minor units; None: the standard ceiling."""

    @property
    def is_open(self) -> bool:
        """Say whether nothing restricts the rule."""
        is_always = self.is_enabled and self.starts_at is None and self.ends_at is None and self.condition == ALWAYS
        return is_always and self.daily_ceiling is None


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Sort rules of one keyword, or of one number's default, as they are asked: narrower, then by priority, then older ones first."""
    return sorted(rules, key=lambda rule: (-rule.condition.narrowness, -rule.priority, rule.pk))


def content_of(rule: Rule | None) -> RuleContent:
    """Return what a rule does, as it was given."""
    actions = list(rule.actions.all()) if rule else []
    joins = [action for action in actions if action.group and action.kind == RuleAction.Kind.ADD_TO_GROUP]
    return RuleContent(
        tuple(action.group for action in joins if action.group),
        next((action.text for action in actions if action.kind == RuleAction.Kind.SEND_REPLY), ""),
        tuple(action.destination for action in actions if action.destination),
        tuple(action.group for action in actions if action.group and action.kind == RuleAction.Kind.REMOVE_FROM_GROUP),
        next((action.until for action in joins if action.until), None),
        tuple(activity for action in actions if (activity := activity_of(action)) is not None),
    )


def terms_of(rule: Rule) -> RuleTerms:
    """Return when and for whom a rule acts, as it was given."""
    return RuleTerms(rule.priority, rule.is_enabled, rule.starts_at, rule.ends_at, rule.condition, rule.daily_ceiling)


@transaction.atomic
def add_rule(place: Keyword | Number, account: Account, content: RuleContent, terms: RuleTerms | None = None) -> Rule:
    """Let a keyword of the account, or the default of one of its own numbers, do something more; among equals the new rule is the last."""
    if isinstance(place, Keyword):
        if place.account_id != account.pk:
            raise RuleError("a rule belongs to the account of its keyword")
        rule = Rule(account=account, number=place.number, keyword=place)
    else:
        _check_default(account, place)
        rule = Rule(account=account, number=place)
    _save(rule, terms or RuleTerms())
    _write_actions(rule, content)
    return rule


@transaction.atomic
def edit_rule(rule: Rule, content: RuleContent, terms: RuleTerms) -> None:
    """Say what a rule does, when and for whom, in place of what it was."""
    _save(rule, terms)
    _write_actions(rule, content)


@transaction.atomic
def delete_rule(rule: Rule) -> None:
    """Remove a rule; a keyword keeps its last one."""
    # The keyword's row is what two people wait for who delete its last two rules at once.
    if rule.keyword_id and Keyword.objects.select_for_update().get(pk=rule.keyword_id).rules.count() == 1:
        raise RuleRefusedError(RuleRefusal.LAST)
    rule.delete()
    bump_routing(number_id=rule.number_id, keyword_id=rule.keyword_id)


@transaction.atomic
def move_rule(rule: Rule, *, up: bool) -> bool:
    """Let a rule change places with the one before or after it; say whether it could."""
    peers = order_after(rule, up=up)
    for place, one in enumerate(reversed(peers), start=1):
        Rule.objects.filter(pk=one.pk).update(priority=place)
    if peers:
        bump_routing(number_id=rule.number_id, keyword_id=rule.keyword_id)
    return bool(peers)


def order_after(rule: Rule, *, up: bool) -> list[Rule]:
    """Return a rule and its equally narrow peers in the order they will have once it moved; none where it cannot."""
    beside = _beside(rule).prefetch_related(Prefetch("actions", RuleAction.objects.select_related(*RuleAction.NAMES)))
    peers = [one for one in in_order(beside) if one.condition.narrowness == rule.condition.narrowness]
    here = [one.pk for one in peers].index(rule.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(peers):
        return []
    peers[here], peers[there] = peers[there], peers[here]
    return peers


def place_among(rule: Rule) -> str:
    """Return where a rule stands among its neighbours: `2/3`."""
    rules = in_order(_beside(rule))
    return f"{[one.pk for one in rules].index(rule.pk) + 1}/{len(rules)}"


@transaction.atomic
def save_rule(keyword: Keyword, content: RuleContent) -> Rule:
    """Say what a keyword does, in place of what its first rule did."""
    rule = next(iter(in_order(keyword.rules.all())), None) or Rule.objects.create(
        keyword=keyword, account=keyword.account, number=keyword.number
    )
    _write_actions(rule, content)
    return rule


@transaction.atomic
def save_default_rule(account: Account, number: Number, content: RuleContent) -> Rule | None:
    """Say what happens to everything else on an own number, in place of what its first rule did; nothing at all removes that rule."""
    _check_default(account, number)
    rule = next(iter(in_order(Rule.objects.filter(account=account, number=number, keyword=None))), None)
    if content == RuleContent():
        if rule:
            delete_rule(rule)
        return None
    rule = rule or Rule.objects.create(account=account, number=number)
    _write_actions(rule, content)
    return rule


def check_terms(account: Account, terms: RuleTerms) -> None:
    """Raise RuleRefusedError where terms contradict themselves, RuleError where they are about groups of others."""
    condition = terms.condition
    refusals = {
        RuleRefusal.PERIOD: terms.starts_at is not None and terms.ends_at is not None and terms.ends_at <= terms.starts_at,
        RuleRefusal.HOURS: condition.from_time is not None and condition.from_time == condition.until_time,
        RuleRefusal.GROUPS: condition.in_group_id is not None and condition.in_group_id == condition.not_in_group_id,
        RuleRefusal.PREFIXES: not _are_prefixes(condition.sender_prefixes),
        RuleRefusal.CEILING: terms.daily_ceiling is not None and terms.daily_ceiling < 0,
    }
    for refusal, applies in refusals.items():
        if applies:
            raise RuleRefusedError(refusal)
    if Group.objects.filter(account=account, pk__in=condition.group_ids).count() != len(condition.group_ids):
        raise RuleError("groups a rule depends on belong to its account")


def check_reply(text: str, activities: Iterable[Activity] = ()) -> None:
    """Raise RuleRefusedError where a reply names what nothing is put in place of: people would get the braces.

    Or where it keeps a code to itself. Not where a contest of the same rule may speak in its place: what lacks the code gets it behind it.
    """
    kinds = {one.kind for one in activities}
    if unknown(text, placeholders_of(kinds)):
        raise RuleRefusedError(RuleRefusal.PLACEHOLDER)
    if kinds & {RuleAction.Kind.GIVE_CODE, RuleAction.Kind.ENTER_CONTEST} == {RuleAction.Kind.GIVE_CODE} and f"{{{CODE}}}" not in text:
        raise RuleRefusedError(RuleRefusal.NO_CODE)


def check_activities(activities: Iterable[Activity], *, is_shared: bool) -> None:
    """Raise RuleRefusedError where what people take part in does not work on such a number, or not together."""
    if not asks_age(activities):
        return
    if is_shared:
        raise RuleRefusedError(RuleRefusal.AGE_ON_SHARED)
    if any(one.kind is RuleAction.Kind.GIVE_CODE for one in activities):
        raise RuleRefusedError(RuleRefusal.AGE_AND_CODE)


def check_purpose(word: str, kind: MatchKind, content: RuleContent) -> None:
    """Raise KeywordRefusedError where a keyword is to take people out of a group and its rule names none."""
    if kind is MatchKind.REMOVING and not content.leaves:
        raise KeywordRefusedError(word, Refusal.LEAVES_NO_GROUP)


def _are_prefixes(prefixes: tuple[str, ...]) -> bool:
    digits = all(prefix.isascii() and prefix.isdecimal() and len(prefix) <= LONGEST_PHONE for prefix in prefixes)
    return digits and len(" ".join(prefixes)) <= LONGEST_PREFIXES


def _check_default(account: Account, number: Number) -> None:
    if number.account_id != account.pk or not capabilities_for(account, number).all_messages:
        raise RuleError("only an individual number of the account itself can have a default rule")


def _beside(rule: Rule) -> Any:
    """Return the rules among which one has its place, itself included."""
    return Rule.objects.filter(account=rule.account_id, number=rule.number_id, keyword=rule.keyword_id)


def restrict(row: Restricted, terms: RuleTerms) -> None:
    """Write when and for whom something acts into its columns, without saving it."""
    condition = terms.condition
    row.starts_at, row.ends_at = terms.starts_at, terms.ends_at
    row.weekdays = "".join(map(str, sorted(condition.weekdays)))
    row.from_time, row.until_time, row.days = condition.from_time, condition.until_time, condition.days.value
    row.in_group_id, row.not_in_group_id = condition.in_group_id, condition.not_in_group_id
    row.occasion, row.sender_prefixes = condition.occasion.value, " ".join(condition.sender_prefixes)
    row.office_hours, row.standing = condition.office_hours.value, condition.standing.value


def _save(rule: Rule, terms: RuleTerms) -> None:
    check_terms(rule.account, terms)
    rule.priority, rule.is_enabled, rule.daily_ceiling = terms.priority, terms.is_enabled, terms.daily_ceiling
    restrict(rule, terms)
    rule.save()


def _write_actions(rule: Rule, content: RuleContent) -> None:
    owners = {group.account_id for group in (*content.groups, *content.leaves)} | {one.account_id for one in content.destinations}
    if owners - {rule.account_id}:
        raise RuleError("groups and destinations of a rule belong to its account")
    if not are_of(rule.account, content.activities):
        raise RuleError("surveys, contests, code pools and boards of a rule belong to its account")
    check_activities(content.activities, is_shared=rule.number.capabilities.is_shared)
    rule.actions.all().delete()
    RuleAction.objects.bulk_create(actions_for(rule, content))  # who removes one of the destinations meanwhile goes first, or waits
    if any(one.pk for one in content.destinations) and rule.actions.filter(destination__removed_at__isnull=False).exists():
        raise RuleError("a rule forwards to places that are still there")
    bump_routing(number_id=rule.number_id, keyword_id=rule.keyword_id)


def actions_for(rule: Rule, content: RuleContent) -> list[RuleAction]:
    """Return the actions a rule with this content has, not saved."""
    wanted = [RuleAction(kind=RuleAction.Kind.REMOVE_FROM_GROUP, group=group) for group in content.leaves]
    wanted += [RuleAction(kind=RuleAction.Kind.ADD_TO_GROUP, group=group, until=content.until) for group in content.groups]
    if content.reply.strip():
        wanted.append(RuleAction(kind=RuleAction.Kind.SEND_REPLY, text=content.reply.strip()))
    wanted += actions_of(content.activities)
    wanted += [RuleAction(kind=FORWARD_KINDS[destination.kind], destination=destination) for destination in content.destinations]
    for position, action in enumerate(wanted):
        action.rule, action.position = rule, position
    return wanted
