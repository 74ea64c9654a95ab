"""Rules in words: what they do, when and for whom, why one did not act; for lists, pages, traces and the activity log alike.

What belongs here: one short phrase for each restriction and each action. What does not: whether a rule acts (`core.condition`), the other
words of a trail (`trail_words`).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.keywords.activities import Kind
from recado.apps.keywords.models import Restricted, Rule
from recado.apps.keywords.rules import RuleContent, content_of
from recado.apps.outbox.standing import waits_for_code
from recado.core.condition import Days, Occasion, OfficeHours, Standing
from recado.core.trail import SkipReason
from recado.panel.templatetags.formats import calendar_day, money

UNMET: Mapping[SkipReason, Promise] = {
    SkipReason.OUTSIDE_HOURS: gettext_lazy("it holds at other hours"),
    SkipReason.OPEN: gettext_lazy("it holds while you are closed"),
    SkipReason.CLOSED: gettext_lazy("it holds while you are open"),
    SkipReason.OTHER_DAY: gettext_lazy("it holds on other weekdays"),
    SkipReason.DAY_OFF: gettext_lazy("it does not hold on days off"),
    SkipReason.WORKING_DAY: gettext_lazy("it holds on days off only"),
    SkipReason.IN_GROUP: gettext_lazy("the sender is in the group"),
    SkipReason.NOT_IN_GROUP: gettext_lazy("the sender is not in the group"),
    SkipReason.NOT_FIRST: gettext_lazy("it is for the first time only"),
    SkipReason.NOT_AGAIN: gettext_lazy("it is for people who wrote before"),
    SkipReason.NOT_OPTED_OUT: gettext_lazy("it is for people who opted out"),
    SkipReason.OTHER_PREFIX: gettext_lazy("it is for other phone numbers"),
}
"""Why a condition kept a rule from acting."""
DAYS: Mapping[Days, Promise] = {
    Days.ANY: gettext_lazy("on all days"),
    Days.WORKING: gettext_lazy("not on days off"),
    Days.OFF: gettext_lazy("on days off only"),
}
OCCASIONS: Mapping[Occasion, Promise] = {
    Occasion.ANY: gettext_lazy("every time"),
    Occasion.FIRST: gettext_lazy("the first time only"),
    Occasion.AGAIN: gettext_lazy("only for people who wrote before"),
}
OFFICE_HOURS: Mapping[OfficeHours, Promise] = {
    OfficeHours.ANY: gettext_lazy("open or closed"),
    OfficeHours.OPEN: gettext_lazy("only while you are open"),
    OfficeHours.CLOSED: gettext_lazy("only while you are closed"),
}
STANDINGS: Mapping[Standing, Promise] = {
    Standing.ANY: gettext_lazy("opted out or not"),
    Standing.IN: gettext_lazy("not for people who opted out"),
    Standing.OPTED_OUT: gettext_lazy("only for people who opted out"),
}
_ACTIVITIES: Mapping[Kind, Promise] = {
    Kind.ANSWER_SURVEY: gettext_lazy("takes part in the survey %(name)s"),
    Kind.ENTER_CONTEST: gettext_lazy("takes part in the contest %(name)s"),
    Kind.GIVE_CODE: gettext_lazy("gets a code from %(name)s"),
    Kind.POST_TO_BOARD: gettext_lazy("writes to the board %(name)s"),
}
QUOTED = 60
"""Characters of a reply that a summary shows."""
LONG_RUN = 3
"""From so many weekdays in a row on, first and last say all."""


def terms_in_words(rule: Rule) -> list[str]:
    """Say when and for whom a rule acts, a phrase for each restriction; none where nothing restricts it."""
    switched_off = [] if rule.is_enabled else [_("switched off")]
    period = [period_in_words(rule.starts_at, rule.ends_at)] if rule.starts_at or rule.ends_at else []
    return [*switched_off, *period, *conditions_in_words(rule)]


def conditions_in_words(row: Restricted) -> list[str]:
    """Say the same without its period and whether it is switched on."""
    return list(_conditions(row))


def deeds_in_words(rule: Rule) -> list[str]:
    """Say what a rule does, a phrase for each thing."""
    return list(_deeds(content_of(rule))) or [_("inbox only")]


def weekdays(numbers: str) -> str:
    """Write ISO weekdays as people do: `Mon–Fri`, `Mon, Wed`, `Sat, Sun`."""
    runs: list[list[int]] = []
    for day in sorted(map(int, numbers)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    written = [f"{_day(run[0])}–{_day(run[-1])}" if len(run) >= LONG_RUN else ", ".join(map(_day, run)) for run in runs]
    return ", ".join(written)


def hours(start: time | None, end: time | None) -> str:
    """Write hours of the day: `9:00–17:00`."""
    if start is None:
        return _("before %(time)s") % {"time": _clock(end)} if end else ""
    return f"{_clock(start)}–{_clock(end)}" if end else _("from %(time)s") % {"time": _clock(start)}


def prefixes(written: str) -> str:
    """Write beginnings of phones: `+48600, +48601`."""
    return ", ".join(f"+{prefix}" for prefix in written.split())


def audited(name: str, value: str) -> str:
    """Say a value the activity log keeps of a rule."""
    said = _AUDITED.get(name)
    return said(value) if said else value


def _conditions(rule: Restricted) -> Iterator[str]:
    if rule.office_hours != OfficeHours.ANY:
        yield str(OFFICE_HOURS[OfficeHours(rule.office_hours)])
    if clock := " ".join(filter(None, (weekdays(rule.weekdays), hours(rule.from_time, rule.until_time)))):
        yield clock
    if rule.days != Days.ANY:
        yield str(DAYS[Days(rule.days)])
    if rule.in_group:
        yield _("only members of %(group)s") % {"group": rule.in_group.name}
    if rule.not_in_group:
        yield _("only people who are not in %(group)s") % {"group": rule.not_in_group.name}
    if rule.occasion != Occasion.ANY:
        yield str(OCCASIONS[Occasion(rule.occasion)])
    if rule.standing != Standing.ANY:
        yield str(STANDINGS[Standing(rule.standing)])
    if rule.sender_prefixes:
        yield _("only phones that begin with %(prefixes)s") % {"prefixes": prefixes(rule.sender_prefixes)}


def _deeds(content: RuleContent) -> Iterator[str]:
    for group in content.leaves:
        yield _("leaves %(group)s") % {"group": group.name}
    for group in content.groups:
        if content.until:
            yield _("joins %(group)s until %(day)s") % {"group": group.name, "day": last_day(content.until)}
        else:
            yield _("joins %(group)s") % {"group": group.name}
    if content.reply:
        yield _("replies “%(text)s”") % {"text": Truncator(content.reply).chars(QUOTED)}
    for activity in content.activities:
        yield str(_ACTIVITIES[activity.kind]) % {"name": activity.full_name}
    for destination in content.destinations:
        words = (
            _("forwards to %(destination)s, which waits for its code") if waits_for_code(destination) else _("forwards to %(destination)s")
        )
        yield words % {"destination": destination.name}


def period_in_words(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """Say from when until when something acts; one of the two is given."""
    if starts_at and ends_at:
        return _("from %(first)s until %(last)s") % {"first": calendar_day(starts_at), "last": last_day(ends_at)}
    if starts_at:
        return _("from %(day)s") % {"day": calendar_day(starts_at)}
    return _("until %(day)s") % {"day": last_day(ends_at)}


def last_day(ends_at: datetime | None) -> str:
    """Write the last day on which something holds that ends at this moment."""
    return calendar_day(timezone.localtime(ends_at - timedelta(seconds=1))) if ends_at else ""


def _day(number: int) -> str:
    return str(WEEKDAYS_ABBR[number - 1])


def _calendar(written: str) -> str:
    """Write a day as people do; what the log kept in another way, as it is there."""
    try:
        return calendar_day(date.fromisoformat(written))
    except ValueError:
        return written


def _clock(at: time | None) -> str:
    return f"{at.hour}:{at.minute:02}" if at else ""


_AUDITED: Mapping[str, Callable[[str], str]] = {
    "weekdays": weekdays,
    "days": lambda value: str(DAYS[Days(value)]),
    "occasion": lambda value: str(OCCASIONS[Occasion(value)]),
    "office_hours": lambda value: str(OFFICE_HOURS[OfficeHours(value)]),
    "standing": lambda value: str(STANDINGS[Standing(value)]),
    "sender_prefixes": prefixes,
    "starts_at": _calendar,
    "ends_at": _calendar,
    "until": _calendar,
    "daily_ceiling": lambda value: money(int(value)) if value.isdecimal() else value,
}
