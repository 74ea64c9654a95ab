"""Billing runs: a month is computed for everybody, looked at, and posted.

What belongs here: the dry run, ordering the posting, and doing it a portion at a time. What does not: what a month costs (`due`), the
invoice itself (`issuing`). Computed drafts change nothing but themselves. Posting goes on where it was interrupted: each account's
invoice is a transaction of its own, and nobody gets two of a run.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from time import monotonic

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from recado.apps.accounts.models import Account, User
from recado.apps.accounts.tax_number import parse_nip
from recado.apps.billing.due import due, months_to_bill
from recado.apps.billing.issuing import issue, written_lines
from recado.apps.billing.models import BillingDraft, BillingRun, Subscription, Transfer, Wallet
from recado.apps.billing.months import is_over
from recado.apps.billing.sellers import seller
from recado.apps.ids import first_id_at
from recado.apps.plans.queries import plan_of
from recado.core.billing import next_month

AT_ONCE = 50
DEFAULT_RATE = 23
PATIENCE_SECONDS = 5.0


class RunRefusal(StrEnum):
    """Why a run cannot be computed or posted."""

    LOCKED = "locked"
    """The month is posted, or being posted."""
    NOT_OVER = "not_over"
    NO_SELLER = "no_seller"
    EARLY_DRAFT = "early_draft"
    """It was computed while the month went on."""
    EMPTY = "empty"
    CHANGED = "changed"
    """It was computed anew since the page was opened."""


class RunError(ValueError):
    """A run cannot be computed or posted; `reason` says why."""

    def __init__(self, reason: RunRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class DraftWarning(StrEnum):
    """What somebody should look at before posting."""

    NO_COMPANY = "no_company"
    NO_TAX_ID = "no_tax_id"
    BAD_TAX_ID = "bad_tax_id"
    NO_FEE = "no_fee"
    OVER_CREDIT = "over_credit"


def dry_run(month: date, by: User | None, now: datetime) -> BillingRun:
    """Compute a month anew, a portion at a time; accounts that have their invoice of this run are left alone."""
    run = BillingRun.objects.get_or_create(month=month, defaults={"made_by": by, "made_at": now})[0]
    if run.state != BillingRun.State.DRAFT:
        raise RunError(RunRefusal.LOCKED)
    months = months_to_bill(month)
    remaining = iter(_accounts(months))
    while portion := list(islice(remaining, AT_ONCE)):
        with transaction.atomic():
            for account in portion:
                _draft(run, account, months)
    BillingRun.objects.filter(pk=run.pk, state=BillingRun.State.DRAFT).update(made_by=by, made_at=now)
    run.refresh_from_db()
    return run


def order_post(run: BillingRun, by: User, now: datetime, *, made_at: datetime | None = None) -> None:
    """Order what was looked at to be posted; `made_at` is when the draft that was looked at was computed. A second order does nothing."""
    with transaction.atomic():
        locked = BillingRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != BillingRun.State.DRAFT:
            return
        if reason := refusal(locked, now):
            raise RunError(reason)
        if made_at is not None and made_at != locked.made_at:
            raise RunError(RunRefusal.CHANGED)
        BillingRun.objects.filter(pk=run.pk).update(state=BillingRun.State.POSTING, posted_by=by)


def refusal(run: BillingRun, now: datetime) -> RunRefusal | None:
    """Say why a run cannot be posted now; None where it can."""
    if not is_over(run.month, now):
        return RunRefusal.NOT_OVER
    if seller() is None:
        return RunRefusal.NO_SELLER
    if not is_over(run.month, run.made_at):
        return RunRefusal.EARLY_DRAFT
    return None if BillingDraft.objects.filter(run=run, net__gt=0).exists() else RunRefusal.EMPTY


def post_some(run: BillingRun, now: datetime, *, seconds: float = PATIENCE_SECONDS) -> int:
    """Post for some seconds; return how many invoices are still to come. The last one locks the month."""
    stops_at = monotonic() + seconds
    waiting = BillingDraft.objects.filter(run=run, run__state=BillingRun.State.POSTING, is_posted=False, net__gt=0).order_by("account_id")
    for draft_id in list(waiting.values_list("pk", flat=True)):
        issue(draft_id, now)
        if monotonic() > stops_at:
            break
    left = waiting.count()
    if not left:
        BillingRun.objects.filter(pk=run.pk, state=BillingRun.State.POSTING).update(state=BillingRun.State.POSTED, posted_at=now)
    return left


def post_ordered(now: datetime) -> None:
    """Go on with runs that are being posted, whoever began."""
    for run in BillingRun.objects.filter(state=BillingRun.State.POSTING):
        post_some(run, now)


def _accounts(months: list[date]) -> Iterator[Account]:
    """Yield the accounts that may have to pay something, and those that had in the run before."""
    first, after = months[0], next_month(months[-1])
    lasting = Q(ends_on=None) | Q(ends_on__gt=first)
    subscribing = Subscription.objects.filter(lasting, starts_on__lt=after).values("account")
    begins = datetime.fromisoformat(f"{first}T00:00:00+00:00") - timedelta(days=2)
    spending = Transfer.objects.filter(pk__gte=first_id_at(begins)).values("account")
    drafted = BillingDraft.objects.filter(run__month=months[-1]).values("account")
    concerned = Q(pk__in=subscribing) | Q(pk__in=spending) | Q(pk__in=drafted)
    return Account.objects.filter(concerned).select_related("plan").order_by("pk").iterator(chunk_size=AT_ONCE)


def _draft(run: BillingRun, account: Account, months: list[date]) -> None:
    before = BillingDraft.objects.filter(run=run, account=account).first()
    if before and before.is_posted:
        return
    found = due(account, months)
    if not found.lines and before is None and not found.without_fee:
        return
    issuer = seller()
    with override(account.language):
        lines, sums = written_lines(found.lines, issuer.vat_rate if issuer else DEFAULT_RATE)
    computed = {
        "lines": lines,
        "net": sums.net,
        "vat": sums.vat,
        "gross": sums.gross,
        "previous_net": before.net if before else None,
        "warnings": [warning.value for warning in _warnings(account, sums.net, found.without_fee)],
    }
    BillingDraft.objects.update_or_create(run=run, account=account, defaults=computed)


def _warnings(account: Account, net: int, without_fee: Iterable[str]) -> Iterator[DraftWarning]:
    if not account.company or not account.address:
        yield DraftWarning.NO_COMPANY
    if not account.tax_id:
        yield DraftWarning.NO_TAX_ID
    elif parse_nip(account.tax_id) is None:
        yield DraftWarning.BAD_TAX_ID
    if any(without_fee):
        yield DraftWarning.NO_FEE
    if net and plan_of(account).is_prepaid:
        wallet = Wallet.objects.filter(account=account).first()
        if net > (wallet.balance - wallet.reserved if wallet else 0):
            yield DraftWarning.OVER_CREDIT
