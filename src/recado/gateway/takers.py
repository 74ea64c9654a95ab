"""Which messages of a group take part in something: a survey, a contest, a code pool, a board.

What belongs here: gathering keys, so that each is asked once for a group, and not at all where nothing is in play. What does not: loading
(`store.activities`), deciding (`core.taking_part`).
"""

from collections.abc import Iterable
from datetime import datetime

from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.core.routes import Rule
from recado.store.activities import Activities, Wanted, load_activities, places_of
from recado.store.dialect import Connection

__all__ = ["Takers", "places_of"]


class Takers:
    """Gathers what must be loaded about activities for a group."""

    __slots__ = ("wanted",)

    def __init__(self) -> None:
        self.wanted = Wanted()

    def add(self, message: InboundMessage, match: Match) -> None:
        """Gather for one message."""
        self.wanted.add(message, match)

    def add_rules(self, rules: Iterable[Rule], account_id: int, message: InboundMessage) -> None:
        """Gather for rules that may act on a message."""
        self.wanted.add_rules(rules, account_id, message)

    def load(self, con: Connection, now: datetime) -> Activities:
        """Load what was gathered."""
        return load_activities(con, self.wanted, now)
