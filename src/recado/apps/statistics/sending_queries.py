"""What became of outgoing messages, of all kinds, on the days on which they were made.

What belongs here: rows. What does not: what is counted by its state for good (`settling`).
"""

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import GroupMembership
from recado.apps.statistics import fates, packing, persons, settling
from recado.apps.statistics.figures import Filters, Row
from recado.apps.statistics.models import GroupPerson, SentDay
from recado.apps.statistics.packing import fated, span, unfated, when_of
from recado.apps.statistics.settling import Sent
from recado.apps.statistics.view import View
from recado.core.receipt import OutboundState, UndeliveredReason

_FATES = 255


def sent_states(account: Account, filters: Filters) -> list[Row]:
    """Return how many outgoing messages are in each state, in the order of progress.

    Keys are words of `core.receipt.OutboundState`; the detail is `segments`.
    """
    counts = _counted(View(account, filters))
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
    for number, (count, _pieces) in _counted(View(account, filters)).items():
        state, reason = fates.fate(number)
        if state == OutboundState.UNDELIVERED:
            found[reason or UndeliveredReason.OTHER_ERROR.value] += count
    everything = found.total()
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [Row(reason, "", count, count / everything) for reason, count in ranked if count]


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
    for one in _open(view):
        add(one.fate, 1, one.segments)
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


def _open(view: View) -> list[Sent]:
    """Read from the log what may still change, as far as it is asked about."""
    calendar, filters = view.fresh.calendar, view.filters
    found: list[Sent] = []
    for log in settling.open_messages(view.fresh.book, view.account.pk):
        within = log.filter(pk__gte=calendar.first_id(view.first), pk__lt=calendar.first_id(view.last + 1))
        if filters.number_id is not None:
            within = within.filter(number_id=filters.number_id)
        found += settling.read(within, timezone.now())
    if filters.keyword_id is not None:
        found = [one for one in found if one.keyword_id == filters.keyword_id]
    if filters.group_id is None:
        return found
    phones: set[str] = set()
    for some in persons.in_pieces({one.phone for one in found}):
        rows = GroupMembership.objects.filter(group_id=filters.group_id, group__account=view.account, contact__msisdn__in=some)
        phones.update(rows.values_list("contact__msisdn", flat=True))
    return [one for one in found if one.phone in phones]
