"""What is known about the sender of a message within the account that owns it.

Loaded for a whole group of messages at once by `store.load`; `after` lets a second message of the same person in the same group see
the first.
"""

from dataclasses import dataclass, replace

from recado.core.action import Action, AddToGroup


@dataclass(frozen=True, slots=True)
class SenderState:
    """One person, as one account sees them."""

    msisdn: str
    contact_id: int | None = None
    group_ids: frozenset[int] = frozenset()

    def after(self, actions: tuple[Action, ...]) -> "SenderState":
        """Return the state once `actions` were carried out."""
        joined = {action.group_id for action in actions if isinstance(action, AddToGroup)}
        if joined <= self.group_ids:
            return self
        return replace(self, group_ids=self.group_ids | joined)
