"""The banner on every page of an account whose credit is used up, for those who may see its money.

What belongs here: when it shows and what it knows. What does not: its words (`_credit_banner.html`), refusing to spend (`store.charging`).
"""

from recado.apps.accounts.models import Membership
from recado.apps.billing.queries import is_used_up
from recado.apps.plans.queries import plan_of
from recado.panel.access import MAY_SEE_BILLING


def credit_context(membership: Membership | None) -> dict[str, object]:
    """Say whether a member is to be told, and whether the account pays before."""
    is_told = membership is not None and membership.role in MAY_SEE_BILLING and is_used_up(membership.account)
    return {"is_used_up": is_told, "is_prepaid": is_told and membership is not None and plan_of(membership.account).is_prepaid}
