"""What the tests of access know about an operation of the API: an object behind it.

Each resource lists its operations in a `doors_<part>.py` beside this file, as `DOORS: dict[operationId, Door]`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recado.apps.accounts.models import Account


def nothing(account: Account) -> dict[str, Any]:  # the shape of `Door.objects`
    """Name no object: the operation is about the account as a whole."""
    return {}


@dataclass(frozen=True, slots=True)
class Door:
    """One operation."""

    objects: Callable[[Account], dict[str, Any]] = nothing
    """Makes what the operation is about in the account; returns the parameters of its path."""
    body: Mapping[str, Any] | None = None
    """A body that is right, for operations that take one."""
    query: Mapping[str, str] = field(default_factory=dict)
