"""`/keywords`: words reserved on numbers, and what came for them.

What belongs here: routes that change them. What does not: whether a word is free and what came for it (`keyword_details`), other spellings
(`spellings`), rules (`rules`), the checks (`apps.keywords`).
"""

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Status

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.keyword_problems import refusals
from recado.api.v1.keyword_shapes import KeywordIn, KeywordOut, KeywordPatch, KeywordStanding, shown_keyword
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut
from recado.api.v1.recording import note
from recado.api.v1.rule_shapes import rule_content
from recado.api.v1.shapes import Id, Search
from recado.api.v1.terms_shapes import read_terms
from recado.apps.accounts.scopes import Scope
from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.kinds import change_kind
from recado.apps.keywords.overview import Filters, narrowed
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.rules import RuleContent, check_purpose, edit_rule
from recado.apps.keywords.services import edit_keyword, end_keyword, pause_keyword, reserve_keyword, resume_keyword
from recado.apps.keywords.standing import Standing
from recado.apps.numbers.queries import get_number_for

router = Router(tags=["Keywords"])


@router.get("/keywords", auth=key(Scope.KEYWORDS_READ), response=Page[KeywordOut], operation_id="list_keywords", summary="List keywords")
def list_keywords(
    request: ProgramRequest, paging: PagingQuery, search: Search = "", number_id: Id | None = None, standing: KeywordStanding | None = None
) -> Page[KeywordOut]:
    """Newest first; `search` finds part of a word, of a group it leads into or of its number."""
    found = narrowed(request.account, Filters(search.strip(), number_id, Standing(standing.value) if standing else None), timezone.now())
    return newest_first(found.prefetch_related("spellings"), paging, shown_keyword)


@router.post(
    "/numbers/{number_id}/keywords",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: KeywordOut, 409: ProblemOut},
    operation_id="reserve_keyword",
    summary="Reserve a keyword",
)
@transaction.atomic
def reserve(request: ProgramRequest, number_id: Path[Id], body: KeywordIn) -> Status[KeywordOut]:
    """Of many who want a word at the same time, one gets it. Refused (409) with the reason, and with words that are free instead."""
    number = get_number_for(request.account, number_id)
    with refusals("body.rule"):
        content = rule_content(request.account, body.rule, "body.rule") if body.rule else RuleContent()
        check_purpose(body.word, body.kind, content)
        reserved = reserve_keyword(
            request.account,
            number,
            body.word,
            content,
            kind=body.kind,
            also_when_text_follows=body.also_when_text_follows,
            asks_back=body.asks_back,
            starts_at=body.starts_at,
            ends_at=body.ends_at,
        )
        if body.rule:
            edit_rule(reserved.rules.get(), content, read_terms(request.account, body.rule, place="body.rule"))
    note(request, "keyword.reserve", reserved.word, reserved.pk, after=keyword_facts(reserved))
    return Status(201, shown_keyword(get_keyword_for(request.account, reserved.pk)))


@router.get(
    "/keywords/{keyword_id}", auth=key(Scope.KEYWORDS_READ), response=KeywordOut, operation_id="get_keyword", summary="Show a keyword"
)
def show(request: ProgramRequest, keyword_id: Path[Id]) -> KeywordOut:
    """One keyword; its rules, statistics and rivals have addresses of their own below it."""
    return shown_keyword(get_keyword_for(request.account, keyword_id))


@router.patch(
    "/keywords/{keyword_id}",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: KeywordOut, 409: ProblemOut},
    operation_id="edit_keyword",
    summary="Change a keyword",
)
@transaction.atomic
def edit(request: ProgramRequest, keyword_id: Path[Id], body: KeywordPatch) -> KeywordOut:
    """Its word, how it matches and when it holds; what it does is changed by its rules."""
    found = get_keyword_for(request.account, keyword_id)
    before, given = keyword_facts(found), {name: getattr(body, name) for name in body.model_fields_set}
    with refusals():
        if "kind" in given:
            change_kind(found, given["kind"])
        edit_keyword(
            found,
            given.get("word", found.word),
            None,
            also_when_text_follows=given.get("also_when_text_follows", found.also_when_text_follows),
            asks_back=given.get("asks_back", found.asks_back),
            starts_at=given.get("starts_at", found.starts_at),
            ends_at=given.get("ends_at", found.ends_at),
        )
    note(request, "keyword.change", found.word, found.pk, before=before, after=keyword_facts(found))
    return shown_keyword(get_keyword_for(request.account, keyword_id))


@router.post(
    "/keywords/{keyword_id}/pause",
    auth=key(Scope.KEYWORDS_WRITE),
    response=KeywordOut,
    operation_id="pause_keyword",
    summary="Pause a keyword",
)
@transaction.atomic
def pause(request: ProgramRequest, keyword_id: Path[Id]) -> KeywordOut:
    """Messages still arrive, nothing else happens; the word stays reserved."""
    found = get_keyword_for(request.account, keyword_id)
    before = keyword_facts(found)
    pause_keyword(found)
    note(request, "keyword.pause", found.word, found.pk, before=before, after=keyword_facts(found))
    return shown_keyword(found)


@router.post(
    "/keywords/{keyword_id}/resume",
    auth=key(Scope.KEYWORDS_WRITE),
    response=KeywordOut,
    operation_id="resume_keyword",
    summary="Act on a keyword again",
)
@transaction.atomic
def resume(request: ProgramRequest, keyword_id: Path[Id]) -> KeywordOut:
    """End a pause."""
    found = get_keyword_for(request.account, keyword_id)
    before = keyword_facts(found)
    resume_keyword(found)
    note(request, "keyword.resume", found.word, found.pk, before=before, after=keyword_facts(found))
    return shown_keyword(found)


@router.delete(
    "/keywords/{keyword_id}", auth=key(Scope.KEYWORDS_WRITE), response={204: None}, operation_id="end_keyword", summary="Give a keyword up"
)
@transaction.atomic
def end(request: ProgramRequest, keyword_id: Path[Id]) -> Status[None]:
    """Its rules go with it. On a shared number nobody else gets the word for 90 days; on an own number it is gone at once."""
    found = get_keyword_for(request.account, keyword_id)
    note(request, "keyword.end", found.word, found.pk, before=keyword_facts(found))
    end_keyword(found)
    return Status(204, None)
