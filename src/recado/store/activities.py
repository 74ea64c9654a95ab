"""What people take part in by the messages of a group: what must be known about it, and what is written of it.

What belongs here: asking each of the four (surveys, contests, code pools, boards) once for a group, and not at all where nothing of theirs
is in play. What does not: their queries and rows (`surveys`, `contests`, `codes`, `boards`), what follows from them (`core.taking_part`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from recado.core.action import Action, AnswerSurvey, EnterContest, GiveCode, PostToBoard
from recado.core.decision import Decision
from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.core.routes import Rule
from recado.core.taking_part import NO_PLAY, Asked, Place, Play, Seen
from recado.store import surveys
from recado.store.boards import load_boards
from recado.store.codes import load_codes
from recado.store.contests import load_contests
from recado.store.dialect import Connection

if TYPE_CHECKING:
    from recado.store.write import Rows

Phone: TypeAlias = tuple[int, str, bool]
"""Number, MSISDN, and whether it is a simulated one."""


@dataclass(slots=True)
class Wanted:
    """What a group of messages asks about."""

    targets: dict[type[Action], set[int]] = field(default_factory=dict)
    """By action, the surveys, contests, pools and boards that rules in play name."""
    phones: dict[Phone, int] = field(default_factory=dict)
    """Everybody of the group who writes to an individual number, with the account of it: they may answer what they were asked."""
    people: dict[tuple[int, str, bool], int] = field(default_factory=dict)
    """Everybody whose message a rule of `targets` may take: account, MSISDN, whether simulated; to how many messages of the group."""

    def add(self, message: InboundMessage, match: Match) -> None:
        """Gather for one message: what its rules name, and, on an individual number, that its sender may have been asked something."""
        if match.account_id is None or match.number is None:
            return
        if not match.number.is_shared:
            self.phones[match.number.number_id, message.sender, message.is_test] = match.account_id
        self.add_rules(match.rules, match.account_id, message)

    def add_rules(self, rules: Iterable[Rule], account_id: int, message: InboundMessage) -> None:
        """Gather for rules that may act on a message."""
        places = places_of(rules)
        for kind, target_id in places:
            self.targets.setdefault(kind, set()).add(target_id)
        if places:
            person = (account_id, message.sender, message.is_test)
            self.people[person] = self.people.get(person, 0) + 1


def places_of(rules: Iterable[Rule]) -> Sequence[Place]:
    """Return what rules let people take part in."""
    return [(type(one), one.target_id) for rule in rules for one in rule.activities]


class Holder(Protocol):
    """One of the four, as it is when the group comes; it is told of what each message of the group adds."""

    def seen(self, target_id: int, message: InboundMessage) -> Seen | None:
        """Return what a rule names, None where it is gone."""
        ...

    def asked(self, phone: Phone) -> Collection[Asked]:
        """Return what a phone was asked and has not answered."""
        ...

    def collect(self, rows: "Rows", message: InboundMessage, decision: Decision, dialogue_id: int | None, action: Any) -> None:
        """Add the rows of an action that was decided, and remember it for the next message of the group."""
        ...


Loader: TypeAlias = Callable[[Connection, Wanted, datetime], Holder | None]
"""Loads one of the four for a group; None where nothing of it is in play. Called inside the transaction that writes the group; for a dry
run, outside of any: it only reads."""
LOADERS: Mapping[type[Action], Loader] = {
    AnswerSurvey: surveys.load,
    EnterContest: load_contests,
    GiveCode: load_codes,
    PostToBoard: load_boards,
}
"""By the action that names it."""


@dataclass(slots=True)
class Activities:
    """What is known for one group."""

    holders: dict[type[Action], Holder] = field(default_factory=dict)

    def play(self, message: InboundMessage, number_id: int | None, rules: Iterable[Rule]) -> Play:
        """Return what one message can take part in: what its rules name, and what its sender was asked."""
        if not self.holders:
            return NO_PLAY
        seen: dict[Place, Seen] = {}
        for kind, target_id in places_of(rules):
            found = self.holders[kind].seen(target_id, message) if kind in self.holders else None
            if found is not None:
                seen[kind, target_id] = found
        phone = (number_id or 0, message.sender, message.is_test)
        asked = [one for holder in self.holders.values() for one in holder.asked(phone)]
        return Play(seen, tuple(sorted(asked, key=lambda one: one.asked_at, reverse=True))) if seen or asked else NO_PLAY

    def collect(self, rows: "Rows", message: InboundMessage, decision: Decision, dialogue_id: int | None, action: Action) -> None:
        """Add the rows of an action; of what could not be loaded, as it was deleted a moment ago, nothing is written."""
        holder = self.holders.get(type(action))
        if holder is not None:
            holder.collect(rows, message, decision, dialogue_id, action)


def load_activities(con: Connection, wanted: Wanted, now: datetime) -> Activities:
    """Load what a group asks about."""
    found = {kind: load(con, wanted, now) for kind, load in LOADERS.items()}
    return Activities({kind: holder for kind, holder in found.items() if holder is not None})


def play_for(con: Connection, message: InboundMessage, match: Match, now: datetime) -> Play:
    """Return what one message could take part in, for a dry run: loaders only read, so that nothing is changed or used up by asking."""
    wanted = Wanted()
    wanted.add(message, match)
    number_id = match.number.number_id if match.number is not None else None
    return load_activities(con, wanted, now).play(message, number_id, match.rules)
