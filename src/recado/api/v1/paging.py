"""Lists, a page at a time: `limit` and the cursor that the page before gave.

What belongs here: cursors and pages. What does not: which rows a list has, and their order, which each resource says.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import Field

from recado.api.v1.problems import Problem

DEFAULT_LIMIT, MAX_LIMIT = 50, 200
T = TypeVar("T")


class Page(Schema, Generic[T]):
    """A page of a list."""

    items: list[T]
    next: str | None = Field(description="Send it as `cursor` for the page after; null at the end.")


class Paging(Schema):
    """Which page of a list is asked for."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    cursor: Annotated[str | None, Field(max_length=200)] = Field(None, description="`next` of the page before.")


PagingQuery = Query[Paging]


def newest_first(rows: QuerySet[Any], paging: Paging, shape: Callable[[Any], T]) -> Page[T]:
    """Cut a page out of rows by id, the newest first."""
    before = position(paging)
    some = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: paging.limit + 1])
    return page_of(some, paging, shape)


def page_of(some: Sequence[Any], paging: Paging, shape: Callable[[Any], T]) -> Page[T]:
    """Make a page of rows that begin where it begins, and one more if there are more."""
    shown = some[: paging.limit]
    more = len(some) > paging.limit
    return Page(items=[shape(one) for one in shown], next=cursor(shown[-1].pk) if more else None)


def cursor(position: int) -> str:
    """Write where the next page begins."""
    return encoded(str(position))


def position(paging: Paging) -> int | None:
    """Read where this page begins: the id of the last row before it. Raises Problem."""
    if paging.cursor is None:
        return None
    found = decoded(paging.cursor)
    if not found.isdecimal() or not 0 < int(found) < _TOO_MUCH:
        raise bad_cursor()
    return int(found)


def bad_cursor() -> Problem:
    """Say that a cursor is none that a page of the list gave."""
    detail = "`cursor` must be the `next` of a page of this list. Begin again without it."
    return Problem(422, "bad-cursor", "Bad cursor", detail, errors=[{"field": "query.cursor", "message": "is none of ours"}])


def encoded(place: str) -> str:
    """Write a place in a list so that nobody takes it for anything but a cursor."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def decoded(written: str) -> str:
    """Read it back; empty for what is none."""
    try:
        return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode("ascii")
    except (ValueError, binascii.Error):
        return ""


_TOO_MUCH = 2**53
