"""Counting events: what each adds to which counts. The same code counts for good (`rolling`) and what is not written down yet (`fresh`).

What belongs here: which event is which figure. What does not: reading the log (`events`), writing counts down (`writing`). Told everything,
asks nobody: persons and subjects are given.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from recado.apps.statistics import packing
from recado.apps.statistics.calendar import Calendar, ids_in
from recado.apps.statistics.events import Event, Moved, OptedOut, Received, Reply
from recado.apps.statistics.models import Subject
from recado.apps.statistics.packing import Kind, place
from recado.apps.statistics.people import gap
from recado.apps.statistics.someone import Someone
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
        self.gaps: dict[int, Counter[int]] = defaultdict(Counter)
        """Of subjects within groups, by day: how many days ago those who came had come before."""
        self.answers: list[Answered] = []
        self._around: dict[tuple[int, bool], list[int]] = {}

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
        seeing = self.subjects.about(event.number_id, event.keyword_id)
        at = seeing[-1]
        last = self._last(who)
        counts = (RECEIVED,) if seeing[0] in last else (RECEIVED, NEW)
        self._count(seeing, who, hour, day, *counts)
        for subject in (*seeing, *who.groups):
            self.operators[place(subject, day), who.operator] += 1
        if event.is_member and event.keyword_id is not None:
            seeing.append(self.subjects.get(Subject.Kind.MEMBERS, event.keyword_id, event.number_id))
        for subject in seeing:
            previous = last.get(subject)
            if previous is None or previous < day:
                self.moves[subject].append((day, previous))
                last[subject] = day
                for group in who.groups:
                    self.gaps[place(self.subjects.within(group, subject), day)][gap(day, previous)] += 1
        packing.append(who.history, hour, at, Kind.MEMBER if event.is_member else Kind.RECEIVED)
        self._wait(who, event, at, hour, day)
        if event.argument and event.keyword_id is not None:
            self._argument(place(at, day), event.argument)

    def _wait(self, who: Someone, event: Received, at: int, hour: int, day: int) -> None:
        if event.is_taken and event.keyword_id is None:
            return  # the answer to a question waits for nobody
        if who.waiting_since and event.id - who.waiting_since <= _PATIENCE:
            return
        who.waiting_since, who.waiting_place = event.id, at
        if event.keyword_id is None:
            packing.append(who.history, hour, at, Kind.WAIT)
            self._count(self.subjects.about(event.number_id, None), who, hour, day, WAITS)

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
        about = self.subjects.about(event.number_id, event.keyword_id)
        self._count(about, who, hour, day, REPLIES)
        packing.append(who.history, hour, about[-1], Kind.REPLY)
        if event.is_by_person and who.waiting_since:
            if event.id - who.waiting_since <= _PATIENCE:
                seconds = (moment_of(event.id) - moment_of(who.waiting_since)) // 1000
                began = self.calendar.day_of(self.calendar.hour_of(who.waiting_since))
                self.answers.append(Answered(who, who.waiting_place, began, seconds))
            who.waiting_since = who.waiting_place = 0

    def _opted_out(self, event: OptedOut, hour: int) -> None:
        who, day = self.people[event.phone], self.calendar.day_of(hour)
        about = self.subjects.about(event.number_id, event.keyword_id)
        self._count(about, who, hour, day, OPT_OUTS)
        packing.append(who.history, hour, about[-1], Kind.OPT_OUT)

    def _moved(self, event: Moved, hour: int) -> None:
        subject = self.subjects.get(Subject.Kind.ACCOUNT, group_id=event.group_id)
        self.days[place(subject, self.calendar.day_of(hour))][JOINED if event.is_joined else LEFT] += 1

    def _count(self, subjects: list[int], who: Someone, hour: int, day: int, *what: int) -> None:
        """Count something for subjects, and for the same within each group that somebody is in; hours are kept of whole groups alone."""
        for subject in (*subjects, *who.groups):
            hours, days = self.hours[place(subject, hour)], self.days[place(subject, day)]
            for one in what:
                hours[one] += 1
                days[one] += 1
        for group in who.groups:
            for subject in subjects[1:]:
                days = self.days[place(self.subjects.within(group, subject), day)]
                for one in what:
                    days[one] += 1

    def _last(self, who: Someone) -> dict[int, int]:
        """Return when each subject saw somebody last."""
        if who.last is None:
            who.last = last = {}
            for number in who.history:
                hour, at, kind, _count = packing.entry(number)
                if kind <= Kind.MEMBER:
                    day = self.calendar.day_of(hour)
                    for subject in self.around(at, is_member=kind == Kind.MEMBER):
                        last[subject] = day
        return who.last

    def around(self, at: int, *, is_member: bool) -> list[int]:
        """Return all subjects that saw somebody who wrote at a place."""
        found = self._around.get((at, is_member))
        if found is None:
            found = self._around[at, is_member] = self.subjects.around(at, is_member=is_member)
        return found


def argument_form(typed: str) -> str:
    """Return what two arguments have in common that count together."""
    return folded_form(typed)[:LONGEST_ARGUMENT].strip()
