"""The tables of the statistics to take away, with the filters of the page they were on.

What belongs here: requests and responses, columns. What does not: how files are written (`exporting`), which tables there are (`tables`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account
from recado.apps.statistics.figures import Measure
from recado.apps.statistics.queries import hours_by_weekday, series
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.exporting import Cell, export_response
from recado.panel.statistics.asked import Asked, read
from recado.panel.statistics.pictures import HOURS
from recado.panel.statistics.tables import KINDS, Kind
from recado.panel.statistics.words import CARDS, weekdays

DAYS, WEEK = "days", "week"
PICTURES: dict[str, Promise] = {DAYS: gettext_lazy("Figures by day"), WEEK: gettext_lazy("When people write")}
"""Files of what the first page draws; those of the tables bear the tables' names."""


@dataclass(frozen=True, slots=True)
class File:
    """A table as a file has it."""

    header: list[str]
    rows: Iterator[list[Cell]]


@require_safe
@member_required
@may_read
def statistics_export(request: MemberRequest) -> HttpResponse:
    """Give one table as CSV or XLSX: `table` says which."""
    asked, slug = read(request.account, request.GET), request.GET.get("table", "")
    found = file_of(request.account, asked, slug)
    if found is None:
        raise Http404
    name = f"recado-{slug}-{asked.period.first}-{asked.period.last}"
    return export_response(request.GET.get("as", ""), name, found.header, found.rows)


def file_of(account: Account, asked: Asked, slug: str) -> File | None:
    """Return the table of a name; None for a name that is none."""
    if slug == DAYS:
        return File([_("Day"), *map(str, CARDS.values())], _days(account, asked))
    if slug == WEEK:
        return File([_("Weekday"), *(f"{hour:02}:00" for hour in range(HOURS))], _week(account, asked))
    if slug not in KINDS:
        return None
    kind = KINDS[slug]
    header = [str(kind.of), str(kind.counted), _("Share"), _("In the period before"), *map(str, kind.details.values())]
    return File(header, _lines(account, asked, kind))


def _lines(account: Account, asked: Asked, kind: Kind) -> Iterator[list[Cell]]:
    for row in kind.load(account, asked):
        details = (row.details.get(name, 0) for name in kind.details)
        yield [kind.name(row, asked), row.count, round(row.share, 4), row.before, *details]


def _days(account: Account, asked: Asked) -> Iterator[list[Cell]]:
    """Write days, or hours of a single one, as the account's clock has them."""
    written = "%Y-%m-%d %H:%M" if asked.period.by_hour else "%Y-%m-%d"
    columns = [series(account, asked.filters, measure) for measure in Measure]
    for points in zip(*columns, strict=True):
        yield [f"{points[0].start:{written}}", *(point.count for point in points)]


def _week(account: Account, asked: Asked) -> Iterator[list[Cell]]:
    for (day, _short), counts in zip(weekdays(), hours_by_weekday(account, asked.filters), strict=True):
        yield [day, *counts]
