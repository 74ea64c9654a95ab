"""What is known about the sender of a message within the account that owns it.

Loaded for a whole group of messages at once by `store.load`; `after` lets a second message of the same person in the same group see
the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from recado.core.action import Action, AddToGroup, LiftOptOut, OptOut, RemoveFromGroup, Scope

Place = tuple[Scope, int]
"""Scope and target of an opt-out."""


@dataclass(frozen=True, slots=True)
class SenderState:
    """One person, as one account sees them."""

    msisdn: str
    contact_id: int | None = None
    groups: Mapping[int, datetime | None] = field(default_factory=dict)
    """Group to the end of the membership, None for one without an end. Only memberships that hold now, of groups that rules ask about."""
    keyword_ids: frozenset[int] = frozenset()
    """Keywords this person used before, of those that rules ask about."""
    is_new: bool = False
    """Whether nothing of this person arrived on the number before."""
    opt_outs: frozenset[Place] = frozenset()
    """Opt-outs in force. Where there are any, `groups` holds all groups the person is in."""
    is_blocked: bool = False
    """Whether the account refuses this sender."""
    first_name: str = ""
    last_name: str = ""
    """The contact's names; only where a text in play asks for them."""

    @property
    def group_ids(self) -> "frozenset[int]":
        """The groups this person is in."""
        return frozenset(self.groups)

    def is_in(self, action: AddToGroup) -> bool:
        """Say whether an action would change nothing: the person is in the group, and for as long."""
        if action.group_id not in self.groups:
            return False
        end = self.groups[action.group_id]
        return end is None or (action.until is not None and action.until <= end)

    def after(self, actions: tuple[Action, ...], keyword_id: int | None = None) -> "SenderState":
        """Return the state once `actions` were carried out because of `keyword_id`."""
        groups = dict(self.groups)
        for action in actions:
            if isinstance(action, AddToGroup) and not self.is_in(action):
                groups[action.group_id] = action.until
            elif isinstance(action, RemoveFromGroup):
                groups.pop(action.group_id, None)
        out = {(one.scope, one.target_id) for one in actions if isinstance(one, OptOut)}
        lifted = {(one.scope, one.target_id) for one in actions if isinstance(one, LiftOptOut)}
        used = self.keyword_ids if keyword_id is None else self.keyword_ids | {keyword_id}
        return replace(self, groups=groups, keyword_ids=used, is_new=False, opt_outs=(self.opt_outs - lifted) | out)


def lasting(group_ids: Iterable[int]) -> dict[int, datetime | None]:
    """Return memberships without an end in the given groups."""
    return dict.fromkeys(group_ids)
