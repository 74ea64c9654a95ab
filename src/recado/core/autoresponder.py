"""Autoresponders: texts that answer by themselves, beside what rules do (product.md §3).

Only the value is here, as the configuration has it; which one answers a message belongs to `answer`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from recado.core.condition import ALWAYS, Condition
from recado.core.reply import asks_name


@dataclass(frozen=True, slots=True)
class Autoresponder:
    """One of them, switched on."""

    id: int
    account_id: int
    name: str
    text: str
    number_id: int | None = None
    """None: every number of the account, and its keywords on shared ones."""
    keyword_id: int | None = None
    """None: every message."""
    condition: Condition = ALWAYS
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    once: timedelta | None = None
    """A person gets it once in so long; None: each time."""
    ceiling: int | None = None
    """What its answers may cost a day; None: the standard ceiling."""
    asks_name: bool = field(init=False, compare=False, repr=False)
    """Whether its text names the sender."""

    def __post_init__(self) -> None:
        """Look at the text once."""
        object.__setattr__(self, "asks_name", asks_name(self.text))

    def is_of(self, keyword_id: int | None, number_id: int | None) -> bool:
        """Say whether it is for a keyword (None: for any message) on a number."""
        return self.keyword_id == keyword_id and self.number_id in {None, number_id}
