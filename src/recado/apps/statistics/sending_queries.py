"""What became of outgoing messages, of all kinds, on the days on which they were made.

What belongs here: rows. What does not: what is counted by its state for good (`settling`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from recado.apps.accounts.models import Account
from recado.apps.sql import lent_connection
from recado.apps.statistics import fates, packing
from recado.apps.statistics.figures import Filters, Row
from recado.apps.statistics.models import GroupPerson, SentDay
from recado.apps.statistics.packing import fated, span, unfated, when_of
from recado.apps.statistics.view import View, view_of
from recado.core.receipt import OutboundState, UndeliveredReason
from recado.store import tallies

_FATES = 255
Fate: TypeAlias = tuple[str, str, int, int]
"""State, reason, messages and segments."""


def sent_states(account: Account, filters: Filters) -> list[Row]:
    """Return how many outgoing messages are in each state, in the order of progress.

    Keys are words of `core.receipt.OutboundState`; the detail is `segments`.
    """
    counts = _counts(account, filters)
    messages: Counter[str] = Counter()
    segments: Counter[str] = Counter()
    for number, (count, pieces) in counts.items():
        state, _reason = fates.fate(number)
        messages[state] += count
        segments[state] += pieces
    everything = messages.total()
    return [
        Row(state.value, "", messages[state], messages[state] / everything, None, {"segments": segments[state]})
        for state in OutboundState
        if messages[state]
    ]


def sent_reasons(account: Account, filters: Filters) -> list[Row]:
    """Return why messages were not delivered, the commonest first; keys are words of `core.receipt.UndeliveredReason`."""
    found: Counter[str] = Counter()
    for number, (count, _pieces) in _counts(account, filters).items():
        state, reason = fates.fate(number)
        if state == OutboundState.UNDELIVERED:
            found[reason or UndeliveredReason.OTHER_ERROR.value] += count
    everything = found.total()
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [Row(reason, "", count, count / everything) for reason, count in ranked if count]


def _counts(account: Account, filters: Filters) -> dict[int, list[int]]:
    view = view_of(account, filters)
    return view.once("fates", lambda: _counted(view))


def _counted(view: View) -> dict[int, list[int]]:
    """Return messages and segments by fate."""
    found: dict[int, list[int]] = {}

    def add(fate: int, messages: int, segments: int) -> None:
        tally = found.setdefault(fate, [0, 0])
        tally[0] += messages
        tally[1] += segments

    if view.is_narrow_group:
        for fate, segments in _settled_of_members(view):
            add(fate, 1, segments)
    elif view.subject is not None:
        first, last = span(view.subject, fated(view.first, 0), fated(view.last, _FATES))
        for key, messages, segments in SentDay.objects.filter(pk__gte=first, pk__lte=last).values_list("pk", "messages", "segments"):
            add(unfated(when_of(key))[1], messages, segments)
    for state, reason, messages, segments in _open(view):
        add(fates.code(state, reason), messages, int(segments))
    return found


def _settled_of_members(view: View) -> Iterator[tuple[int, int]]:
    if view.whole_group is None:
        return
    first, last = packing.group_key(view.whole_group, 0), packing.group_key(view.whole_group + 1, 0)
    for (stored,) in GroupPerson.objects.filter(pk__gte=first, pk__lt=last).values_list("person__sent").iterator():
        for number in packing.loads(stored):
            day, at, fate, segments = packing.sent_entry(number)
            if view.first <= day <= view.last and view.is_about(at):
                yield fate, segments


def _open(view: View) -> Iterable[Fate]:
    """Count in the log what may still change: what is young, and what is to leave later."""
    calendar, filters, book = view.fresh.calendar, view.filters, view.fresh.book
    first, last = calendar.first_id(view.first), calendar.first_id(view.last + 1)
    settled_to = book.settled_to if book is not None else 0
    about = (filters.number_id, filters.keyword_id, filters.group_id)
    yield from tallies.fates(lent_connection(), view.account.pk, (max(first, settled_to), last), None, *about)
    if book is not None:
        yield from tallies.fates(lent_connection(), view.account.pk, (first, min(last, settled_to)), book.pk, *about)
