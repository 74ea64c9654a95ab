"""What goes into the API and comes out of it.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class FieldError(TypedDict):
    """What is wrong with one field."""

    field: str
    message: str


class GroupIn(TypedDict):
    """What a group is called."""

    name: str


class GroupOut(TypedDict):
    """A group."""

    id: int
    name: str
    contact_count: int


class ProblemOut(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[FieldError]]
