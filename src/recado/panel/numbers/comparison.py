"""The comparison of the kinds of number, for an account: what each can do on its plan, and whether it can be ordered.

What belongs here: the table with its words. What does not: the table itself (`core.number`), the plan (`apps.plans`).
"""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.apps.orders.errors import OrderRefusal
from recado.apps.orders.queries import all_stock, order_refusals
from recado.apps.plans.models import Plan
from recado.apps.plans.price_lists import fees_of
from recado.apps.plans.queries import capabilities_on, is_payable, keyword_quota, plan_of
from recado.core.fees import Fees
from recado.core.number import CAPABILITIES, NumberKind
from recado.panel.number_words import CAPABILITY_NAMES, explanation, short_name
from recado.panel.order_words import REFUSALS

COLUMNS = ("exact_keywords", "advanced_keywords", "all_messages", "surveys_contests_statistics", "mms")
"""The cells compared, as fields of the table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a kind can do one thing."""

    label: str
    is_there: bool
    by_plan: bool
    """Whether the account's plan differs from the table here."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind in the comparison."""

    kind: NumberKind
    name: str
    explanation: str
    cells: list[Cell]
    keywords: str
    """How many, in words."""
    in_stock: int
    refusal: str
    """Why it cannot be ordered; empty where it can."""
    is_refused: bool
    """Whether others may order it, but not this account."""
    link: str
    """Where to go for it instead; empty where it is to be ordered, or nowhere."""
    fees: Fees
    """What it costs; empty: nothing."""
    has_packages: bool
    """Whether it is taken in packages of keywords."""
    is_locked: bool
    """Whether the plan is the reason."""


def compare(account: Account) -> list[Compared]:
    """Compare all kinds for an account, those it can order first."""
    refusals = order_refusals(account)
    counts = dict(all_stock().order_by().values_list("kind").annotate(Count("pk")))
    shared = {number.kind: number for number in usable_numbers(account).filter(account=None)}
    rows = [_row(account, kind, refusals[kind], counts.get(kind.value, 0), shared.get(kind.value)) for kind in NumberKind]
    return sorted(rows, key=lambda row: bool(row.refusal))


def _row(account: Account, kind: NumberKind, refusal: OrderRefusal | None, in_stock: int, shared: Number | None) -> Compared:
    plan, fees = plan_of(account), fees_of(account, kind, timezone.now())
    can, shipped = capabilities_on(plan, kind), CAPABILITIES[kind]
    cells = [
        Cell(str(CAPABILITY_NAMES[column]), getattr(can, column), getattr(can, column) != getattr(shipped, column)) for column in COLUMNS
    ]
    words, link = str(REFUSALS[refusal]) if refusal else "", ""
    if refusal is OrderRefusal.NOT_FOR_ONE:
        words, link = _not_to_order(kind, shared)
        if can.exact_keywords and not is_payable(plan, kind):
            refusal, link = OrderRefusal.PREPAID if plan.is_prepaid else OrderRefusal.NOT_IN_PLAN, ""
            words = str(REFUSALS[refusal])
    is_refused = refusal not in {None, OrderRefusal.NOT_FOR_ONE}
    is_locked = refusal in {OrderRefusal.PREPAID, OrderRefusal.NOT_IN_PLAN}
    told = _keywords(plan, kind, keyword_quota(account, kind))
    has_packages = can.keyword_quota and bool(fees)
    return Compared(
        kind, short_name(kind), explanation(kind), cells, told, in_stock, words, is_refused, link, fees, has_packages, is_locked
    )


def _keywords(plan: Plan, kind: NumberKind, quota: int | None) -> str:
    if not capabilities_on(plan, kind).exact_keywords:
        return _("none")
    return _("as many as you like") if quota is None else _("up to %(count)s") % {"count": quota}


def _not_to_order(kind: NumberKind, shared: Number | None) -> tuple[str, str]:
    """Say what to do about a kind that nobody has to themselves."""
    if kind is NumberKind.ECO:
        return _("Nothing to order: it is there when you send without a sender name."), ""
    if shared is None:
        return _("This installation has no number of this kind."), ""
    return _("Nothing to order: reserve a keyword on it."), f"{reverse('new-keyword')}?number={shared.pk}"
