"""`/examples`: texts with what must become of them whenever rules change.

What belongs here: routes and shapes. What does not: running examples (`apps.keywords.examples`), one test alone (`tester`).
"""

from datetime import datetime, time
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.outcome_shapes import RuleOutcomeOut, outcome_shown
from recado.api.v1.paging import Page, PagingQuery, newest_first, position
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Moment, PhoneIn, Text, phone_out
from recado.api.v1.terms_shapes import Clock, Weekday
from recado.api.v1.tester import MOST_GROUPS, SupposedSender, Tried, groups_named
from recado.apps.accounts.scopes import Scope
from recado.apps.keywords.dry_run import NOBODY
from recado.apps.keywords.examples import (
    MOST_EXAMPLES,
    TooManyExamplesError,
    broken_among,
    examples_of,
    expected_of,
    get_example_for,
    remove_example,
    save_example,
    settle_example,
)
from recado.apps.keywords.models import RuleExample
from recado.apps.numbers.queries import get_number_for
from recado.core.outcome import Outcome

router = Router(tags=["Rules"])
LONGEST_NOTE = 200


class RuleExampleIn(Schema):
    """A text to be kept; what becomes of it now is what is expected from now on."""

    model_config = ConfigDict(extra="forbid")
    text: Tried
    sender: PhoneIn | None = Field(default=None, description="Null: a phone nobody has.")
    who: SupposedSender = Field(
        default=SupposedSender.PHONE, description="The sender as they are known (`phone`), somebody `new`, a `member` of the groups."
    )
    group_ids: list[Id] = Field(default_factory=list, max_length=MOST_GROUPS)
    moment: Moment | None = Field(default=None, description="When it arrives; null: whenever it is checked, or as weekday and time say.")
    weekday: Weekday | None = Field(default=None, description="1 is Monday; with `at_time`.")
    at_time: Clock | None = Field(default=None, description="On the clock of the account; with `weekday`.")
    note: Annotated[Text, Field(max_length=LONGEST_NOTE)] = ""


class RuleExampleOut(Schema):
    """An example."""

    id: int
    number_id: int
    text: str
    sender: str
    who: SupposedSender
    group_ids: list[int]
    moment: datetime | None
    weekday: int | None
    at_time: str | None
    note: str
    created_at: datetime
    expected: RuleOutcomeOut
    now: RuleOutcomeOut | None = Field(description="What becomes of it under the rules as they are; null where that is what is expected.")


@router.get(
    "/examples", auth=key(Scope.KEYWORDS_READ), response=Page[RuleExampleOut], operation_id="list_examples", summary="List examples"
)
def list_examples(request: ProgramRequest, paging: PagingQuery, number_id: Id | None = None) -> Page[RuleExampleOut]:
    """Newest first; `now` tells of those that come out otherwise than expected."""
    found = examples_of(request.account)
    found = found if number_id is None else found.filter(number=number_id)
    before = position(paging)
    shown = (found.filter(pk__lt=before) if before else found).order_by("-pk")[: paging.limit]
    broken = broken_among(shown, timezone.now())
    return newest_first(found, paging, lambda example: _shown(example, broken.get(example.pk)))


@router.post(
    "/numbers/{number_id}/examples",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: RuleExampleOut, 409: ProblemOut},
    operation_id="keep_example",
    summary="Keep an example",
)
@transaction.atomic
def keep(request: ProgramRequest, number_id: Path[Id], body: RuleExampleIn) -> Status[RuleExampleOut]:
    """At most a hundred on each number (else 409 `too-many-examples`)."""
    number = get_number_for(request.account, number_id)
    if (body.weekday is None) != (body.at_time is None) or (body.weekday is not None and body.moment is not None):
        raise invalid("body.weekday", "goes with `at_time`, and without `moment`")
    try:
        kept = save_example(
            request.account,
            number,
            body.text,
            body.sender or NOBODY,
            timezone.now(),
            sender=body.who.value,
            groups=groups_named(request.account, body.group_ids, "body.group_ids"),
            moment=body.moment,
            weekday=body.weekday,
            at_time=time.fromisoformat(body.at_time) if body.at_time else None,
            note=body.note,
        )
    except TooManyExamplesError as error:
        detail = f"There are {MOST_EXAMPLES} examples on this number already. Remove one before you keep another."
        raise conflict("too-many-examples", detail) from error
    note(request, "example.add", kept.text[:LONGEST_NOTE], kept.pk)
    return Status(201, _shown(get_example_for(request.account, kept.pk), None))


@router.get(
    "/examples/{example_id}", auth=key(Scope.KEYWORDS_READ), response=RuleExampleOut, operation_id="get_example", summary="Show an example"
)
def show(request: ProgramRequest, example_id: Path[Id]) -> RuleExampleOut:
    """Say what is expected of it, and what becomes of it now if that is something else."""
    found = get_example_for(request.account, example_id)
    return _shown(found, broken_among([found], timezone.now()).get(found.pk))


@router.post(
    "/examples/{example_id}/settle",
    auth=key(Scope.KEYWORDS_WRITE),
    response=RuleExampleOut,
    operation_id="settle_example",
    summary="Expect what happens now",
)
@transaction.atomic
def settle(request: ProgramRequest, example_id: Path[Id]) -> RuleExampleOut:
    """From now on what becomes of the example under the rules as they are is what is expected."""
    found = get_example_for(request.account, example_id)
    settle_example(found, timezone.now())
    note(request, "example.settle", found.text[:LONGEST_NOTE], found.pk)
    return _shown(found, None)


@router.delete(
    "/examples/{example_id}",
    auth=key(Scope.KEYWORDS_WRITE),
    response={204: None},
    operation_id="remove_example",
    summary="Forget an example",
)
@transaction.atomic
def remove(request: ProgramRequest, example_id: Path[Id]) -> Status[None]:
    """Check it no more."""
    found = get_example_for(request.account, example_id)
    note(request, "example.remove", found.text[:LONGEST_NOTE], found.pk)
    remove_example(found)
    return Status(204, None)


def _shown(example: RuleExample, now: Outcome | None) -> RuleExampleOut:
    return RuleExampleOut(
        id=example.pk,
        number_id=example.number_id,
        text=example.text,
        sender=phone_out(example.phone),
        who=SupposedSender(example.sender),
        group_ids=sorted(group.pk for group in example.groups.all()),
        moment=example.moment,
        weekday=example.weekday,
        at_time=f"{example.at_time:%H:%M}" if example.at_time else None,
        note=example.note,
        created_at=example.created_at,
        expected=outcome_shown(expected_of(example)),
        now=outcome_shown(now) if now else None,
    )
