"""Which kinds of keyword an account can have on a number, and making one of another kind.

What belongs here: these two. What does not: whether a word is free (`queries`), what a kind matches (`core.keyword`).
"""

from django.db import IntegrityError, transaction

from recado.apps.accounts.models import Account
from recado.apps.keywords.errors import KeywordRefusedError, KeywordTakenError, Refusal
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import check_word
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.core.routes import MatchKind


def refusal_of(account: Account, number: Number, kind: MatchKind) -> Refusal | None:  # noqa: ARG001  # accounts may differ in what they may
    """Say why the account can have no keyword of this kind on the number; None where it can."""
    capabilities = number.capabilities
    if not capabilities.exact_keywords:
        return Refusal.NO_KEYWORDS_HERE
    return None if kind is MatchKind.EXACT or capabilities.advanced_keywords else Refusal.KIND_NOT_ALLOWED


def change_kind(keyword: Keyword, kind: MatchKind) -> None:
    """Let a keyword match in another way; raise KeywordError where the number or another keyword of the same word is in its way."""
    if keyword.kind == kind:
        return
    if refusal := refusal_of(keyword.account, keyword.number, kind):
        raise KeywordRefusedError(keyword.word, refusal)
    check_word(keyword.account, keyword.number, keyword.word, kind)
    try:
        with transaction.atomic():
            keyword.kind = kind.value
            keyword.save(update_fields=["kind"])
            bump_routing()
    except IntegrityError as error:
        raise KeywordTakenError(keyword.word, keyword.number.digits) from error
