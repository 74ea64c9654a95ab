"""Actions: the consequences a message can have.

A new outcome is a new frozen dataclass here and a member of `Action`; carrying it out belongs to `store.write` (rows) and
`delivery` (the outside world).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AddToGroup:
    """Put the sender into a contact group; nothing happens if they are in it already, and for as long."""

    group_id: int
    group_name: str
    until: datetime | None = None
    """When the membership ends by itself; None: never."""


@dataclass(frozen=True, slots=True)
class RemoveFromGroup:
    """Take the sender out of a contact group; nothing happens if they are not in it."""

    group_id: int
    group_name: str


class Scope(StrEnum):
    """How wide an opt-out is (product.md §4)."""

    GROUP = "group"
    KEYWORD = "keyword"
    NUMBER = "number"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class OptOut:
    """Note that the sender wants no more messages of an account, or some of them not."""

    account_id: int
    scope: Scope
    target_id: int = 0
    """The group, keyword or number; 0 for the account."""
    name: str = ""
    """Of the group or keyword, for the trail."""


@dataclass(frozen=True, slots=True)
class LiftOptOut:
    """End an opt-out of the sender, because they asked for messages again."""

    account_id: int
    scope: Scope
    target_id: int = 0


@dataclass(frozen=True, slots=True)
class SendReply:
    """Answer the sender from the number they wrote to."""

    text: str
    is_ours: bool = False
    """Whether it is the installation's own, on nobody's behalf; else it is the owner's of the message."""


@dataclass(frozen=True, slots=True)
class ForwardToUrl:
    """Hand the message on to a destination of the account (product.md §7)."""

    destination_id: int
    destination_name: str


Action: TypeAlias = AddToGroup | RemoveFromGroup | OptOut | LiftOptOut | SendReply | ForwardToUrl

ACTION_NAMES: Mapping[type[Action], str] = {
    AddToGroup: "add_to_group",
    RemoveFromGroup: "remove_from_group",
    OptOut: "opt_out",
    LiftOptOut: "lift_opt_out",
    SendReply: "send_reply",
    ForwardToUrl: "forward_to_url",
}
"""Names of the actions in stored rows and trails; they never change their meaning."""

FORWARDS: tuple[type[Action], ...] = (ForwardToUrl,)
"""Actions that only hand the message on. They are taken for every message of a shared number's keyword, also when text follows it."""
