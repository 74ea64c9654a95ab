"""Which kinds of keyword an account can reserve on a number.

What belongs here: this one question. What does not: whether a word is free (`queries`), what a kind matches (`core.keyword`).
"""

from recado.apps.accounts.models import Account
from recado.apps.keywords.errors import Refusal
from recado.apps.numbers.models import Number
from recado.core.routes import MatchKind


def refusal_of(account: Account, number: Number, kind: MatchKind) -> Refusal | None:  # noqa: ARG001  # accounts may differ in what they may
    """Say why the account can have no keyword of this kind on the number; None where it can."""
    capabilities = number.capabilities
    if not capabilities.exact_keywords:
        return Refusal.NO_KEYWORDS_HERE
    return None if kind is MatchKind.EXACT or capabilities.advanced_keywords else Refusal.KIND_NOT_ALLOWED
