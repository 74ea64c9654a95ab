"""Other spellings of a keyword: adding one, giving one up.

What belongs here: these changes with their checks, each bumping the routing version. What does not: the keyword itself (`services`).
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from recado.apps.keywords.checks import Wanted, check, taken
from recado.apps.keywords.errors import KeywordRefusedError, Refusal
from recado.apps.keywords.models import Keyword, Spelling
from recado.apps.keywords.periods import period_of
from recado.apps.keywords.spelling_rows import add_spelling, stand_in_line
from recado.apps.keywords.standing import Standing, standing_of
from recado.apps.numbers.services import bump_routing
from recado.core.routes import MatchKind


def wanted_for(keyword: Keyword) -> Wanted:
    """Return what a synonym added now must be free for: the rest of the keyword's time."""
    is_shared = keyword.number.capabilities.is_shared
    period = period_of(keyword.starts_at, keyword.ends_at, timezone.now(), is_shared=is_shared)
    return Wanted(keyword.account, keyword.number, period, MatchKind(keyword.kind))


def check_synonym(keyword: Keyword, word: str) -> None:
    """Raise KeywordError where a word cannot be another spelling of a keyword now."""
    word = " ".join(word.split())
    if standing_of(keyword, timezone.now()) is Standing.ENDED:
        raise KeywordRefusedError(word, Refusal.ENDED)
    check(wanted_for(keyword), word)


def add_synonym(keyword: Keyword, word: str) -> Spelling:
    """Reserve another spelling of a keyword for its owner, as long as the keyword; raise KeywordError where it is not free."""
    word, wanted = " ".join(word.split()), wanted_for(keyword)
    try:
        with transaction.atomic():
            stand_in_line(keyword.number)
            check_synonym(keyword, word)
            added = add_spelling(keyword, word, wanted.period, is_main=False)
            bump_routing(number_id=keyword.number_id, keyword_id=keyword.pk)
    except IntegrityError as error:
        raise taken(wanted, word) from error
    return added


@transaction.atomic
def remove_synonym(synonym: Spelling) -> None:
    """Give a spelling up: on a shared number it rests like any other word, as a reservation of its own that is over."""
    if synonym.is_main:
        raise KeywordRefusedError(synonym.word, Refusal.RENAMED)
    now, keyword = timezone.now(), synonym.keyword
    stand_in_line(keyword.number)
    synonym.delete()
    if keyword.number.capabilities.is_shared and synonym.starts_at <= now:
        _let_rest(keyword, synonym)
    bump_routing(number_id=keyword.number_id, keyword_id=keyword.pk)


def _let_rest(keyword: Keyword, synonym: Spelling) -> None:
    now = timezone.now()
    ends_at = min(keyword.ends_at, now) if keyword.ends_at else now
    resting = Keyword.objects.create(
        account=keyword.account,
        number=keyword.number,
        word=synonym.word,
        tokens=synonym.tokens,
        folded=synonym.folded,
        kind=keyword.kind,
        state=Keyword.State.QUARANTINE,
        starts_at=synonym.starts_at,
        ends_at=ends_at,
    )
    add_spelling(resting, synonym.word, period_of(synonym.starts_at, ends_at, synonym.starts_at, is_shared=True), is_main=True)
    bump_routing(number_id=resting.number_id, keyword_id=resting.pk)
