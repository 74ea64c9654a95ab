"""Which kinds of keyword an account can have on a number, and making one of another kind.

What belongs here: these two. What does not: whether a word is free (`checks`), what a kind matches (`core.keyword`).
"""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from recado.apps.accounts.models import Account
from recado.apps.keywords.allowance import kind_refusal
from recado.apps.keywords.checks import Wanted, check_others, taken
from recado.apps.keywords.errors import KeywordRefusedError, Refusal
from recado.apps.keywords.models import Keyword, Spelling
from recado.apps.keywords.periods import Period
from recado.apps.keywords.spelling_rows import match_as, stand_in_line
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.apps.plans.queries import capabilities_for
from recado.core.routes import MatchKind


def refusals_of(account: Account, number: Number) -> Mapping[MatchKind, Refusal | None]:
    """Say for each kind of keyword why the account can have none of it on the number; None where it can."""
    on_plan = capabilities_for(account, number)
    return {kind: kind_refusal(number.capabilities, on_plan, kind) for kind in MatchKind}


def refusal_of(account: Account, number: Number, kind: MatchKind) -> Refusal | None:
    """Say the same of one kind."""
    return refusals_of(account, number)[kind]


def change_kind(keyword: Keyword, kind: MatchKind) -> None:
    """Let a keyword match in another way; raise KeywordError where number, plan or another keyword of the same word is in its way."""
    before = keyword.kind
    if before == kind:
        return
    if refusal := refusal_of(keyword.account, keyword.number, kind):
        raise KeywordRefusedError(keyword.word, refusal)
    try:
        with transaction.atomic():
            stand_in_line(keyword.number)
            for spelling in keyword.spellings.order_by("-is_main", "id"):
                check_others(_wanted(keyword, spelling, kind), spelling.word)
            keyword.kind = kind.value
            match_as(keyword)
            keyword.save(update_fields=["kind"])
            bump_routing(number_id=keyword.number_id, keyword_id=keyword.pk)
    except IntegrityError as error:
        keyword.kind = before
        main = keyword.spellings.get(is_main=True)
        raise taken(_wanted(keyword, main, kind), keyword.word) from error


def _wanted(keyword: Keyword, spelling: Spelling, kind: MatchKind) -> Wanted:
    """Return what a spelling must be free for to match in this way for the time it is reserved."""
    period = Period(spelling.starts_at, spelling.ends_at, spelling.kept_until)
    return Wanted(keyword.account, keyword.number, period, kind, instead_of=spelling)
