"""Periods, measures and changes in the reader's language.

What belongs here: whole sentences. What does not: figures.
"""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from recado.apps.statistics.figures import Measure, Period
from recado.panel.statistics.periods import Preset
from recado.panel.statistics.spans import Grain, Span
from recado.panel.templatetags.formats import calendar_day

PRESETS: dict[Preset, Promise] = {
    Preset.TODAY: gettext_lazy("Today"),
    Preset.WEEK: gettext_lazy("7 days"),
    Preset.MONTH: gettext_lazy("30 days"),
    Preset.YEAR: gettext_lazy("12 months"),
}
PRESET_KEYS = {Preset.TODAY: "d", Preset.WEEK: "w", Preset.MONTH: "m", Preset.YEAR: "y"}

CARDS: dict[Measure, Promise] = {
    Measure.RECEIVED: gettext_lazy("Received"),
    Measure.NEW_CONTACTS: gettext_lazy("New contacts"),
    Measure.REPLIES: gettext_lazy("Replies sent"),
    Measure.OPT_OUTS: gettext_lazy("Opt-outs"),
}
CHARTS: dict[tuple[Measure, Grain], Promise] = {
    (Measure.RECEIVED, Grain.HOUR): gettext_lazy("Messages received per hour"),
    (Measure.RECEIVED, Grain.DAY): gettext_lazy("Messages received per day"),
    (Measure.RECEIVED, Grain.WEEK): gettext_lazy("Messages received per week"),
    (Measure.RECEIVED, Grain.MONTH): gettext_lazy("Messages received per month"),
    (Measure.NEW_CONTACTS, Grain.HOUR): gettext_lazy("New contacts per hour"),
    (Measure.NEW_CONTACTS, Grain.DAY): gettext_lazy("New contacts per day"),
    (Measure.NEW_CONTACTS, Grain.WEEK): gettext_lazy("New contacts per week"),
    (Measure.NEW_CONTACTS, Grain.MONTH): gettext_lazy("New contacts per month"),
    (Measure.REPLIES, Grain.HOUR): gettext_lazy("Replies sent per hour"),
    (Measure.REPLIES, Grain.DAY): gettext_lazy("Replies sent per day"),
    (Measure.REPLIES, Grain.WEEK): gettext_lazy("Replies sent per week"),
    (Measure.REPLIES, Grain.MONTH): gettext_lazy("Replies sent per month"),
    (Measure.OPT_OUTS, Grain.HOUR): gettext_lazy("Opt-outs per hour"),
    (Measure.OPT_OUTS, Grain.DAY): gettext_lazy("Opt-outs per day"),
    (Measure.OPT_OUTS, Grain.WEEK): gettext_lazy("Opt-outs per week"),
    (Measure.OPT_OUTS, Grain.MONTH): gettext_lazy("Opt-outs per month"),
}
SPANS: dict[Grain, Promise] = {
    Grain.HOUR: pgettext_lazy("column of a table", "Hour"),
    Grain.DAY: gettext_lazy("Day"),
    Grain.WEEK: gettext_lazy("Week"),
    Grain.MONTH: gettext_lazy("Month"),
}
FILTERS: dict[str, Promise] = {
    "number": gettext_lazy("Number"),
    "keyword": gettext_lazy("Keyword"),
    "group": gettext_lazy("Group"),
}


def days_of(period: Period) -> str:
    """Write the days of a period: `22.11.2026`, `24.10 – 22.11.2026`."""
    if period.days == 1:
        return calendar_day(period.last)
    first = f"{period.first:%d.%m}" if period.first.year == period.last.year else calendar_day(period.first)
    return f"{first} – {calendar_day(period.last)}"


def versus(period: Period) -> str:
    """Say what the figures of a period are compared with."""
    return ngettext("vs. the day before", "vs. previous %(count)s days", period.days) % {"count": period.days}


def below(span: Span, grain: Grain) -> str:
    """Write what stands below a bar."""
    if grain is Grain.HOUR:
        return f"{span.start.hour}"
    return date_format(span.start.date(), "M") if grain is Grain.MONTH else f"{span.start:%d.%m}"


def when(span: Span, grain: Grain) -> str:
    """Write what a bar stands for, in full."""
    if grain is Grain.HOUR:
        return hours(span.start)
    if grain is Grain.MONTH:
        return date_format(span.start.date(), "F Y")
    return days_of(Period(span.start.date(), span.last))


def hours(start: datetime) -> str:
    """Write an hour: `14:00–15:00`."""
    return f"{start.hour:02}:00–{(start.hour + 1) % 24:02}:00"


def said(span: Span, grain: Grain) -> str:
    """Say what a bar shows."""
    values = {"when": when(span, grain), "count": span.count, "before": span.before}
    if span.before is None:
        return _("%(when)s: %(count)s") % values
    return _("%(when)s: %(count)s, before: %(before)s") % values


def weekdays() -> list[tuple[str, str]]:
    """Name the days of a week in full and short, Monday first."""
    monday = date(2024, 1, 1)
    days = [monday + timedelta(days=day) for day in range(7)]
    return [(date_format(day, "l").capitalize(), date_format(day, "D").capitalize()) for day in days]
