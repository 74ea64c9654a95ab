"""What a run would invoice: drafts of many accounts, computed and written with as many queries as for one.

What belongs here: whom a run concerns, and the rows. What does not: what a month costs (`due`), when drafts may change (`runs`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import override

from recado.apps.accounts.models import Account
from recado.apps.accounts.tax_number import parse_nip
from recado.apps.billing.due import due
from recado.apps.billing.issuing import fees_in, written_lines
from recado.apps.billing.models import BillingDraft, BillingRun, Subscription, Transfer, Wallet
from recado.apps.ids import first_id_at
from recado.apps.plans.queries import plans_of
from recado.core.billing import next_month

AT_ONCE = 200
"""Accounts computed at once: enough that queries hardly count, few enough that writing them holds up nobody."""
COMPUTED = ("lines", "net", "vat", "gross", "previous_net", "warnings")


class DraftWarning(StrEnum):
    """What somebody should look at before posting."""

    NO_COMPANY = "no_company"
    NO_TAX_ID = "no_tax_id"
    BAD_TAX_ID = "bad_tax_id"
    NO_FEE = "no_fee"
    OVER_CREDIT = "over_credit"


def portions(months: Sequence[date]) -> Iterator[list[Account]]:
    """Yield the accounts that may have to pay something, and those that had in the run before, some at a time."""
    first, after = months[0], next_month(months[-1])
    lasting = Q(ends_on=None) | Q(ends_on__gt=first)
    subscribing = Subscription.objects.filter(lasting, starts_on__lt=after).values("account")
    begins = datetime.fromisoformat(f"{first}T00:00:00+00:00") - timedelta(days=2)
    spending = Transfer.objects.filter(pk__gte=first_id_at(begins)).values("account")
    drafted = BillingDraft.objects.filter(run__month=months[-1]).values("account")
    concerned = Q(pk__in=subscribing) | Q(pk__in=spending) | Q(pk__in=drafted)
    ids = list(Account.objects.filter(concerned).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        yield list(Account.objects.filter(pk__in=ids[start : start + AT_ONCE]).select_related("plan").order_by("pk"))


def computed(run: BillingRun, accounts: Collection[Account], months: Sequence[date], vat_rate: int) -> list[BillingDraft]:
    """Return the drafts of accounts as they are to be written; those that have their invoice of this run are left out."""
    known = {draft.account_id: draft for draft in BillingDraft.objects.filter(run=run, account__in=accounts).defer("lines")}
    plans = plans_of(accounts)
    prepaid = [account.pk for account in accounts if plans[account.pk].is_prepaid]
    credit = {each.pk: each.balance - each.reserved for each in Wallet.objects.filter(pk__in=prepaid)}
    found = []
    for account, owed in due([each for each in accounts if each.pk not in known or not known[each.pk].is_posted], months):
        before = known.get(account.pk)
        if not owed.lines and before is None and not owed.without_fee:
            continue
        with override(account.language):
            lines, sums = written_lines(owed.lines, vat_rate)
        left = credit.get(account.pk, 0) if plans[account.pk].is_prepaid else None
        draft = BillingDraft(run=run, account=account, lines=lines, net=sums.net, vat=sums.vat, gross=sums.gross)
        draft.previous_net = before.net if before else None
        draft.warnings = [warning.value for warning in _warnings(account, fees_in(lines), owed.without_fee, left)]
        found.append(draft)
    return found


def write(drafts: Collection[BillingDraft]) -> None:
    """Store drafts in place of what was computed before."""
    BillingDraft.objects.bulk_create(drafts, update_conflicts=True, unique_fields=["run", "account"], update_fields=COMPUTED)


def _warnings(account: Account, fees: int, without_fee: Iterable[str], credit_left: int | None) -> Iterator[DraftWarning]:
    if not account.company or not account.address:
        yield DraftWarning.NO_COMPANY
    if not account.tax_id:
        yield DraftWarning.NO_TAX_ID
    elif parse_nip(account.tax_id) is None:
        yield DraftWarning.BAD_TAX_ID
    if any(without_fee):
        yield DraftWarning.NO_FEE
    if credit_left is not None and fees > 0 and fees > credit_left:
        yield DraftWarning.OVER_CREDIT
