"""What a kind of number costs an account, as its plan charges it today.

What belongs here: the packages to show before somebody orders. What does not: the list they come from (`apps.plans.price_lists`).
"""

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.plans.price_lists import fees_for
from recado.apps.plans.queries import capabilities_on, plan_of
from recado.core.fees import Fees, charged, packages_of
from recado.core.number import NumberKind


def fees_of(account: Account, kind: NumberKind) -> Fees:
    """Return the packages of a kind, those of own numbers being one without a name; none where the kind costs nothing."""
    can = capabilities_on(plan_of(account), kind)
    return tuple(charged(each, can) for each in packages_of(fees_for(account, timezone.now()), kind))
