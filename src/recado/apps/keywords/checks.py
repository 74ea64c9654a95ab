"""Whether a word can be reserved: what forbids it to everybody, who has it, whose it looks like, and which words are free instead.

What belongs here: these checks, all of them for a period. What does not: reserving (`services`), questions about words alone (`words`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.allowance import check_plan, kind_refusal
from recado.apps.keywords.errors import KeywordRefusedError, KeywordTakenError, Refusal
from recado.apps.keywords.models import BlockedWord, NearForm, Spelling
from recado.apps.keywords.periods import Period, kept_in, period_of, reserved_in
from recado.apps.keywords.words import alternatives, is_reserved, looks_like, mixes_scripts, near_forms, skeleton
from recado.apps.numbers.models import Number
from recado.apps.plans.queries import capabilities_for
from recado.core.routes import MatchKind
from recado.core.text import exact_form, fold, folded_form, tokenise

LONGEST = 80
LONGEST_FORM = 160
"""As it is compared: some signs stand for many letters, `ﷺ` for eighteen."""
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom a word is wanted, where and when."""

    account: Account
    number: Number
    period: Period
    kind: MatchKind = MatchKind.EXACT
    instead_of: Spelling | None = None
    """The spelling that is written otherwise, or reserved for another time."""


def check_word(
    account: Account,
    number: Number,
    word: str,
    kind: MatchKind = MatchKind.EXACT,
    now: datetime | None = None,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> None:
    """Raise KeywordRefusedError or KeywordTakenError unless the account can reserve the word there for the whole period."""
    check_plan(account, number, word, kind)
    period = period_of(starts_at, ends_at, now or timezone.now(), is_shared=number.capabilities.is_shared)
    if ends_at is not None and ends_at <= period.starts_at:
        raise KeywordRefusedError(word, Refusal.PERIOD)
    check(Wanted(account, number, period, kind), word)


def check(wanted: Wanted, word: str) -> None:
    """Raise KeywordRefusedError or KeywordTakenError unless the word can be reserved as wanted."""
    refusal = refusal_of(wanted.account, wanted.number, word, wanted.kind)
    if refusal is not None:
        raise KeywordRefusedError(word, refusal, free_words(wanted, word) if refusal is Refusal.BLOCKED else ())
    check_others(wanted, word)


def check_others(wanted: Wanted, word: str) -> None:
    """Raise KeywordTakenError or KeywordRefusedError where somebody has the word, or one that looks like it, at that time."""
    if holders(wanted, word).exists():
        raise taken(wanted, word)
    refusal = _neighbour(wanted, folded_form(word))
    if refusal is not None:
        raise KeywordRefusedError(word, refusal, free_words(wanted, word))


def taken(wanted: Wanted, word: str) -> KeywordTakenError:
    """Return the refusal of a word somebody has, with what is free instead and when it is free itself."""
    ends = list(holders(wanted, word).values_list("kept_until", flat=True))
    known = [end for end in ends if end is not None]
    free_from = max(known) if known and len(known) == len(ends) else None
    return KeywordTakenError(word, wanted.number.digits, free_words(wanted, word), free_from)


def holders(wanted: Wanted, word: str) -> QuerySet[Spelling]:
    """Return the spellings that keep the word from being reserved as wanted: of others the same folded, of one's own the same exact."""
    by_others = ~Q(account=wanted.account) & kept_in(wanted.period)
    own = Q(account=wanted.account, tokens=exact_form(word), kind=wanted.kind.value) & reserved_in(wanted.period)
    found = Spelling.objects.filter(by_others | own, number=wanted.number, folded=folded_form(word))
    return found.exclude(pk=wanted.instead_of.pk) if wanted.instead_of else found


def refusal_of(account: Account, number: Number, word: str, kind: MatchKind = MatchKind.EXACT) -> Refusal | None:
    """Say why the account could never reserve the word on this number in this kind; None where it could."""
    capabilities = capabilities_for(account, number)
    folded = fold(tokenise(word))
    if refusal := kind_refusal(number.capabilities, capabilities, kind):
        return refusal
    reasons = {
        Refusal.EMPTY: not folded,
        Refusal.TOO_LONG: len(word) > LONGEST or max(len(exact_form(word)), len(" ".join(folded))) > LONGEST_FORM,
        Refusal.RESERVED: is_reserved(folded, is_shared=capabilities.is_shared),
        Refusal.MIXED_SCRIPTS: capabilities.is_shared and mixes_scripts(word),
    }
    found = next((reason for reason, applies in reasons.items() if applies), None)
    if found is None and capabilities.is_shared and blocked_words(folded).exists():
        return Refusal.BLOCKED
    return found


def blocked_words(folded: tuple[str, ...]) -> QuerySet[BlockedWord]:
    """Return the blocked words a word is, or has in it as a whole word."""
    return BlockedWord.objects.filter(form__in={skeleton(" ".join(folded)), *map(skeleton, folded)})


def free_words(wanted: Wanted, word: str) -> tuple[str, ...]:
    """Suggest words like this one that could be reserved as wanted: each has passed all checks."""
    found: list[str] = []
    for candidate in alternatives(word, wanted.account.name):
        if _is_free(wanted, candidate):
            found.append(candidate)
        if len(found) == OFFERED:
            break
    return tuple(found)


def _is_free(wanted: Wanted, word: str) -> bool:
    if refusal_of(wanted.account, wanted.number, word, wanted.kind) is not None or holders(wanted, word).exists():
        return False
    return _neighbour(wanted, folded_form(word)) is None


def _neighbour(wanted: Wanted, folded: str) -> Refusal | None:
    """Say whether somebody else has a word there that this one could be mistaken for."""
    if not wanted.number.capabilities.is_shared:
        return None
    near = NearForm.objects.filter(number=wanted.number, form__in=near_forms(folded))
    theirs = Spelling.objects.filter(kept_in(wanted.period), pk__in=near.values("spelling")).exclude(account=wanted.account)
    for other in theirs.values_list("folded", flat=True).distinct():
        if skeleton(other) == skeleton(folded):
            return Refusal.CONFUSABLE
        if looks_like(folded, other):
            return Refusal.LOOK_ALIKE
    return None
