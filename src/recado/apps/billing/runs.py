"""Billing runs: a month is computed for everybody, looked at, and posted.

What belongs here: the dry run, ordering the posting, and doing it a portion at a time. What does not: what a month costs (`due`), whom it
concerns and how drafts are written (`drafts`), the invoices themselves (`issuing`). Computed drafts change nothing but themselves. Posting
goes on where it was interrupted: some accounts' invoices are one transaction, and nobody gets two of a run.
"""

from datetime import date, datetime
from enum import StrEnum
from time import monotonic

from django.db import transaction

from recado.apps.accounts.models import User
from recado.apps.billing.drafts import computed, portions, write
from recado.apps.billing.due import months_to_bill
from recado.apps.billing.issuing import issue
from recado.apps.billing.models import BillingDraft, BillingRun
from recado.apps.billing.months import is_over
from recado.apps.billing.sellers import seller

AT_ONCE = 50
"""Invoices of one transaction: few enough that nobody waits for it, many enough that a month of 10,000 takes seconds."""
DEFAULT_RATE = 23
PATIENCE_SECONDS = 5.0
"""How long somebody waits who orders the posting."""
UPKEEP_SECONDS = 20.0
"""How long it goes on by itself before other upkeep has its turn."""


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
    INCOMPLETE = "incomplete"
    """It is being computed, or that was interrupted."""
    OVERTAKEN = "overtaken"
    """Somebody else computes it meanwhile."""


class RunError(ValueError):
    """A run cannot be computed or posted; `reason` says why."""

    def __init__(self, reason: RunRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def dry_run(month: date, by: User | None, now: datetime) -> BillingRun:
    """Compute a month anew, a portion at a time; accounts that have their invoice of this run are left alone.

    Until all are computed the run is not complete and cannot be posted; of two who compute at once the later one counts.
    """
    given = {"made_by": by, "made_at": now, "is_complete": False}
    run = BillingRun.objects.get_or_create(month=month, defaults=given)[0]
    if not BillingRun.objects.filter(pk=run.pk, state=BillingRun.State.DRAFT).update(**given):
        raise RunError(RunRefusal.LOCKED)
    issuer, months = seller(), months_to_bill(month)
    for accounts in portions(months):
        drafts = computed(run, accounts, months, issuer.vat_rate if issuer else DEFAULT_RATE)
        with transaction.atomic():
            _check_mine(run, now)
            write(drafts)
    BillingRun.objects.filter(pk=run.pk, made_at=now).update(is_complete=True)
    run.refresh_from_db()
    return run


def _check_mine(run: BillingRun, now: datetime) -> None:
    """Raise RunError where somebody else computes the run meanwhile; nobody can begin to before the transaction ends."""
    locked = BillingRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != BillingRun.State.DRAFT or locked.made_at != now:
        raise RunError(RunRefusal.OVERTAKEN)


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
    if not run.is_complete:
        return RunRefusal.INCOMPLETE
    if not is_over(run.month, run.made_at):
        return RunRefusal.EARLY_DRAFT
    return None if BillingDraft.objects.filter(run=run, net__gt=0).exists() else RunRefusal.EMPTY


def post_some(run: BillingRun, now: datetime, *, seconds: float = PATIENCE_SECONDS) -> int:
    """Post for some seconds; return how many invoices are still to come. The last one locks the month."""
    stops_at = monotonic() + seconds
    waiting = BillingDraft.objects.filter(run=run, run__state=BillingRun.State.POSTING, is_posted=False, net__gt=0).order_by("account_id")
    ids = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        issue(ids[start : start + AT_ONCE], now)
        if monotonic() > stops_at:
            break
    left = waiting.count()
    if not left:
        BillingRun.objects.filter(pk=run.pk, state=BillingRun.State.POSTING).update(state=BillingRun.State.POSTED, posted_at=now)
    return left


def post_ordered(now: datetime) -> None:
    """Go on with runs that are being posted, whoever began."""
    for run in BillingRun.objects.filter(state=BillingRun.State.POSTING):
        post_some(run, now, seconds=UPKEEP_SECONDS)
