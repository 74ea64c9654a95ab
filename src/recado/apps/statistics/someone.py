"""A person in memory, while something is counted. What belongs here: the shape. What does not: rows (`persons`)."""

from array import array
from dataclasses import dataclass, field

from recado.apps.statistics.packing import History


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
