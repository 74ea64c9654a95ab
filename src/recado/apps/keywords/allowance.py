"""What an account's plan lets it reserve on a number: which kinds of keyword, and how many.

What belongs here: these checks. What does not: plans themselves (`apps.plans`), whether the word is free (`queries`).
"""

from recado.apps.accounts.models import Account
from recado.apps.keywords.errors import KeywordRefusedError, QuotaUsedError, Refusal
from recado.apps.numbers.models import Number
from recado.apps.plans.queries import capabilities_for, is_payable, keyword_quota, keywords_held, plan_of
from recado.core.number import Capabilities, NumberKind
from recado.core.routes import MatchKind


def check_plan(account: Account, number: Number, word: str, kind: MatchKind) -> None:
    """Raise KeywordRefusedError where the number could have such a keyword but not on the account's plan, or where the quota is used up."""
    if kind_refusal(number.capabilities, capabilities_for(account, number), kind) is Refusal.NOT_IN_PLAN:
        raise KeywordRefusedError(word, Refusal.NOT_IN_PLAN)
    if not_payable(account, number):
        raise KeywordRefusedError(word, Refusal.NOT_PAYABLE)
    check_quota(account, number, word)


def not_payable(account: Account, number: Number) -> bool:
    """Say whether the account can have no further keyword on a shared number because its plan cannot pay for that kind."""
    return (
        number.capabilities.is_shared and number.capabilities.exact_keywords and not is_payable(plan_of(account), NumberKind(number.kind))
    )


def check_quota(account: Account, number: Number, word: str, *, is_saving: bool = False) -> None:
    """Raise QuotaUsedError where the account holds as many keywords on this kind of number as its plan allows.

    While saving, in the transaction of the new keyword, the account is locked, so that of two who reserve at once one gets the last.
    """
    if is_saving:
        Account.objects.select_for_update().get(pk=account.pk)
    kind = NumberKind(number.kind)
    allowed = keyword_quota(account, kind)
    if allowed is not None and (used := keywords_held(account, kind)) >= allowed:
        raise QuotaUsedError(word, used, allowed)


def kind_refusal(of_number: Capabilities, on_plan: Capabilities, kind: MatchKind) -> Refusal | None:
    """Say why there can be no keywords of a kind on a number, by what it may do itself and what on a plan; None where there can."""
    if _allows(on_plan, kind):
        return None
    if _allows(of_number, kind):
        return Refusal.NOT_IN_PLAN
    return Refusal.KIND_NOT_ALLOWED if of_number.exact_keywords or on_plan.exact_keywords else Refusal.NO_KEYWORDS_HERE


def _allows(capabilities: Capabilities, kind: MatchKind) -> bool:
    return capabilities.exact_keywords and (kind is MatchKind.EXACT or capabilities.advanced_keywords)
