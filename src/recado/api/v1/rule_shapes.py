"""Rules as programs write and read them: all in one body.

What belongs here: the shape and its way to `RuleContent` and `RuleTerms` and back. What does not: routes (`rules`), checks of the terms
together (`apps.keywords.rules`).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, Moment, Text
from recado.api.v1.terms_shapes import Terms, written_terms
from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import group_names_of
from recado.apps.keywords.activities import Activity, Kind, are_of
from recado.apps.keywords.models import Rule
from recado.apps.keywords.rules import RuleContent, check_reply, content_of, terms_of
from recado.apps.outbox.destinations import destinations_of

LONGEST_REPLY, MOST = 1530, 20


class ActivityKind(StrEnum):
    """What people take part in."""

    ANSWER_SURVEY = "answer_survey"
    ENTER_CONTEST = "enter_contest"
    GIVE_CODE = "give_code"
    POST_TO_BOARD = "post_to_board"


class ActivityShape(Schema):
    """A survey, contest, code pool or board that the keyword leads to."""

    model_config = ConfigDict(extra="forbid")
    kind: ActivityKind
    target_id: Id = Field(description="The survey, contest, pool or board.")
    option_id: Id | None = Field(default=None, description="Of a vote: the answer the keyword stands for.")


class RuleFields(Terms):
    """What a rule does, when and for whom."""

    join_group_ids: list[Id] = Field(default_factory=list, max_length=MOST, description="Groups the sender joins.")
    join_until: Moment | None = Field(default=None, description="When they leave these groups by themselves; null: never.")
    leave_group_ids: list[Id] = Field(default_factory=list, max_length=MOST, description="Groups the sender is taken out of.")
    reply: Annotated[Text, Field(max_length=LONGEST_REPLY)] = Field(
        default="",
        description="May name {keyword}, {argument}, {first_name}, {last_name}, {group}, {date} and {number}; "
        "with a contest {entry}, with a code pool {code}; empty: none.",
    )
    forward_ids: list[Id] = Field(default_factory=list, max_length=MOST, description="Where the message is forwarded to.")
    activities: list[ActivityShape] = Field(default_factory=list, max_length=MOST, description="What people take part in.")


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
    joins = _found(group_names_of(account), body.join_group_ids, f"{place}.join_group_ids")
    leaves = _found(group_names_of(account), body.leave_group_ids, f"{place}.leave_group_ids")
    forwards = _found(destinations_of(account), body.forward_ids, f"{place}.forward_ids")
    activities = tuple(Activity(Kind(one.kind.value), one.target_id, option_id=one.option_id) for one in body.activities)
    if not are_of(account, activities):
        raise invalid(f"{place}.activities", "one of them is not there; lists show what there is")
    check_reply(body.reply, activities)
    return RuleContent(joins, body.reply.strip(), forwards, leaves, body.join_until if joins else None, activities)


def shown_rule(rule: Rule, never_acts_behind_id: int | None = None) -> RuleOut:
    """Write a rule."""
    content = content_of(rule)
    return RuleOut(
        **written_terms(terms_of(rule)),
        id=rule.pk,
        number_id=rule.number_id,
        keyword_id=rule.keyword_id,
        never_acts_behind_id=never_acts_behind_id,
        join_group_ids=[group.pk for group in content.groups],
        join_until=content.until,
        leave_group_ids=[group.pk for group in content.leaves],
        reply=content.reply,
        forward_ids=[one.pk for one in content.destinations],
        activities=[
            ActivityShape(kind=ActivityKind(one.kind.value), target_id=one.target_id, option_id=one.option_id) for one in content.activities
        ],
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
