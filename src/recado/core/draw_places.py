"""Who has which place after a draw: who may not win makes room for the first reserve, and where none is left, for whoever is drawn then.

What belongs here: places and reserves as entries come and go. What does not: drawing (`draw`), what is written down (`draw_protocol`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Winners by place, the first first, then reserves in the order in which they move up."""

    winners: tuple[str, ...]
    """Empty text: nobody is left for the place."""
    reserves: tuple[str, ...]
    drawn: frozenset[str]
    """Everybody who was ever drawn."""

    @classmethod
    def of(cls, order: Sequence[str], winner_count: int) -> "Places":
        """Return the places a draw gives."""
        return cls(tuple(order[:winner_count]), tuple(order[winner_count:]), frozenset(order))

    def hold(self, out: Collection[str]) -> bool:
        """Say whether all of them have a place, or are reserves."""
        return set(out) <= {*filter(None, self.winners), *self.reserves}

    def missing(self, out: Collection[str]) -> int:
        """Say how many must be drawn anew once these are gone."""
        vacated = sum(one in set(out) or not one for one in self.winners)
        return max(0, vacated - sum(one not in set(out) for one in self.reserves))

    def without(self, out: Collection[str], drawn: Sequence[str]) -> "Places":
        """Take these away: reserves move up in their order, then those who were drawn anew; whoever of them is left becomes a reserve."""
        line = [one for one in (*self.reserves, *drawn) if one not in set(out)]
        winners = []
        for one in self.winners:
            is_free = not one or one in set(out)
            winners.append((line.pop(0) if line else "") if is_free else one)
        return Places(tuple(winners), tuple(line), self.drawn | set(drawn))
