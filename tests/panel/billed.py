"""An account with a bill, for the tests of the pages that show it."""

from apps.billing.ledger import AFTER, NOVEMBER, sells, sent
from recado.apps.accounts.models import Account
from recado.apps.billing.models import BillingRun, Invoice, PlanRequest
from recado.apps.billing.plan_requests import ask_for_plan
from recado.apps.billing.runs import dry_run, order_post, post_some
from recado.apps.billing.sellers import seller
from recado.apps.plans.services import add_plan


def computed(account, user) -> BillingRun:
    """Give an account something to pay for a month."""
    sells()
    sent(account, segments=100)
    return dry_run(NOVEMBER, user, AFTER)


def invoiced(account: Account, user) -> Invoice:
    """Make an invoice for an account."""
    run = computed(account, user)
    order_post(run, user, AFTER)
    post_some(run, AFTER)
    return Invoice.objects.get(account=account)


def offered():
    """Return a plan customers may ask for."""
    sells()
    plan = add_plan("Larger")
    found = seller()
    assert found is not None
    found.offered_plans.add(plan)
    return plan


def asked(account: Account, user) -> PlanRequest:
    """Have an account ask for a plan."""
    ask_for_plan(account, offered(), user)
    return PlanRequest.objects.get(account=account)
