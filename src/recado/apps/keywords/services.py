"""Writes about keywords: reserving words, changing, pausing and ending them.

What belongs here: changes with their checks, each bumping the routing version. What does not: reads (`queries`), what keywords do
(`rules`), matching (`core.keyword`).
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.allowance import check_plan, check_quota
from recado.apps.keywords.checks import Wanted, check, check_others, taken
from recado.apps.keywords.errors import KeywordRefusedError, Refusal
from recado.apps.keywords.models import Keyword, Spelling
from recado.apps.keywords.periods import Period, period_of
from recado.apps.keywords.rules import RuleContent, save_rule
from recado.apps.keywords.spelling_rows import add_spelling, move, respell, stand_in_line
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.core.routes import MatchKind
from recado.core.text import exact_form, folded_form


def reserve_keyword(
    account: Account,
    number: Number,
    word: str,
    content: RuleContent | None = None,
    *,
    kind: MatchKind = MatchKind.EXACT,
    also_when_text_follows: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Keyword:
    """Reserve a word on a number and say what it does; of many who race for it, one gets it and the others KeywordTakenError."""
    word, now = " ".join(word.split()), timezone.now()
    _check_period(word, starts_at or now, ends_at)
    _check_end(word, ends_at, now)
    keyword = Keyword(account=account, number=number, kind=kind.value, starts_at=starts_at, ends_at=ends_at)
    _spell(keyword, word)
    keyword.also_when_text_follows = also_when_text_follows
    wanted = Wanted(account, number, _period(keyword, now), kind)
    try:
        with transaction.atomic():
            stand_in_line(number)
            check_plan(account, number, word, kind)
            check_quota(account, number, word, is_saving=True)
            check(wanted, word)
            keyword.save(force_insert=True)
            add_spelling(keyword, word, wanted.period, is_main=True)
            save_rule(keyword, content or RuleContent())
    except IntegrityError as error:
        raise taken(wanted, word) from error
    return keyword


def edit_keyword(
    keyword: Keyword,
    word: str,
    content: RuleContent | None,
    *,
    also_when_text_follows: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> None:
    """Change the word, when it holds and what it does (None: as before); on a shared number only the word's capitals can change."""
    word, now = " ".join(word.split()), timezone.now()
    _check_period(word, starts_at or min(keyword.created_at, now), ends_at)
    if ends_at != keyword.ends_at:
        _check_end(word, ends_at, now)
    if exact_form(word) != keyword.tokens and keyword.number.capabilities.is_shared:
        raise KeywordRefusedError(word, Refusal.RENAMED)
    try:
        with transaction.atomic():
            stand_in_line(keyword.number)
            was_spelled, was_reserved = keyword.tokens, (keyword.starts_at, keyword.ends_at)
            _spell(keyword, word)
            keyword.also_when_text_follows, keyword.starts_at, keyword.ends_at = also_when_text_follows, starts_at, ends_at
            _sync_spellings(keyword, now, is_renamed=was_spelled != keyword.tokens, is_moved=was_reserved != (starts_at, ends_at))
            keyword.save()
            bump_routing(number_id=keyword.number_id, keyword_id=keyword.pk)
            if content is not None:
                save_rule(keyword, content)
    except IntegrityError as error:
        raise taken(Wanted(keyword.account, keyword.number, _period(keyword, now)), word) from error


@transaction.atomic
def pause_keyword(keyword: Keyword) -> None:
    """Stop acting on the keyword; the word stays reserved."""
    _set_state(keyword, Keyword.State.PAUSED)


@transaction.atomic
def resume_keyword(keyword: Keyword) -> None:
    """Act on the keyword again."""
    _set_state(keyword, Keyword.State.LIVE)


@transaction.atomic
def end_keyword(keyword: Keyword) -> None:
    """Give the word up: on a shared number it is kept from others for a while, on an own number it is gone at once.

    A reservation that has not begun is gone at once, too: nobody can have seen it anywhere. One that is over keeps its end.
    """
    now = timezone.now()
    if not keyword.number.capabilities.is_shared or (keyword.starts_at is not None and keyword.starts_at > now):
        gone = keyword.pk
        keyword.delete()
        bump_routing(number_id=keyword.number_id, keyword_id=gone)
        return
    keyword.rules.all().delete()
    if keyword.ends_at is None or keyword.ends_at > now:
        keyword.ends_at = now
        for spelling in keyword.spellings.all():
            move(spelling, _period(keyword, now, spelling))
    keyword.save(update_fields=["ends_at"])
    _set_state(keyword, Keyword.State.QUARANTINE)


def note_poster(keyword: Keyword) -> None:
    """Note that somebody made a poster of the keyword; only the first time counts."""
    Keyword.objects.filter(pk=keyword.pk, poster_opened_at=None).update(poster_opened_at=timezone.now())


def _spell(keyword: Keyword, word: str) -> None:
    keyword.word, keyword.tokens, keyword.folded = word, exact_form(word), folded_form(word)


def _period(keyword: Keyword, now: datetime, spelling: Spelling | None = None) -> Period:
    """Return when a keyword is reserved as it is now; a spelling that has begun goes on from where it began."""
    since = min(spelling.starts_at, now) if spelling else now
    return period_of(keyword.starts_at, keyword.ends_at, since, is_shared=keyword.number.capabilities.is_shared)


def _sync_spellings(keyword: Keyword, now: datetime, *, is_renamed: bool, is_moved: bool) -> None:
    """Bring the spellings of a changed keyword in step, checking only what changed."""
    for spelling in keyword.spellings.order_by("-is_main", "id"):
        word = keyword.word if spelling.is_main else spelling.word
        wanted = Wanted(keyword.account, keyword.number, _period(keyword, now, spelling), MatchKind(keyword.kind), spelling)
        if is_renamed and spelling.is_main:
            check(wanted, word)
        elif is_moved:
            check_others(wanted, word)
        if is_moved:
            move(spelling, wanted.period)
        if spelling.word != word:
            respell(spelling, word)


def _check_period(word: str, starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise KeywordRefusedError(word, Refusal.PERIOD)


def _check_end(word: str, ends_at: datetime | None, now: datetime) -> None:
    if ends_at is not None and ends_at <= now:
        raise KeywordRefusedError(word, Refusal.PERIOD)


def _set_state(keyword: Keyword, state: Keyword.State) -> None:
    keyword.state = state
    keyword.save(update_fields=["state"])
    bump_routing(number_id=keyword.number_id, keyword_id=keyword.pk)
