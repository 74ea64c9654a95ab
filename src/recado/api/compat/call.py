"""One authenticated call and the paging of its answer.

What belongs here: what every action is given, and how a list is cut into pages. What does not: HTTP, credentials, single actions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import QuerySet

from recado.api.compat.errors import TOO_MANY_RECORDS, ApiError
from recado.api.compat.params import Params
from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.scopes import Scope, may

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000

Answer: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """An answer that is a file, given as it is whatever form was asked for."""

    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """Whose call it is and what it says."""

    account: Account
    params: Params
    api_user: ApiUser

    def may(self, scope: Scope) -> bool:
        """Whether the login it is made with has a right."""
        return may(self.api_user, scope)


Action: TypeAlias = Callable[[Call], Answer | Document]


@dataclass(frozen=True, slots=True)
class Page:
    """Which stretch of a list is asked for."""

    number: int
    limit: int

    @classmethod
    def of(cls, params: Params) -> "Page":
        """Read `page` (from 1; 0 means the first as well) and `limit`; raise ApiError 3331 if too much is asked for at once."""
        limit = params.integer("limit", DEFAULT_LIMIT)
        if limit > MAX_LIMIT:
            raise ApiError(TOO_MANY_RECORDS)
        return cls(min(max(params.integer("page", 1), 1), _LAST_PAGE), limit if limit > 0 else DEFAULT_LIMIT)

    @property
    def start(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.limit

    def cut(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Take this page's rows."""
        return found[self.start : self.start + self.limit]

    def paging(self, row_count: int) -> dict[str, int]:
        """Say which page this is of how many; an empty list has one page."""
        return {"page": self.number, "count": max(1, -(-row_count // self.limit))}


_LAST_PAGE = 10**12


def listing(call: Call, found: QuerySet[Any], row: Callable[[Any], Mapping[str, Any]]) -> Answer:
    """Answer with one page of a list."""
    page = Page.of(call.params)
    return {"paging": page.paging(found.count()), "items": [row(each) for each in page.cut(found)]}
