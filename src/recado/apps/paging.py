"""Pages by key: the rows below an id, newest first. What belongs here: cutting, for every list. What does not: which rows, their order."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

PAGE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows, newest first, and where the next ones begin."""

    items: list[M]
    next_before: int | None
    """Ask for rows with ids below this one; None at the end."""


def page_of(rows: QuerySet[M], before: int | None, size: int = PAGE, *, is_ordered: bool = False) -> Page[M]:
    """Cut the newest rows below an id out of `rows`; `is_ordered`: they come newest first already, in words chosen for the database."""
    found = rows if is_ordered else rows.order_by("-pk")
    some = list((found.filter(pk__lt=before) if before else found)[: size + 1])
    return Page(some[:size], some[size - 1].pk if len(some) > size else None)
