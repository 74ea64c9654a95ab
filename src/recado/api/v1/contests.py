"""`/contests`: which there are, making one, changing, ending and copying it, giving it a keyword.

What belongs here: routes. What does not: shapes (`contest_shapes`), entries (`contest_entries`), winners (`contest_draws`,
`contest_winners`), what a contest is (`apps.contests`).
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.contest_shapes import ContestIn, ContestOut, ContestPatch, Name, changed, refused, shown
from recado.api.v1.exact import ExactId
from recado.api.v1.keyword_problems import keyword_problem
from recado.api.v1.paging import Page, PagingQuery, page_of, position
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, NotBlank, Search, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.contests.content import ContestContent, content_of, facts
from recado.apps.contests.errors import ContestRefusedError
from recado.apps.contests.figures import counts_of, days_of, figures_of
from recado.apps.contests.queries import contests_of, get_contest_for
from recado.apps.contests.services import add_contest, copy_contest, edit_contest, end_contest
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.contest_words import check_age, give_word
from recado.apps.keywords.errors import KeywordError
from recado.apps.numbers.queries import usable_numbers
from recado.core.contest import Refusal

router = Router(tags=["Contests"])


class CopyIn(Schema):
    """What the copy is called."""

    model_config = ConfigDict(extra="forbid")
    name: Name


class ContestKeywordIn(Schema):
    """The word by which people enter."""

    model_config = ConfigDict(extra="forbid")
    number_id: ExactId
    word: Annotated[Text, NotBlank, Field(min_length=1, max_length=80, pattern=r"\S")]


class ContestKeywordOut(Schema):
    """A keyword that leads to the contest."""

    id: int
    word: str
    number_id: int


class DayOut(Schema):
    """Entries of one day that count."""

    day: str
    entries: int


class ContestFigures(Schema):
    """A contest in figures at this moment; tests are counted in `tests` alone."""

    entries: int
    today: int
    people: int
    refused: int
    pending: int = Field(description="Asked for their age, and not answered.")
    disqualified: int
    tests: int
    wins_at_once: int
    reasons: dict[Refusal, int]
    days: list[DayOut]


@router.get("", auth=key(Scope.ACTIVITIES_READ), response=Page[ContestOut], operation_id="list_contests", summary="List contests")
def list_contests(request: ProgramRequest, paging: PagingQuery, search: Search = "") -> Page[ContestOut]:
    """Newest first; `search` finds part of a name."""
    now, before = timezone.now(), position(paging)
    found = contests_of(request.account, search.strip())
    some = list((found.filter(pk__lt=before) if before else found)[: paging.limit + 1])
    counts = counts_of(some, now)
    return page_of(some, paging, lambda one: shown(one, now, counts[one.pk]))


@router.post("", auth=key(Scope.ACTIVITIES_WRITE), response={201: ContestOut}, operation_id="add_contest", summary="Make a contest")
@transaction.atomic
def add(request: ProgramRequest, body: ContestIn) -> Status[ContestOut]:
    """People enter once a keyword leads to it: give it one, or name it in `activities` of a rule."""
    now = timezone.now()
    empty = ContestContent(name=body.name, opens_at=body.opens_at or now, closes_at=body.closes_at)
    content = changed(request.account, empty, body)
    try:
        made = add_contest(request.account, content, now)
    except ContestRefusedError as error:
        raise refused(error) from error
    note(request, "contest.added", made.name, made.pk, after=facts(content_of(made)))
    return Status(201, _answer(request, made.pk))


@router.get("/{contest_id}", auth=key(Scope.ACTIVITIES_READ), response=ContestOut, operation_id="get_contest", summary="Show a contest")
def show(request: ProgramRequest, contest_id: Path[Id]) -> ContestOut:
    """One contest with where it stands."""
    return _answer(request, contest_id)


@router.patch(
    "/{contest_id}", auth=key(Scope.ACTIVITIES_WRITE), response=ContestOut, operation_id="edit_contest", summary="Change a contest"
)
@transaction.atomic
def edit(request: ProgramRequest, contest_id: Path[Id], body: ContestPatch) -> ContestOut:
    """Change what is named. Once people entered the rule stays, and once the list is frozen all that it follows from."""
    found = get_contest_for(request.account, contest_id)
    before = content_of(found)
    try:
        edit_contest(found, changed(request.account, before, body), timezone.now())
        check_age(found)
    except ContestRefusedError as error:
        raise refused(error) from error
    note(request, "contest.changed", found.name, found.pk, before=facts(before), after=facts(content_of(found)))
    return _answer(request, contest_id)


@router.post(
    "/{contest_id}/end",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={200: ContestOut, 409: ProblemOut},
    operation_id="end_contest",
    summary="End a contest now",
)
@transaction.atomic
def end(request: ProgramRequest, contest_id: Path[Id]) -> ContestOut:
    """Whoever texts later is not in. Refused (409 `over-already`) where it is over."""
    found = get_contest_for(request.account, contest_id)
    if not end_contest(found, timezone.now()):
        raise conflict("over-already", "The contest is over already.")
    note(request, "contest.ended", found.name, found.pk)
    return _answer(request, contest_id)


@router.post(
    "/{contest_id}/copy",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={201: ContestOut},
    operation_id="copy_contest",
    summary="Copy a contest",
)
@transaction.atomic
def copy(request: ProgramRequest, contest_id: Path[Id], body: CopyIn) -> Status[ContestOut]:
    """Make one like it that begins tomorrow, lasts as long, has no keyword and no public page yet."""
    made = copy_contest(get_contest_for(request.account, contest_id), body.name.strip(), timezone.now())
    note(request, "contest.copied", made.name, made.pk)
    return Status(201, _answer(request, made.pk))


@router.get(
    "/{contest_id}/figures",
    auth=key(Scope.ACTIVITIES_READ),
    response=ContestFigures,
    operation_id="get_contest_figures",
    summary="Show a contest in figures",
)
def figures(request: ProgramRequest, contest_id: Path[Id]) -> ContestFigures:
    """Count entries, people and refusals now; cheap enough to ask every few seconds."""
    found, now = get_contest_for(request.account, contest_id), timezone.now()
    counted = figures_of(found, now)
    return ContestFigures(
        entries=counted.entries,
        today=counted.today,
        people=counted.people,
        refused=counted.refused,
        pending=counted.pending,
        disqualified=counted.disqualified,
        tests=counted.tests,
        wins_at_once=counted.wins_at_once,
        reasons=dict(counted.reasons),
        days=[DayOut(day=one.day.isoformat(), entries=one.entries) for one in days_of(found, now)],
    )


@router.get(
    "/{contest_id}/keywords",
    auth=key(Scope.ACTIVITIES_READ),
    response=list[ContestKeywordOut],
    operation_id="list_contest_keywords",
    summary="List keywords of a contest",
)
def list_keywords(request: ProgramRequest, contest_id: Path[Id]) -> list[ContestKeywordOut]:
    """Name the words by which people enter."""
    found = get_contest_for(request.account, contest_id)
    words = keywords_of(request.account, Kind.ENTER_CONTEST, found.pk)
    return [ContestKeywordOut(id=one.pk, word=one.word, number_id=one.number_id) for one in words]


@router.post(
    "/{contest_id}/keywords",
    auth=key(Scope.ACTIVITIES_WRITE),
    response={201: ContestKeywordOut, 409: ProblemOut},
    operation_id="add_contest_keyword",
    summary="Give a contest a keyword",
)
@transaction.atomic
def add_keyword(request: ProgramRequest, contest_id: Path[Id], body: ContestKeywordIn) -> Status[ContestKeywordOut]:
    """Reserve the word: a base keyword on an own number, so that what follows is the answer; an exact one on a shared number."""
    found = get_contest_for(request.account, contest_id)
    number = usable_numbers(request.account).exclude(kind="eco").filter(pk=body.number_id).first()
    if number is None:
        raise invalid("body.number_id", "is no number the account can have keywords on")
    try:
        word = give_word(found, number, body.word)
    except ContestRefusedError as error:
        raise refused(error) from error
    except KeywordError as error:
        raise keyword_problem(error) from error
    note(request, "keyword.reserve", word.word, word.pk)
    return Status(201, ContestKeywordOut(id=word.pk, word=word.word, number_id=word.number_id))


def _answer(request: ProgramRequest, contest_id: int) -> ContestOut:
    found, now = get_contest_for(request.account, contest_id), timezone.now()
    return shown(found, now, counts_of([found], now)[found.pk])
