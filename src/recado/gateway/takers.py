"""Which messages of a group take part in something: a survey, a contest, a code pool, a board.

What belongs here: gathering keys, so that each is asked once for a group, and not at all where nothing is in play. What does not: loading
(`store.activities`), deciding (`core.taking_part`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.core.routes import Rule
from recado.core.taking_part import Place
from recado.store.activities import Activities, Wanted, load_activities
from recado.store.dialect import Connection


class Takers:
    """Gathers what must be loaded about activities for a group."""

    __slots__ = ("wanted",)

    def __init__(self) -> None:
        self.wanted = Wanted()

    def add(self, message: InboundMessage, match: Match) -> None:
        """Gather for one message: what its rules name, and, on an individual number, that its sender may have been asked something."""
        if match.account_id is None or match.number is None:
            return
        if not match.number.is_shared:
            self.wanted.phones[match.number.number_id, message.sender, message.is_test] = match.account_id
        self.add_rules(match.rules, match.account_id, message)

    def add_rules(self, rules: Iterable[Rule], account_id: int, message: InboundMessage) -> None:
        """Gather for rules that may act on a message."""
        places = places_of(rules)
        for kind, target_id in places:
            self.wanted.targets.setdefault(kind, set()).add(target_id)
        if places:
            person = (account_id, message.sender, message.is_test)
            self.wanted.people[person] = self.wanted.people.get(person, 0) + 1

    def load(self, con: Connection, now: datetime) -> Activities:
        """Load what was gathered."""
        return load_activities(con, self.wanted, now)


def places_of(rules: Iterable[Rule]) -> Sequence[Place]:
    """Return what rules let people take part in."""
    return [(type(one), one.target_id) for rule in rules for one in rule.activities]
