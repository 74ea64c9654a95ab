"""The chart over time and the picture of the week, as figures and words that templates draw.

What belongs here: choosing figures and saying them. What does not: geometry (`panel.charts`), markup.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.statistics.queries import hours_by_weekday, series
from recado.panel.charts.bars import MOST_LABELS, BarChart, Place, bar_chart
from recado.panel.charts.heat import Heat, heat
from recado.panel.statistics.asked import Asked
from recado.panel.statistics.spans import Grain, Span, gathered, grain_of
from recado.panel.statistics.words import CHARTS, SPANS, below, said, weekdays, when
from recado.panel.templatetags.formats import count as written

HOURS = 24
MOST_MONTHS = 13
"""Their names are short."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart over time with its twin as a table."""

    title: str
    says: str
    """What it shows, for who does not see it."""
    picture: BarChart
    of: str
    """Heading of the table's first column."""
    rows: list[tuple[str, int, int | None]]
    compares: bool


@dataclass(frozen=True, slots=True)
class Week:
    """When people write: hours by weekday, and the busiest of them."""

    picture: Heat
    busiest: str
    """Empty where nobody wrote."""


def chart(account: Account, asked: Asked) -> Chart:
    """Draw one measure over the period, beside the period before where that is wanted."""
    grain = grain_of(asked.period)
    points = series(account, asked.filters, asked.measure)
    earlier = None
    if asked.compares:
        earlier = series(account, replace(asked.filters, period=asked.period.before), asked.measure)
    spans = gathered(asked.period, points, earlier)
    places = [Place(below(span, grain), said(span, grain), _figures(span)) for span in spans]
    picture = bar_chart(places, most_labels=MOST_MONTHS if grain is Grain.MONTH else MOST_LABELS)
    rows = [(when(span, grain), span.count, span.before) for span in spans]
    return Chart(str(CHARTS[asked.measure, grain]), _says(rows), picture, str(SPANS[grain]), rows, asked.compares)


def week(account: Account, asked: Asked) -> Week:
    """Colour the hours of the week by how many messages came."""
    counts = hours_by_weekday(account, asked.filters)
    days = weekdays()
    cell = _("%(day)s, %(hour)s: %(count)s")
    says = [[cell % _cell(name, hour, row[hour]) for hour in range(HOURS)] for (name, _short), row in zip(days, counts, strict=True)]
    picture = heat([str(hour) for hour in range(HOURS)], days, counts, says)
    count, day, hour = max((row[hour], -day, -hour) for day, row in enumerate(counts) for hour in range(HOURS))
    busiest = _("Busiest hour: %(day)s, %(hour)s (%(count)s).") % _cell(days[-day][0], -hour, count) if count else ""
    return Week(picture, busiest)


def _cell(day: str, hour: int, count: int) -> dict[str, str]:
    return {"day": day, "hour": f"{hour}:00–{(hour + 1) % HOURS}:00", "count": written(count)}


def _figures(span: Span) -> tuple[int, ...]:
    return (span.count,) if span.before is None else (span.count, span.before)


def _says(rows: list[tuple[str, int, int | None]]) -> str:
    total = sum(count for _name, count, _before in rows)
    if not total:
        return _("Nothing in this period.")
    most = max(rows, key=lambda row: row[1])
    return _("%(total)s in all; most of them: %(when)s, %(count)s.") % {"total": written(total), "when": most[0], "count": written(most[1])}
