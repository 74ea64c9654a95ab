"""The two tables of an invoice: its lines, and the sums of each VAT rate.

What belongs here: columns and widths. What does not: the rest of the page (`pdf`).
"""

from collections.abc import Container, Iterable
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from recado.apps.billing.models import Invoice
from recado.core.vat import RateTotal, added_up
from recado.panel.invoices.typeface import plain
from recado.panel.templatetags.formats import NO_BREAK_SPACE, THIN_SPACE, money

LINE = HexColor("#c9c9c9")
HEAD = HexColor("#f1f3f2")
STYLE = [
    ("GRID", (0, 0), (-1, -1), 0.4, LINE),
    ("BACKGROUND", (0, 0), (-1, 0), HEAD),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
]
LINE_WIDTHS = [8, 48, 16, 12, 20, 20, 11, 18, 20]
CORRECTED_WIDTHS = [8, 53, 23, 23, 23, 11, 16, 16]


def amount(minor_units: int) -> str:
    """Write an amount with spaces every typeface has."""
    return money(minor_units).replace(THIN_SPACE, NO_BREAK_SPACE)


def figure(minor_units: int) -> str:
    """Write an amount of a table, whose head names the currency."""
    return amount(minor_units).removesuffix(f"{NO_BREAK_SPACE}zł")


def line_table(invoice: Invoice) -> Flowable:
    """Draw the lines; those of a correction with what was, what is right and the difference."""
    if invoice.kind == Invoice.Kind.CORRECTION:
        return _corrected(invoice)
    head = [
        _("No."),
        _("Goods or service"),
        _("Quantity"),
        _("Unit"),
        _("Unit price net, zł"),
        _("Net, zł"),
        _("VAT"),
        _("VAT, zł"),
        _("Gross, zł"),
    ]
    rows = [
        [
            f"{place}",
            line["text"],
            f"{line['quantity']}",
            line["unit"],
            figure(line["unit_net"]),
            figure(line["net"]),
            f"{line['vat_rate']}%",
            figure(line["vat"]),
            figure(line["gross"]),
        ]
        for place, line in enumerate(invoice.lines, 1)
    ]
    return _table(head, rows, LINE_WIDTHS, {2, *range(4, len(head))})


def _corrected(invoice: Invoice) -> Flowable:
    head = [
        _("No."),
        _("Goods or service"),
        _("Net before, zł"),
        _("Net after, zł"),
        _("Difference net, zł"),
        _("VAT"),
        _("VAT, zł"),
        _("Gross, zł"),
    ]
    rows = [
        [
            f"{line['corrects'] + 1}",
            line["text"],
            figure(line["before"]),
            figure(line["before"] + line["net"]),
            figure(line["net"]),
            f"{line['vat_rate']}%",
            figure(line["vat"]),
            figure(line["gross"]),
        ]
        for line in invoice.lines
    ]
    return _table(head, rows, CORRECTED_WIDTHS, range(2, len(head)))


def rate_table(invoice: Invoice) -> Flowable:
    """Draw the sums by rate and over all."""
    sums = added_up((line["net"], line["vat_rate"], line["vat"]) for line in invoice.lines)
    rows = [_sums(f"{each.rate}%", each) for each in sums.rates]
    rows.append([_("Together"), figure(invoice.net), figure(invoice.vat), figure(invoice.gross)])
    table = _table([_("VAT rate"), _("Net, zł"), _("VAT, zł"), _("Gross, zł")], rows, [24, 26, 24, 28], range(1, 4))
    table.hAlign = "RIGHT"
    return table


def _sums(name: str, total: RateTotal) -> list[str]:
    return [name, figure(total.net), figure(total.vat), figure(total.gross)]


def _table(head: Iterable[str], rows: Iterable[list[str]], widths: list[int], figures: Container[int]) -> Any:
    drawn = [[plain(text, 7, is_bold=True, is_right=place in figures) for place, text in enumerate(head)]]
    drawn += [[plain(text, 7.5, is_right=place in figures) for place, text in enumerate(row)] for row in rows]
    return Table(drawn, colWidths=[width * mm for width in widths], repeatRows=1, style=TableStyle(STYLE))
