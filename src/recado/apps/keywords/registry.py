"""The register of words on shared numbers, as the operator reads it: who has which, since when, who had it before, which look alike.

What belongs here: these reads, across all accounts. What does not: an account's own keywords (`queries`), checks (`checks`).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from recado.apps.keywords.models import BlockedWord, Keyword, NearForm, Spelling
from recado.apps.keywords.words import looks_like, near_forms, skeleton
from recado.apps.numbers.models import Number
from recado.core.number import CAPABILITIES
from recado.core.text import folded_form

BEGINS_ALIKE_FROM = 4
"""Letters from which on a word that another one begins with is worth a look: OGROD and OGRODNIK."""
SHOWN = 20


class Life(StrEnum):
    """Where a word is in its life."""

    LIVE = "live"
    HELD = "held"
    """Set aside, or its time has not begun."""
    PAUSED = "paused"
    QUARANTINE = "quarantine"
    """It is over, and still kept from others."""
    OVER = "over"


def life_of(spelling: Spelling, now: datetime) -> Life:
    """Say where a word is in its life."""
    if spelling.kept_until is not None and spelling.kept_until <= now:
        return Life.OVER
    if spelling.ends_at is not None and spelling.ends_at <= now:
        return Life.QUARANTINE
    if spelling.keyword.state == Keyword.State.HELD or spelling.starts_at > now:
        return Life.HELD
    return Life.PAUSED if spelling.keyword.state == Keyword.State.PAUSED else Life.LIVE


def in_life(life: Life, now: datetime) -> Q:
    """Return the filter that keeps the spellings `life_of` gives this life."""
    is_over, is_past = Q(kept_until__isnull=False, kept_until__lte=now), Q(ends_at__isnull=False, ends_at__lte=now)
    is_held = Q(keyword__state=Keyword.State.HELD) | Q(starts_at__gt=now)
    is_paused = Q(keyword__state=Keyword.State.PAUSED)
    filters = {
        Life.OVER: is_over,
        Life.QUARANTINE: is_past & ~is_over,
        Life.HELD: is_held & ~is_past,
        Life.PAUSED: is_paused & ~is_held & ~is_past,
        Life.LIVE: ~is_paused & ~is_held & ~is_past,
    }
    return filters[life]


def shared_numbers() -> QuerySet[Number]:
    """Return the numbers on which words are reserved by everybody."""
    kinds = [kind.value for kind, can in CAPABILITIES.items() if can.is_shared and can.exact_keywords]
    return Number.objects.filter(kind__in=kinds).order_by("kind", "digits")


def registry(number: Number, search: str = "", life: Life | None = None, now: datetime | None = None) -> QuerySet[Spelling]:
    """Return the words of a number by the alphabet, narrowed to a piece of word or account, and to a life."""
    found = Spelling.objects.filter(number=number).select_related("keyword", "account").order_by("folded", "starts_at", "id")
    if life is not None and now is not None:
        found = found.filter(in_life(life, now))
    if search:
        by_account = Q(account__name__icontains=search)
        folded = folded_form(search)
        found = found.filter(by_account | Q(folded__contains=folded) if folded else by_account)
    return found


def get_spelling(spelling_id: int) -> Spelling:
    """Return a word of a shared number, whoever has it; raise Spelling.DoesNotExist for all others."""
    return Spelling.objects.select_related("keyword", "account", "number").get(pk=spelling_id, number__in=shared_numbers())


def calendar_of(number: Number, folded: str) -> QuerySet[Spelling]:
    """Return everybody's reservations of a word on a number, past, present and to come, oldest first."""
    return Spelling.objects.filter(number=number, folded=folded).select_related("keyword", "account").order_by("starts_at", "id")


def similar(spellings: Sequence[Spelling], now: datetime) -> dict[int, list[Spelling]]:
    """Return, by the id of a spelling, other accounts' words of the number that it looks like or begins with, if they are kept now."""
    if not spellings:
        return {}
    beginnings = {one.folded[:end] for one in spellings for end in range(BEGINS_ALIKE_FROM, len(one.folded))}
    forms = {form for one in spellings for form in near_forms(one.folded)}
    near = NearForm.objects.filter(number=spellings[0].number_id, form__in=forms).values("spelling")
    found = _kept(spellings[0].number_id, now).filter(Q(folded__in=beginnings) | Q(pk__in=near)).select_related("account")
    by_id: dict[int, list[Spelling]] = defaultdict(list)
    for other in found:
        for one in spellings:
            if other.account_id != one.account_id and _is_similar(one.folded, other.folded):
                by_id[one.pk].append(other)
    return by_id


def longer(spelling: Spelling, now: datetime) -> list[Spelling]:
    """Return other accounts' words that begin with this one; a longer word goes first, so its messages are not this one's."""
    if len(spelling.folded) < BEGINS_ALIKE_FROM:
        return []
    found = _kept(spelling.number_id, now).filter(folded__startswith=spelling.folded).exclude(account=spelling.account_id)
    return list(found.exclude(folded=spelling.folded).select_related("account").order_by("folded")[:SHOWN])


def reserved_despite(blocked: Sequence[BlockedWord], now: datetime) -> dict[str, list[Spelling]]:
    """Return, by form, who still has words that are blocked: they were reserved before."""
    forms = {one.form for one in blocked}
    near = NearForm.objects.filter(number__in=shared_numbers(), form__in=forms).values("spelling")
    by_form: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in Spelling.objects.filter(pk__in=near).exclude(in_life(Life.OVER, now)).select_related("account", "number"):
        if skeleton(spelling.folded) in forms:
            by_form[skeleton(spelling.folded)].append(spelling)
    return by_form


def _kept(number_id: int, now: datetime) -> QuerySet[Spelling]:
    return Spelling.objects.filter(number=number_id).exclude(in_life(Life.OVER, now))


def _is_similar(word: str, other: str) -> bool:
    begins_alike = len(other) >= BEGINS_ALIKE_FROM and word != other and word.startswith(other)
    return begins_alike or looks_like(word, other) or (word != other and skeleton(word) == skeleton(other))
