"""Counting events: what each adds to which counts. The same code counts for good (`rolling`) and what is not written down yet (`fresh`).

What belongs here: which event is which figure. What does not: reading the log (`events`), writing counts down (`writing`). Told everything,
asks nobody: persons and subjects are given.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from recado.apps.statistics import packing
from recado.apps.statistics.calendar import Calendar, ids_in
from recado.apps.statistics.events import Event, Moved, OptedOut, Received, Reply
from recado.apps.statistics.models import Subject
from recado.apps.statistics.packing import History, Kind, place
from recado.apps.statistics.subjects import Subjects
from recado.core.text import folded_form
from recado.store.ids import moment_of

LONGEST_WAIT = timedelta(days=7)
"""An answer after this is none; who writes again waits anew."""
ARGUMENTS = 500
"""So many different arguments of a keyword are counted one by one on each day."""
LONGEST_ARGUMENT = 80
REST = ""
"""Stands for all arguments that are not counted one by one."""
FIELDS = ("received", "new_contacts", "replies", "opt_outs", "waits", "joined", "left")
RECEIVED, NEW, REPLIES, OPT_OUTS, WAITS, JOINED, LEFT = range(len(FIELDS))
_PATIENCE = ids_in(LONGEST_WAIT)


@dataclass(slots=True)
class Someone:
    """A person in memory."""

    phone: str
    id: int | None = None
    operator: str = ""
    history: History = field(default_factory=lambda: array("Q"))
    waiting_since: int = 0
    waiting_place: int = 0
    groups: list[int] = field(default_factory=list)
    """Subjects of the groups it is in."""
    before: int = 0
    """How long the history was when it was loaded."""
    last: dict[int, int] | None = None
    """The day when each subject saw it last; worked out when asked for."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody waited, and a person answered."""

    who: Someone
    place: int
    day: int
    seconds: int


class Counting:
    """Counts of some events. `people` are all who take part, by phone."""

    def __init__(self, calendar: Calendar, subjects: Subjects, people: dict[str, Someone]) -> None:
        self.calendar, self.subjects, self.people = calendar, subjects, people
        self.hours: dict[int, list[int]] = defaultdict(lambda: [0] * len(FIELDS))
        self.days: dict[int, list[int]] = defaultdict(lambda: [0] * len(FIELDS))
        self.operators: Counter[tuple[int, str]] = Counter()
        self.arguments: Counter[tuple[int, str]] = Counter()
        self.shown: dict[tuple[int, str], str] = {}
        """As typed first."""
        self.known: dict[int, set[str]] = defaultdict(set)
        """The arguments told apart already, by keyword and day."""
        self.moves: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
        """Of each subject: on which days somebody came, and when they had been there before."""
        self.answers: list[Answered] = []

    def add(self, events: Iterable[Event]) -> None:
        """Count events, in the order of their ids."""
        for event in events:
            hour = self.calendar.hour_of(event.id)
            if isinstance(event, Received):
                self._received(event, hour)
            elif isinstance(event, Reply):
                self._reply(event, hour)
            elif isinstance(event, OptedOut):
                self._opted_out(event, hour)
            else:
                self._moved(event, hour)

    def _received(self, event: Received, hour: int) -> None:
        who, day = self.people[event.phone], self.calendar.day_of(hour)
        at, seeing = self._place(event.number_id, event.keyword_id), self._seeing(event)
        subjects = [*seeing, *who.groups]
        last = self._last(who)
        is_new = seeing[0] not in last
        for subject in subjects:
            self._count(subject, hour, day, RECEIVED)
            if is_new:
                self._count(subject, hour, day, NEW)
            self.operators[place(subject, day), who.operator] += 1
        if event.is_member and event.keyword_id is not None:
            seeing.append(self.subjects.get(Subject.Kind.MEMBERS, event.keyword_id, event.number_id))
        for subject in seeing:
            previous = last.get(subject)
            if previous is None or previous < day:
                self.moves[subject].append((day, previous))
                last[subject] = day
        packing.append(who.history, hour, at, Kind.MEMBER if event.is_member else Kind.RECEIVED)
        self._wait(who, event, at, subjects, hour, day)
        if event.argument and event.keyword_id is not None:
            self._argument(place(at, day), event.argument)

    def _wait(self, who: Someone, event: Received, at: int, subjects: list[int], hour: int, day: int) -> None:
        if who.waiting_since and event.id - who.waiting_since <= _PATIENCE:
            return
        who.waiting_since, who.waiting_place = event.id, at
        if event.keyword_id is None:
            packing.append(who.history, hour, at, Kind.WAIT)
            for subject in subjects:
                self._count(subject, hour, day, WAITS)

    def _argument(self, key: int, typed: str) -> None:
        argument, known = argument_form(typed), self.known[key]
        if argument not in known:
            if len(known) >= ARGUMENTS or not argument:
                argument = REST
            else:
                known.add(argument)
        self.shown.setdefault((key, argument), " ".join(typed.split())[:LONGEST_ARGUMENT] if argument else "")
        self.arguments[key, argument] += 1

    def _reply(self, event: Reply, hour: int) -> None:
        who, day = self.people[event.phone], self.calendar.day_of(hour)
        for subject in (*self._about(event.number_id, event.keyword_id), *who.groups):
            self._count(subject, hour, day, REPLIES)
        packing.append(who.history, hour, self._place(event.number_id, event.keyword_id), Kind.REPLY)
        if event.is_by_person and who.waiting_since:
            if event.id - who.waiting_since <= _PATIENCE:
                seconds = (moment_of(event.id) - moment_of(who.waiting_since)) // 1000
                began = self.calendar.day_of(self.calendar.hour_of(who.waiting_since))
                self.answers.append(Answered(who, who.waiting_place, began, seconds))
            who.waiting_since = who.waiting_place = 0

    def _opted_out(self, event: OptedOut, hour: int) -> None:
        who, day = self.people[event.phone], self.calendar.day_of(hour)
        for subject in (*self._about(event.number_id, event.keyword_id), *who.groups):
            self._count(subject, hour, day, OPT_OUTS)
        packing.append(who.history, hour, self._place(event.number_id, event.keyword_id), Kind.OPT_OUT)

    def _moved(self, event: Moved, hour: int) -> None:
        subject, day = self.subjects.get(Subject.Kind.GROUP, event.group_id), self.calendar.day_of(hour)
        self._count(subject, hour, day, JOINED if event.is_joined else LEFT)

    def _count(self, subject: int, hour: int, day: int, what: int) -> None:
        self.hours[place(subject, hour)][what] += 1
        self.days[place(subject, day)][what] += 1

    def _place(self, number_id: int | None, keyword_id: int | None) -> int:
        """Return the subject that says most: the keyword, or what no keyword took on a number."""
        if keyword_id is not None:
            return self.subjects.get(Subject.Kind.KEYWORD, keyword_id, number_id)
        return self.subjects.get(Subject.Kind.OTHER, number_id or 0, number_id)

    def _about(self, number_id: int | None, keyword_id: int | None) -> list[int]:
        """Return all subjects of an event but groups; the account is the first."""
        found = [self.subjects.get(Subject.Kind.ACCOUNT)]
        if number_id is not None:
            found.append(self.subjects.get(Subject.Kind.NUMBER, number_id, number_id))
        if keyword_id is not None:
            return [*found, self.subjects.get(Subject.Kind.KEYWORD, keyword_id, number_id)]
        found.append(self.subjects.get(Subject.Kind.OTHER))
        if number_id is not None:
            found.append(self.subjects.get(Subject.Kind.OTHER, number_id, number_id))
        return found

    def _seeing(self, event: Received) -> list[int]:
        return self._about(event.number_id, event.keyword_id)

    def _last(self, who: Someone) -> dict[int, int]:
        """Return when each subject saw somebody last."""
        if who.last is None:
            who.last = last = {}
            for number in who.history:
                hour, at, kind, _count = packing.entry(number)
                if kind in (Kind.RECEIVED, Kind.MEMBER):
                    day = self.calendar.day_of(hour)
                    for subject in self.around(at, is_member=kind == Kind.MEMBER):
                        last[subject] = day
        return who.last

    def around(self, at: int, *, is_member: bool) -> list[int]:
        """Return all subjects that saw somebody who wrote at a place."""
        key = self.subjects.key_of[at]
        number_id = self.subjects.number_of.get(at)
        if key[0] == Subject.Kind.OTHER:
            return self._about(number_id, None)
        found = self._about(number_id, key[1])
        if is_member:
            found.append(self.subjects.get(Subject.Kind.MEMBERS, key[1], number_id))
        return found


def argument_form(typed: str) -> str:
    """Return what two arguments have in common that count together."""
    return folded_form(typed)[:LONGEST_ARGUMENT].strip()
