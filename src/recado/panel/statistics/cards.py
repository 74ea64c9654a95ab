"""The cards on top: each figure with how it changed, and whether that is good.

What belongs here: comparing. What does not: counting (`apps.statistics`), markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.statistics.figures import Filters, Measure, Period, Totals
from recado.apps.statistics.queries import series, totals
from recado.panel.statistics.words import CARDS
from recado.panel.templatetags.formats import count as written

FEW = 30
"""Below, percentages say more than there is: `3 more`, not `300%`."""
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved: an arrow, words, and the tone they are said in."""

    arrow: str
    words: str
    tone: str
    """`good`, `bad`, or empty."""


@dataclass(frozen=True, slots=True)
class Card:
    """One figure, which chooses what the chart shows."""

    measure: Measure
    name: str
    count: int
    change: Change | None
    """None where there is nothing to compare with."""


def cards(now: Totals, before: Totals | None) -> Iterator[Card]:
    """Yield the cards of a period."""
    for measure, name in CARDS.items():
        figure = getattr(now, measure)
        change = change_of(figure, getattr(before, measure), is_good=measure is not Measure.OPT_OUTS) if before else None
        yield Card(measure, str(name), figure, change)


def change_of(now: int, before: int, *, is_good: bool = True) -> Change:
    """Say how a figure changed; `is_good` whether more of it is."""
    if now == before:
        return Change("", _("unchanged"), "")
    is_more = now > before
    tone = "good" if is_more is is_good else "bad"
    if before >= FEW:
        percent = round(abs(now - before) * 100 / before)
        if not percent:
            return Change("", _("nearly unchanged"), "")
        words = _("%(percent)s%% more") if is_more else _("%(percent)s%% fewer")
        return Change("▲" if is_more else "▼", words % {"percent": written(percent)}, tone)
    words = _("%(count)s more") if is_more else _("%(count)s fewer")
    return Change("▲" if is_more else "▼", words % {"count": written(abs(now - before))}, tone)


def totals_before(account: Account, filters: Filters, first: date | None, now: datetime) -> Totals | None:
    """Count the period before as far as the day has got, so that a morning is not compared with a whole day.

    None where counting began within it: less than a period tells nothing.
    """
    period, before = filters.period, filters.period.before
    if first is None or first > before.first:
        return None
    local = now.astimezone(account.zone)
    if period.last != local.date():
        return totals(account, replace(filters, period=before))
    last = replace(filters, period=Period(before.last, before.last))
    so_far = Totals(**{str(measure): _so_far(account, last, measure, local) for measure in Measure})
    if before.days == 1:
        return so_far
    whole = totals(account, replace(filters, period=Period(before.first, before.last - timedelta(days=1))))
    return Totals(**{one.name: getattr(whole, one.name) + getattr(so_far, one.name) for one in fields(Totals)})


def _so_far(account: Account, filters: Filters, measure: Measure, local: datetime) -> int:
    """Count the hours of a day that are over by this time of it, and as much of the present one as has passed."""
    points = series(account, filters, measure)
    over = sum(point.count for point in points if point.start.hour < local.hour)
    present = sum(point.count for point in points if point.start.hour == local.hour)
    return over + present * local.minute // _MINUTES
