"""Rules as programs write and read them: all in one body.

What belongs here: the shape and its way to `RuleContent` and `RuleTerms` and back. What does not: routes (`rules`), checks of the terms
together (`apps.keywords.rules`).
"""

from collections.abc import Sequence
from datetime import time
from enum import StrEnum
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, Moment, Text
from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import group_names_of
from recado.apps.keywords.models import Rule
from recado.apps.keywords.rules import RuleContent, RuleTerms, check_reply, content_of, terms_of
from recado.apps.outbox.destinations import destinations_of
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing

Weekday = Annotated[int, Field(ge=1, le=7)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["22:00"])]
Prefix = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,14}$", examples=["+48600"])]
LONGEST_REPLY, MOST, MOST_MONEY = 1530, 20, 2**31 - 1


class RuleFields(Schema):
    """What a rule does, when and for whom."""

    is_enabled: bool = True
    starts_at: Moment | None = None
    ends_at: Moment | None = Field(default=None, description="From then on it does not act.")
    weekdays: list[Weekday] = Field(default_factory=list, max_length=7, description="1 is Monday; none: every day.")
    from_time: Clock | None = Field(default=None, description="On the clock of the account.")
    until_time: Clock | None = Field(default=None, description="Not included; one before the beginning is on the next day.")
    days: Days = Field(default=Days.ANY, description="`working`: not on days off; `off`: on days off only.")
    office_hours: OfficeHours = Field(default=OfficeHours.ANY, description="Only while the company is `open`, or `closed`.")
    in_group_id: Id | None = Field(default=None, description="Only for members of this group.")
    not_in_group_id: Id | None = Field(default=None, description="Not for members of this group.")
    occasion: Occasion = Field(default=Occasion.ANY, description="`first`: the first time only; `again`: only for people who wrote before.")
    standing: Standing = Field(default=Standing.ANY, description="`in`: for people who did not opt out; `opted_out`: for those who did.")
    sender_prefixes: list[Prefix] = Field(default_factory=list, max_length=MOST, description="Only for phones that begin so.")
    daily_ceiling: Annotated[int, Field(ge=0, le=MOST_MONEY)] | None = Field(
        default=None, description="What its replies may cost a day, in minor units; null: 50 zł."
    )
    join_group_ids: list[Id] = Field(default_factory=list, max_length=MOST, description="Groups the sender joins.")
    join_until: Moment | None = Field(default=None, description="When they leave these groups by themselves; null: never.")
    leave_group_ids: list[Id] = Field(default_factory=list, max_length=MOST, description="Groups the sender is taken out of.")
    reply: Annotated[Text, Field(max_length=LONGEST_REPLY)] = Field(
        default="", description="May name {keyword}, {argument}, {first_name}, {last_name}, {group}, {date} and {number}; empty: none."
    )
    forward_ids: list[Id] = Field(default_factory=list, max_length=MOST, description="Where the message is forwarded to.")


class RuleIn(RuleFields):
    """A rule, or what is to be changed of one: what is left out stays, in a new rule it restricts nothing and does nothing."""

    model_config = ConfigDict(extra="forbid")


class RuleOut(RuleFields):
    """A rule at its place."""

    id: int
    number_id: int
    keyword_id: int | None = Field(description="Null: it is about messages without a keyword.")
    never_acts_behind_id: int | None = Field(default=None, description="The rule before it that acts whenever this one could.")


class RuleList(Schema):
    """Rules in the order in which they are asked: narrower ones first. The first that fits acts."""

    items: list[RuleOut]


class RuleDirection(StrEnum):
    """Which of its neighbours a rule changes places with."""

    EARLIER = "earlier"
    LATER = "later"


class RuleMove(Schema):
    """Where a rule goes."""

    model_config = ConfigDict(extra="forbid")
    to: RuleDirection


class RuleUndo(Schema):
    """What takes a deletion back."""

    undo: str = Field(description="Send it to `/rules/restore` within an hour.")


class RuleRestore(Schema):
    """What was deleted."""

    model_config = ConfigDict(extra="forbid")
    undo: Annotated[Text, Field(max_length=20_000)]


def rule_content(account: Account, body: RuleFields, place: str = "body") -> RuleContent:
    """Return what a body asks a rule to do; raise Problem where a group or a forward is not the account's, RuleRefusedError."""
    check_reply(body.reply)
    joins = _found(group_names_of(account), body.join_group_ids, f"{place}.join_group_ids")
    leaves = _found(group_names_of(account), body.leave_group_ids, f"{place}.leave_group_ids")
    forwards = _found(destinations_of(account), body.forward_ids, f"{place}.forward_ids")
    return RuleContent(joins, body.reply.strip(), forwards, leaves, body.join_until if joins else None)


def rule_terms(account: Account, body: RuleFields, priority: int = 0, place: str = "body") -> RuleTerms:
    """Return when and for whom a body asks a rule to act; raise Problem where a group is not the account's."""
    for name in ("in_group_id", "not_in_group_id"):
        _found(group_names_of(account), [one for one in (getattr(body, name),) if one is not None], f"{place}.{name}")
    condition = Condition(
        frozenset(body.weekdays),
        _time(body.from_time),
        _time(body.until_time),
        body.days,
        body.in_group_id,
        body.not_in_group_id,
        body.occasion,
        tuple(dict.fromkeys(prefix.removeprefix("+") for prefix in body.sender_prefixes)),
        body.office_hours,
        body.standing,
    )
    return RuleTerms(priority, body.is_enabled, body.starts_at, body.ends_at, condition, body.daily_ceiling)


def shown_rule(rule: Rule, never_acts_behind_id: int | None = None) -> RuleOut:
    """Write a rule."""
    content, terms = content_of(rule), terms_of(rule)
    condition = terms.condition
    return RuleOut(
        id=rule.pk,
        number_id=rule.number_id,
        keyword_id=rule.keyword_id,
        never_acts_behind_id=never_acts_behind_id,
        is_enabled=terms.is_enabled,
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
        weekdays=sorted(condition.weekdays),
        from_time=_clock(condition.from_time),
        until_time=_clock(condition.until_time),
        days=condition.days,
        office_hours=condition.office_hours,
        in_group_id=condition.in_group_id,
        not_in_group_id=condition.not_in_group_id,
        occasion=condition.occasion,
        standing=condition.standing,
        sender_prefixes=[f"+{prefix}" for prefix in condition.sender_prefixes],
        daily_ceiling=terms.daily_ceiling,
        join_group_ids=[group.pk for group in content.groups],
        join_until=content.until,
        leave_group_ids=[group.pk for group in content.leaves],
        reply=content.reply,
        forward_ids=[one.pk for one in content.destinations],
    )


def changed_rule(rule: Rule, body: RuleIn) -> RuleFields:
    """Return a rule with what a body names in place of what it was."""
    return shown_rule(rule).model_copy(update={name: getattr(body, name) for name in body.model_fields_set})


def _found(rows: Any, ids: Sequence[int], place: str) -> tuple[Any, ...]:
    """Return rows by their ids, each once, in the order given."""
    asked = dict.fromkeys(ids)
    found = {row.pk: row for row in rows.filter(pk__in=list(asked))} if asked else {}
    if missing := next((key for key in asked if key not in found), None):
        raise invalid(place, f"{missing} is not there; lists show what there is")
    return tuple(found[key] for key in asked)


def _time(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


def _clock(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
