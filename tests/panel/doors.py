"""What the tests of access know about an address of the panel: an object behind it, and which role is too low.

Each part of the panel lists its addresses in a `doors_<part>.py` beside this file, as `DOORS: dict[name of the address, Door]`; those that
anybody may open, as `PUBLIC` of the same shape.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recado.apps.accounts.models import Account, OperatorRole, Role, User


def nothing(account: Account, user: User) -> dict[str, Any]:  # the shape of `Door.objects`
    """Name no object: the address is about the account as a whole."""
    return {}


@dataclass(frozen=True, slots=True)
class Door:
    """One address of the Customer Panel."""

    objects: Callable[[Account, User], dict[str, Any]] = nothing
    """Makes what the address is about, in the account and for its owner; returns the arguments of the address."""
    refuses: Role | None = None
    """A member in this role is refused with 403; None lets every role in."""
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OperatorDoor:
    """One address of the Operator Console."""

    objects: Callable[[Account, User], dict[str, Any]] = nothing
    """Makes what the address is about, for a customer's account and its owner; returns the arguments of the address."""
    refuses: OperatorRole | None = None
    """An operator in this role is refused with 403; None lets every role in."""
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
