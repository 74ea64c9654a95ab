"""Whether a word is free, what came for a keyword, which keywords fight with it.

What belongs here: routes that only read. What does not: changes (`keywords`), posters (`keyword_files`).
"""

from django.utils import timezone
from ninja import Path, Query, Router

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.keyword_problems import keyword_code, keyword_detail
from recado.api.v1.keyword_shapes import (
    KeywordArgumentCount,
    KeywordAvailability,
    KeywordDayCount,
    KeywordMeeting,
    KeywordRival,
    KeywordRivals,
    KeywordStatistics,
    Word,
)
from recado.api.v1.shapes import Id, Moment
from recado.apps.accounts.scopes import Scope
from recado.apps.keywords.checks import check_word
from recado.apps.keywords.conflicts import Conflict, conflicts_of
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.overview import last_messages
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.synonyms import check_synonym
from recado.apps.numbers.queries import get_number_for
from recado.apps.statistics.keyword_days import Ranking, last_days, ranked_arguments, received_by_day
from recado.core.routes import MatchKind

router = Router(tags=["Keywords"])


@router.get(
    "/numbers/{number_id}/availability",
    auth=key(Scope.KEYWORDS_READ),
    response=KeywordAvailability,
    operation_id="get_keyword_availability",
    summary="Ask whether a word is free",
)
def availability(
    request: ProgramRequest,
    number_id: Path[Id],
    word: Query[Word],
    kind: MatchKind = MatchKind.EXACT,
    starts_at: Moment | None = None,
    ends_at: Moment | None = None,
) -> KeywordAvailability:
    """Say whether the account could reserve it there for that time; else why not, and which words are free instead."""
    number = get_number_for(request.account, number_id)
    try:
        check_word(request.account, number, " ".join(word.split()), kind, starts_at=starts_at, ends_at=ends_at)
    except KeywordError as error:
        return _refused(error)
    return KeywordAvailability(is_free=True)


@router.get(
    "/keywords/{keyword_id}/synonyms/availability",
    auth=key(Scope.KEYWORDS_READ),
    response=KeywordAvailability,
    operation_id="get_synonym_availability",
    summary="Ask whether a spelling is free",
)
def synonym_availability(request: ProgramRequest, keyword_id: Path[Id], word: Query[Word]) -> KeywordAvailability:
    """Say whether a word can be another spelling of a keyword."""
    found = get_keyword_for(request.account, keyword_id)
    try:
        check_synonym(found, word)
    except KeywordError as error:
        return _refused(error)
    return KeywordAvailability(is_free=True)


@router.get(
    "/keywords/{keyword_id}/statistics",
    auth=key(Scope.KEYWORDS_READ),
    response=KeywordStatistics,
    operation_id="get_keyword_statistics",
    summary="Show what came for a keyword",
)
def statistics(request: ProgramRequest, keyword_id: Path[Id]) -> KeywordStatistics:
    """Messages by day, what followed a base keyword, and which messages came last."""
    found, now = get_keyword_for(request.account, keyword_id), timezone.now()
    received = received_by_day(request.account, [found.pk], now)[found.pk]
    ranking = ranked_arguments(found, now) if found.kind == MatchKind.BASE else Ranking()
    return KeywordStatistics(
        days=[KeywordDayCount(day=day, received=count) for day, count in zip(last_days(request.account, now), received, strict=True)],
        arguments=[KeywordArgumentCount(argument=argument, received=count) for argument, count in ranking.top],
        other_arguments=ranking.beyond,
        last_message_ids=[message.pk for message in last_messages(request.account, found)],
    )


@router.get(
    "/keywords/{keyword_id}/rivals",
    auth=key(Scope.KEYWORDS_READ),
    response=KeywordRivals,
    operation_id="list_keyword_rivals",
    summary="List keywords that fight with one",
)
def rivals(request: ProgramRequest, keyword_id: Path[Id]) -> KeywordRivals:
    """Other keywords of the account that can match the same text, with examples and who wins."""
    found = conflicts_of(get_keyword_for(request.account, keyword_id), timezone.now())
    return KeywordRivals(
        near=[rival(one) for one in found.near],
        apart=[rival(one) for one in found.apart],
        more_near=found.more_near,
        more_apart=found.more_apart,
    )


def _refused(error: KeywordError) -> KeywordAvailability:
    return KeywordAvailability(
        is_free=False,
        code=keyword_code(error),
        detail=keyword_detail(error),
        suggestions=list(getattr(error, "free", ())),
        free_from=getattr(error, "free_from", None),
    )


def rival(found: Conflict) -> KeywordRival:
    """Write a keyword that fights with another."""
    examples = [KeywordMeeting(text=one.text, winner=one.winner, otherwise=one.otherwise) for one in found.examples]
    return KeywordRival(keyword_id=found.other_id, word=found.other, examples=examples)
