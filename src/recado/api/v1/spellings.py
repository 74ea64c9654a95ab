"""Other spellings of a keyword, and what people typed instead of one.

What belongs here: routes. What does not: whether a spelling is free (`keyword_details`), what counts as near (`core.near_miss`).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.keyword_problems import refusals
from recado.api.v1.keyword_shapes import SynonymIn, SynonymOut, shown_synonym
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.near_misses import NotNearError, check_near, near_misses_of, settle, spelled_like
from recado.apps.keywords.queries import get_keyword_for, get_synonym_for
from recado.apps.keywords.synonyms import add_synonym, remove_synonym
from recado.core.near_miss import LONGEST

router = Router(tags=["Keywords"])
SHOWN = 200


class NearMissIn(Schema):
    """What was typed instead of a keyword, as the list gives it."""

    model_config = ConfigDict(extra="forbid")
    spelling: Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class NearMissOut(Schema):
    """What was typed instead of a keyword."""

    keyword_id: int
    word: str
    spelling: str
    count: int
    last_at: datetime


class NearMisses(Schema):
    """What nearly matched in the last 30 days: the 200 most frequent, these first."""

    items: list[NearMissOut]


@router.post(
    "/keywords/{keyword_id}/synonyms",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: SynonymOut, 409: ProblemOut},
    operation_id="add_synonym",
    summary="Add a spelling to a keyword",
)
@transaction.atomic
def add(request: ProgramRequest, keyword_id: Path[Id], body: SynonymIn) -> Status[SynonymOut]:
    """Let a keyword be written in another way, too; refused (409) like a reservation."""
    return Status(201, _added(request, get_keyword_for(request.account, keyword_id), body.word))


@router.delete(
    "/keywords/{keyword_id}/synonyms/{synonym_id}",
    auth=key(Scope.KEYWORDS_WRITE),
    response={204: None},
    operation_id="remove_synonym",
    summary="Give a spelling up",
)
@transaction.atomic
def remove(request: ProgramRequest, keyword_id: Path[Id], synonym_id: Path[Id]) -> Status[None]:
    """On a shared number nobody else gets the word for 90 days."""
    synonym = get_synonym_for(request.account, keyword_id, synonym_id)
    found, before = synonym.keyword, keyword_facts(synonym.keyword)
    remove_synonym(synonym)
    note(request, "keyword.synonym_removed", found.word, found.pk, before=before, after=keyword_facts(found))
    return Status(204, None)


@router.get("/near-misses", auth=key(Scope.KEYWORDS_READ), response=NearMisses, operation_id="list_near_misses", summary="List near misses")
def near_misses(request: ProgramRequest) -> NearMisses:
    """Show what people typed that is one slip away from a keyword, in the last 30 days."""
    return _shown(request, None)


@router.get(
    "/keywords/{keyword_id}/near-misses",
    auth=key(Scope.KEYWORDS_READ),
    response=NearMisses,
    operation_id="list_keyword_near_misses",
    summary="List near misses of a keyword",
)
def near_misses_of_one(request: ProgramRequest, keyword_id: Path[Id]) -> NearMisses:
    """Show what people typed instead of this keyword."""
    return _shown(request, get_keyword_for(request.account, keyword_id))


@router.post(
    "/keywords/{keyword_id}/near-misses/add",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: SynonymOut, 409: ProblemOut},
    operation_id="add_near_miss",
    summary="Make a near miss a spelling",
)
@transaction.atomic
def add_typed(request: ProgramRequest, keyword_id: Path[Id], body: NearMissIn) -> Status[SynonymOut]:
    """From now on it does what the keyword does. Refused (409 `no-near-miss`) where it is not one slip away."""
    found = _near(request, keyword_id, body)
    added = _added(request, found, spelled_like(found, body.spelling))
    settle(found, body.spelling, timezone.now())
    return Status(201, added)


@router.post(
    "/keywords/{keyword_id}/near-misses/ignore",
    auth=key(Scope.KEYWORDS_WRITE),
    response={204: None, 409: ProblemOut},
    operation_id="ignore_near_miss",
    summary="List a near miss no more",
)
@transaction.atomic
def ignore(request: ProgramRequest, keyword_id: Path[Id], body: NearMissIn) -> Status[None]:
    """Leave it out of the lists until it is asked for again."""
    settle(_near(request, keyword_id, body), body.spelling, timezone.now())
    return Status(204, None)


@router.post(
    "/keywords/{keyword_id}/near-misses/show-again",
    auth=key(Scope.KEYWORDS_WRITE),
    response={204: None, 409: ProblemOut},
    operation_id="show_near_miss_again",
    summary="List a near miss again",
)
@transaction.atomic
def show_again(request: ProgramRequest, keyword_id: Path[Id], body: NearMissIn) -> Status[None]:
    """Take it back that it was ignored."""
    settle(_near(request, keyword_id, body), body.spelling, timezone.now(), is_ignored=False)
    return Status(204, None)


def _added(request: ProgramRequest, found: Keyword, word: str) -> SynonymOut:
    before = keyword_facts(found)
    with refusals():
        added = add_synonym(found, word)
    note(request, "keyword.synonym_added", found.word, found.pk, before=before, after=keyword_facts(found))
    return shown_synonym(added)


def _near(request: ProgramRequest, keyword_id: int, body: NearMissIn) -> Keyword:
    found = get_keyword_for(request.account, keyword_id)
    try:
        check_near(found, body.spelling)
    except NotNearError as error:
        raise conflict("no-near-miss", f"It is not one slip away from {found.word}. Add it as a synonym instead.") from error
    return found


def _shown(request: ProgramRequest, keyword: Keyword | None) -> NearMisses:
    found = near_misses_of(request.account, timezone.now(), keyword)[:SHOWN]
    items = [
        NearMissOut(keyword_id=one.keyword.pk, word=one.keyword.word, spelling=one.spelling, count=one.count, last_at=one.last_at)
        for one in found
    ]
    return NearMisses(items=items)
