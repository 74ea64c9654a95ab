"""Statements of an account: a month as a page and as a file.

What belongs here: requests and responses. What does not: the sums (`apps.billing.statements`).
"""

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.billing.statements import Statement, months_with_movements, statement
from recado.core.billing import month_of
from recado.panel.access import MemberRequest, may_see_billing, member_required
from recado.panel.billing.movement_words import rows_of
from recado.panel.exporting import Cell, export_response
from recado.panel.forms.operator_billing import read_month


@require_safe
@member_required
@may_see_billing
def statement_page(request: MemberRequest) -> HttpResponse:
    """Show a month of the ledger."""
    found = statement(request.account, _month(request))
    today = timezone.now().astimezone(request.account.zone).date()
    months = months_with_movements(request.account, today)
    return render(request, "panel/billing/statement.html", {"statement": found, "movements": rows_of(found), "months": months})


@require_safe
@member_required
@may_see_billing
def statement_export(request: MemberRequest) -> HttpResponse:
    """Give a month of the ledger as a file."""
    month = _month(request)
    header = [_("Day"), _("What happened"), _("Note"), _("Amount, net"), _("Balance, net")]
    rows = _rows(statement(request.account, month))
    return export_response(request.GET.get("kind", "csv"), f"recado-statement-{month:%Y-%m}", header, rows)


def _month(request: MemberRequest) -> date:
    today = timezone.now().astimezone(request.account.zone).date()
    return read_month(request.GET.get("month", "")) or month_of(today)


def _rows(found: Statement) -> Iterator[list[Cell]]:
    balance = found.opening
    yield ["", _("Balance at the beginning"), "", "", balance / 100]
    for movement, words in rows_of(found):
        balance += movement.amount
        yield [f"{movement.day}", words, movement.note, movement.amount / 100, balance / 100]
    yield ["", _("Balance at the end"), "", "", balance / 100]
