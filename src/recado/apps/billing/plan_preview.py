"""Another plan looked at before it is asked for: what each thing an account has would cost from today on.

What belongs here: joining subscriptions with the fees of another plan. What does not: the sums (`core.billing.preview`), asking for it
(`plan_requests`).
"""

from collections.abc import Iterator
from datetime import date

from recado.apps.accounts.models import Account
from recado.apps.billing.due import subscribed
from recado.apps.billing.fees_of import fees_of_plan
from recado.apps.plans.models import Plan
from recado.core.billing import Change, fee_on, month_of, preview


def changes_with(account: Account, plan: Plan, today: date) -> Iterator[Change]:
    """Yield what each thing the account has today would cost on a plan from today on."""
    for each in subscribed(account, [month_of(today)]):
        if each.starts_on <= today and (each.ends_on is None or each.ends_on > today):
            kind, package, _digits = each.subject.split("|")
            fee, other = fee_on(each.fees, today), fees_of_plan(plan, kind, package, today)
            yield preview(each.subject, fee.monthly if fee else 0, other.monthly if other else None, today)


def difference_of(changes: list[Change]) -> int:
    """Return how much more or less the rest of the month would cost, without what cannot be had there."""
    return sum(change.difference for change in changes if change.monthly_then is not None)
