"""Figures over time: the cards, the chart, hours by weekday, and the nearest period with anything in it.

What belongs here: these. What does not: tables of keywords and the like (`tables`), what was sent (`sending_queries`).
"""

from datetime import date, datetime, timedelta

from recado.apps.accounts.models import Account
from recado.apps.statistics.calendar import to_date
from recado.apps.statistics.counting import FIELDS, NEW, OPT_OUTS, RECEIVED, REPLIES
from recado.apps.statistics.figures import Filters, Measure, Period, Point, Totals
from recado.apps.statistics.fresh import fresh
from recado.apps.statistics.models import DayTally, HourTally, Subject
from recado.apps.statistics.packing import WHEN, place, span, subject_of, when_of
from recado.apps.statistics.view import View, view_of

_COLUMN = {Measure.RECEIVED: RECEIVED, Measure.NEW_CONTACTS: NEW, Measure.REPLIES: REPLIES, Measure.OPT_OUTS: OPT_OUTS}


def totals(account: Account, filters: Filters) -> Totals:
    """Return the figures of the cards on top."""
    view = view_of(account, filters)
    sums = view.totals()
    return Totals(sums[RECEIVED], sums[NEW], sums[REPLIES], sums[OPT_OUTS], view.people())


def series(account: Account, filters: Filters, measure: Measure) -> list[Point]:
    """Return all bars of the chart over time: hours of one day, else days."""
    view = view_of(account, filters)
    calendar, column = view.fresh.calendar, _COLUMN[measure]
    if filters.period.by_hour:
        counts = _by_hour(view, column)
        return [Point(calendar.begins(hour), counts.get(hour, 0)) for hour in calendar.hours(view.first, view.last)]
    counts = _by_day(view, column)
    return [Point(calendar.midnight(day), counts.get(day, 0)) for day in range(view.first, view.last + 1)]


def hours_by_weekday(account: Account, filters: Filters) -> list[list[int]]:
    """Return for each weekday, Monday first, how many messages came in each hour of the clock."""
    view = view_of(account, filters)
    table = [[0] * 24 for _weekday in range(7)]
    for hour, count in _by_hour(view, RECEIVED).items():
        day, clock = view.fresh.calendar.day_and_clock(hour)
        table[to_date(day).weekday()][clock] += count
    return table


def nearest_with_data(account: Account, filters: Filters) -> Period | None:
    """Return the nearest period of the same length with messages: the latest before, else the next after."""
    view = view_of(account, filters)
    length = timedelta(days=filters.period.days - 1)
    days = _days_with_messages(view)
    if before := [day for day in days if day < view.first]:
        return Period(to_date(max(before)) - length, to_date(max(before)))
    if after := [day for day in days if day > view.last]:
        return Period(to_date(min(after)), to_date(min(after)) + length)
    return None


def counted_until(account: Account) -> datetime:
    """Return up to when everything is counted: now, unless the account is counted for the first time."""
    return fresh(account).until


def first_day(account: Account) -> date | None:
    """Return the day of the first message, or of whatever else was counted first."""
    counted = fresh(account)
    subject = counted.subjects.get(Subject.Kind.ACCOUNT)
    stored = DayTally.objects.filter(pk__gte=place(subject, 0), pk__lt=place(subject + 1, 0)).order_by("pk")
    keys = [*stored.values_list("pk", flat=True)[:1], *(key for key in counted.counting.days if subject_of(key) == subject)]
    return to_date(when_of(min(keys))) if keys else None


def _by_day(view: View, column: int) -> dict[int, int]:
    if view.subject is None:
        return {}
    first, last = span(view.subject, view.first, view.last)
    rows = DayTally.objects.filter(pk__gte=first, pk__lte=last).values_list("pk", FIELDS[column])
    found = {when_of(key): count for key, count in rows}
    for day, counts in view.fresh_days(view.subject):
        found[day] = found.get(day, 0) + counts[column]
    return found


def _by_hour(view: View, column: int) -> dict[int, int]:
    if view.is_narrow_group:
        return {hour: counts[column] for hour, counts in view.members.by_hour.items()}
    if view.subject is None:
        return {}
    hours = view.fresh.calendar.hours(view.first, view.last)
    first, last = span(view.subject, hours[0], hours[-1])
    rows = HourTally.objects.filter(pk__gte=first, pk__lte=last).values_list("pk", FIELDS[column])
    found = {key % WHEN: count for key, count in rows}
    for key, counts in view.fresh.counting.hours.items():
        if first <= key <= last:
            found[when_of(key)] = found.get(when_of(key), 0) + counts[column]
    return found


def _days_with_messages(view: View) -> set[int]:
    """Return the days nearest to the period on which messages came."""
    if view.subject is None:
        return set()
    found = {when_of(key) for key, counts in view.fresh.counting.days.items() if subject_of(key) == view.subject and counts[RECEIVED]}
    rows = DayTally.objects.filter(received__gt=0).values_list("pk", flat=True)
    earlier = rows.filter(pk__gte=place(view.subject, 0), pk__lt=place(view.subject, view.first)).order_by("-pk")[:1]
    later = rows.filter(pk__gt=place(view.subject, view.last), pk__lt=place(view.subject + 1, 0)).order_by("pk")[:1]
    return found | {when_of(key) for key in (*earlier, *later)}
