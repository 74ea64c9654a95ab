"""What the tests of access know about an operation of the API: an object behind it.

Each resource lists its operations in a `doors_<part>.py` beside this file, as `DOORS: dict[operationId, Door]`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from recado.apps.accounts.models import Account


def sent(body: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a client of Django is given for a body: JSON, or a form where it has a file (octets)."""
    if body is None:
        return {}
    if files := {name: SimpleUploadedFile(name, value) for name, value in body.items() if isinstance(value, bytes)}:
        return {"data": {**body, **files}}
    return {"data": body, "content_type": "application/json"}


def nothing(account: Account) -> dict[str, Any]:  # the shape of `Door.objects`
    """Name no object: the operation is about the account as a whole."""
    return {}


@dataclass(frozen=True, slots=True)
class Door:
    """One operation."""

    objects: Callable[[Account], dict[str, Any]] = nothing
    """Makes what the operation is about in the account; returns the parameters of its path."""
    body: Mapping[str, Any] | None = None
    """A body that is right, for operations that take one; octets are a file."""
    query: Mapping[str, str] = field(default_factory=dict)
