"""Shapes of contests, and their way to `ContestContent` and back.

What belongs here: what a contest looks like in requests and answers. What does not: routes (`contests`), entries (`contest_entries`), draws
(`contest_draws`), checks (`apps.contests.content`).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, Strict

from recado.api.v1.exact import ExactId, Flag, WrittenMoment
from recado.api.v1.problems import Problem, invalid
from recado.api.v1.shapes import Id, NotBlank, Text
from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import group_names_of
from recado.apps.contests.content import FIELDS, ContestContent
from recado.apps.contests.errors import ContestRefusedError, Fault
from recado.apps.contests.models import Contest
from recado.apps.contests.standing import Standing, ends_at, standing_of
from recado.core.contest import EntryRule

Name = Annotated[Text, NotBlank, Field(min_length=1, max_length=120, pattern=r"\S")]
Reply = Annotated[Text, Field(max_length=1530)]
Number = Annotated[int, Strict(), Field(ge=1, le=1_000_000)]
FAULTS: Mapping[Fault, str] = {
    Fault.ENDS_BEFORE: "must come after `opens_at`",
    Fault.OVER_ALREADY: "is past; choose an end that is still to come",
    Fault.NO_NUMBER: "is needed by this `entry_rule`: a number from 1 on",
    Fault.NO_ANSWER: "must have at least one right answer",
    Fault.NO_WINNERS: "must be 1 at least",
    Fault.TOO_MANY: "must be 10,000 at most, together with `reserve_count`",
    Fault.NOT_POSITIVE: "must be 1 at least, or null for no limit",
    Fault.DAY_OVER_TOTAL: "is more than `limit_total`",
    Fault.AGE: "must lie between 1 and 99, or be null",
    Fault.AGE_ON_SHARED: "cannot be asked for on a shared number, and a keyword on one leads here; use an own number, or null",
    Fault.AGE_AND_CODE: "cannot be asked for where the same rule gives a code",
    Fault.NOBODY_FILLS: "names something in braces that nothing is filled in for",
    Fault.RULE_FIXED: "cannot change any more: people have entered; copy the contest to begin another",
    Fault.LIST_FROZEN: "cannot change any more: the list is frozen",
    Fault.GROUP: "is no group of the account",
}


class ContestFields(Schema):
    """What people decide about a contest; what is left out stays, in a new one it is as the description says."""

    model_config = ConfigDict(extra="forbid")
    opens_at: WrittenMoment | None = Field(None, description="Left out or null in a new contest: now.")
    entry_rule: EntryRule = EntryRule.AT_CLOSE
    prizes: Annotated[Text, Field(max_length=2000)] = ""
    rules_text: Annotated[Text, Field(max_length=20_000)] = Field("", description="The terms, as the public page shows them.")
    organiser: Annotated[Text, Field(max_length=300)] = ""
    correct_answers: list[Annotated[Text, Field(min_length=1, max_length=200, pattern=r"\S")]] = Field(
        default_factory=list, max_length=100, description="Where there are any, other answers do not count, under every rule."
    )
    every: Number | None = Field(None, description="N of `first`, k of `kth`, N of one in N of `instant`.")
    win_cap: Number | None = Field(None, description="At most so many winners in all, of `kth` and `instant`.")
    win_cap_per_day: Number | None = None
    limit_per_day: Number | None = Field(None, description="Entries of one phone a day; null: no limit.")
    limit_total: Number | None = Field(1, description="Entries of one phone in all; null: no limit.")
    min_age: Annotated[int, Strict(), Field(ge=1, le=99)] | None = None
    excludes_earlier_winners: Flag = False
    excluded_group_id: ExactId | None = Field(None, description="Who is in this group may not take part.")
    winner_count: Annotated[int, Strict(), Field(ge=1, le=10_000)] = 1
    reserve_count: Annotated[int, Strict(), Field(ge=0, le=10_000)] = 0
    entered_text: Reply = ""
    win_text: Reply = ""
    lose_text: Reply = ""
    wrong_text: Reply = ""
    already_text: Reply = ""
    early_text: Reply = ""
    late_text: Reply = ""
    age_text: Reply = ""
    refused_text: Reply = ""
    notify_text: Reply = ""
    is_public: Flag = False
    shows_winners: Flag = Field(False, description="Whether the public page shows winners, with most digits of their phones left out.")


class ContestIn(ContestFields):
    """A new contest."""

    name: Name
    closes_at: WrittenMoment


class ContestPatch(ContestFields):
    """What to change of a contest; what is left out stays."""

    name: Name = ""
    closes_at: WrittenMoment | None = None


class ContestOut(Schema):
    """A contest."""

    id: int
    name: str
    standing: Standing = Field(description="`over`: over, and somebody has to draw or choose the winners.")
    opens_at: datetime
    closes_at: datetime
    ended_at: datetime | None = Field(description="When it was ended before its time.")
    entry_rule: EntryRule
    prizes: str
    rules_text: str
    organiser: str
    correct_answers: list[str]
    every: int | None
    win_cap: int | None
    win_cap_per_day: int | None
    limit_per_day: int | None
    limit_total: int | None
    min_age: int | None
    excludes_earlier_winners: bool
    excluded_group_id: int | None
    winner_count: int
    reserve_count: int
    entered_text: str
    win_text: str
    lose_text: str
    wrong_text: str
    already_text: str
    early_text: str
    late_text: str
    age_text: str
    refused_text: str
    notify_text: str
    is_public: bool
    shows_winners: bool
    public_path: str = Field(description="Of the public page, on this installation.")
    entry_count: int = Field(description="Entries that count.")
    entry_count_today: int
    created_at: datetime


AS_THEY_ARE = tuple(name for name in FIELDS if name not in {"correct_answers", "excluded_group", "entry_rule", "opens_at", "closes_at"})


def changed(account: Account, before: ContestContent, body: ContestFields) -> ContestContent:
    """Return a content with what the body names put in."""
    given = body.model_fields_set
    fields: dict[str, Any] = {name: getattr(body, name) for name in AS_THEY_ARE if name in given}
    fields |= {name: value.strip() for name, value in fields.items() if isinstance(value, str)}
    if "entry_rule" in given:
        fields["entry_rule"] = body.entry_rule.value
    for name in ("opens_at", "closes_at"):
        if name in given and getattr(body, name) is not None:
            fields[name] = getattr(body, name)
    if "correct_answers" in given:
        fields["correct_answers"] = "\n".join(" ".join(one.split()) for one in body.correct_answers)
    if "excluded_group_id" in given:
        fields["excluded_group"] = _group(account, body.excluded_group_id)
    return replace(before, **fields)


def refused(error: ContestRefusedError) -> Problem:
    """Say what is wrong with a contest, each field for itself."""
    names = {"excluded_group": "excluded_group_id"}
    errors = [{"field": f"body.{names.get(one.field, one.field)}", "message": _message(one.fault, one.value)} for one in error.problems]
    return Problem(422, "invalid", "Invalid request", "Change the fields named in `errors` and send again.", errors=errors)


def shown(contest: Contest, now: datetime, counts: tuple[int, int]) -> ContestOut:
    """Show a contest of `contests_of`."""
    plain = {name: getattr(contest, name) for name in AS_THEY_ARE}
    today, total = counts
    return ContestOut(
        id=contest.pk,
        standing=standing_of(contest, now),
        opens_at=contest.opens_at,
        closes_at=contest.closes_at,
        ended_at=ends_at(contest) if contest.closed_at else None,
        entry_rule=EntryRule(contest.entry_rule),
        correct_answers=contest.correct_answers.splitlines(),
        excluded_group_id=contest.excluded_group_id,
        public_path=f"/contest/{contest.public_token}/",
        entry_count=total,
        entry_count_today=today,
        created_at=contest.created_at,
        **plain,
    )


def _message(fault: Fault, value: str) -> str:
    return f"{FAULTS[fault]}: {{{value}}}" if value else FAULTS[fault]


def _group(account: Account, group_id: Id | None) -> Any:
    if group_id is None:
        return None
    found = group_names_of(account).filter(pk=group_id).first()
    if found is None:
        raise invalid("body.excluded_group_id", FAULTS[Fault.GROUP])
    return found
