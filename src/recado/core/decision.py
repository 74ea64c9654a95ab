"""A decision: everything that must happen because of one message.

Only the shape is here; deciding belongs to `decide`, carrying it out to `store.write`.
"""

from dataclasses import dataclass
from enum import StrEnum

from recado.core.action import Action
from recado.core.trail import TrailEntry


class Flag(StrEnum):
    """What people should see at once about a message. Stored with it."""

    NONE = ""
    OPT_OUT = "opt_out"
    """An opt-out word stands in a sentence: read it."""
    BLOCKED = "blocked"
    """The account blocked the sender."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that must happen because of one message."""

    account_id: int | None
    """None: nobody's message, kept for the operator."""
    number_id: int | None
    keyword_id: int | None
    rule_id: int | None
    """The rule that acted."""
    argument: str
    """What followed the keyword, as typed."""
    actions: tuple[Action, ...]
    trail: tuple[TrailEntry, ...]
    routes_version: int
    flag: Flag = Flag.NONE
    is_settled: bool = False
    """Whether a message that is nobody's needs nobody's attention."""
    lacks_credit: bool = False
    """Whether a reply was left out because the account's credit does not reach for it."""

    def with_actions(self, actions: tuple[Action, ...]) -> "Decision":
        """Return the decision with other actions; written out, since every answered message comes through here."""
        return Decision(
            self.account_id,
            self.number_id,
            self.keyword_id,
            self.rule_id,
            self.argument,
            actions,
            self.trail,
            self.routes_version,
            self.flag,
            self.is_settled,
            self.lacks_credit,
        )
