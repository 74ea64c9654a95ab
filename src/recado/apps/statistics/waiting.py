"""How long people waited until a person answered them.

Somebody begins to wait with a message, while they are not waiting already, and waits until a person answers from whichever number, a week
at most. Messages of keywords are mostly answered automatically: waits that began with one count once a person answers, and never as
unanswered. What belongs here: rows and the median. What does not: when a wait begins and ends (`counting`).
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.statistics.counting import WAITS, Answered
from recado.apps.statistics.figures import Filters, Row
from recado.apps.statistics.models import AnswerWait, GroupPerson, Subject
from recado.apps.statistics.packing import group_key
from recado.apps.statistics.view import View, view_of


class Wait(StrEnum):
    """How long; the keys of rows."""

    MINUTES_5 = "under_5_min"
    MINUTES_15 = "under_15_min"
    HOUR = "under_1_h"
    HOURS_4 = "under_4_h"
    DAY = "under_24_h"
    LONGER = "longer"
    NEVER = "never"


_BELOW = {Wait.MINUTES_5: 300, Wait.MINUTES_15: 900, Wait.HOUR: 3600, Wait.HOURS_4: 14_400, Wait.DAY: 86_400}
"""Seconds; each begins where the one before ends."""
_WORDS = {
    Wait.MINUTES_5: gettext_lazy("under 5 minutes"),
    Wait.MINUTES_15: gettext_lazy("5 to 15 minutes"),
    Wait.HOUR: gettext_lazy("15 minutes to an hour"),
    Wait.HOURS_4: gettext_lazy("1 to 4 hours"),
    Wait.DAY: gettext_lazy("4 to 24 hours"),
    Wait.LONGER: gettext_lazy("1 to 7 days"),
    Wait.NEVER: gettext_lazy("no answer"),
}


def first_reply(account: Account, filters: Filters) -> list[Row]:
    """Return how many people who began to wait in the period waited how long, one row for each of `Wait`."""
    view = view_of(account, filters)
    found = dict.fromkeys(Wait, 0)
    start = 0
    kept = _kept(view)
    bounds = {}
    for wait, below in _BELOW.items():
        bounds[wait.value] = Count("seconds", filter=Q(seconds__gte=start, seconds__lt=below))
        start = below
    bounds[Wait.LONGER.value] = Count("seconds", filter=Q(seconds__gte=start))
    unmatched = {pk for pk, (kind, _target, group) in view.fresh.subjects.key_of.items() if kind == Subject.Kind.OTHER and not group}
    stored = kept.aggregate(answered=Count("seconds", filter=Q(place__in=unmatched)), **bounds)
    answered = stored.pop("answered")
    for name, count in stored.items():
        found[Wait(name)] += count
    for one in _fresh(view):
        found[next((wait for wait, below in _BELOW.items() if one.seconds < below), Wait.LONGER)] += 1
        answered += one.place in unmatched
    found[Wait.NEVER] = max(view.totals()[WAITS] - answered, 0)
    everything = sum(found.values())
    return [Row(wait.value, str(_WORDS[wait]), found[wait], found[wait] / everything if everything else 0.0) for wait in Wait]


def median_first_reply(account: Account, filters: Filters) -> timedelta | None:
    """Return what half of those who were answered waited at most; none where nobody was answered."""
    view = view_of(account, filters)
    kept, fresh = _kept(view).order_by("seconds").values_list("seconds", flat=True), sorted(one.seconds for one in _fresh(view))
    count = kept.count() + len(fresh)
    if not count:
        return None
    # The one in the middle is at most so many places from there among those that are written down.
    middle = (count - 1) // 2
    start = max(middle - len(fresh), 0)
    some = sorted([*kept[start : middle + 1], *fresh])
    return timedelta(seconds=some[middle - start])


def _kept(view: View) -> "QuerySet[AnswerWait]":
    filters, subjects = view.filters, view.fresh.subjects
    found = AnswerWait.objects.filter(book=view.book_id, day__gte=view.first, day__lte=view.last)
    if filters.keyword_id is not None:
        found = found.filter(place=view.narrow or 0)
    elif filters.number_id is not None:
        found = found.filter(
            place__in=[pk for pk, number_id in subjects.number_of.items() if number_id == filters.number_id and not subjects.key_of[pk][2]]
        )
    if filters.group_id is not None:
        group = view.whole_group or 0
        people = GroupPerson.objects.filter(pk__gte=group_key(group, 0), pk__lt=group_key(group + 1, 0))
        found = found.filter(person_id__in=people.values("person_id"))
    return found


def _fresh(view: View) -> Iterator[Answered]:
    for one in view.fresh.counting.answers:
        is_member = view.filters.group_id is None or view.whole_group in one.who.groups
        if is_member and view.first <= one.day <= view.last and view.is_about(one.place):
            yield one
