"""`/activity`: the activity log, and its export.

What belongs here: routes and shapes. What does not: the log (`apps.audit`), sentences about it, which are the panel's.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.csv_files import CSV_ANSWER, Cell, csv_response
from recado.api.v1.exact import QueryFlag
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.shapes import Id, Moment
from recado.apps.accounts.queries import get_member_for
from recado.apps.accounts.scopes import Scope
from recado.apps.audit.models import AuditEntry
from recado.apps.audit.queries import LogSearch, entries_of

router = Router(tags=["Activity"])
HEADER = ("id", "at", "actor", "is_operator", "action", "object_name", "object_id", "before", "after")


class ActivityFilter(Schema):
    """What of the log is wanted; what is left out does not narrow."""

    kind: Annotated[str, Field(pattern="^[a-z_]{1,40}$")] | None = Field(None, description="First half of the action: `keyword`.")
    member_id: Id | None = Field(None, description="What one person of the team did.")
    only_operators: QueryFlag = Field(default=False, description="What the installation's staff did.")
    since: Moment | None = None
    until: Moment | None = Field(None, description="This moment no longer included.")


class ActivityOut(Schema):
    """One change somebody made."""

    id: int
    at: datetime
    actor: str = Field(description="The name as it was then; of a program `API: web shop`.")
    is_operator: bool
    action: str = Field(examples=["keyword.change"])
    object_name: str
    object_id: int | None
    before: dict[str, Any] = Field(description="Only what differs.")
    after: dict[str, Any]


@router.get("", auth=key(Scope.SETTINGS_READ), response=Page[ActivityOut], operation_id="list_activity", summary="List changes")
def list_activity(request: ProgramRequest, paging: PagingQuery, only: Query[ActivityFilter]) -> Page[ActivityOut]:
    """Who changed what, newest first, with what it was and what it is."""
    return newest_first(_entries(request, only), paging, _shown)


@router.get(
    "/export", auth=key(Scope.SETTINGS_READ), operation_id="export_activity", summary="Take away the activity log", openapi_extra=CSV_ANSWER
)
def export(request: ProgramRequest, only: Query[ActivityFilter]) -> HttpResponseBase:
    """Give the same as a CSV file, all of it; `before` and `after` are JSON."""
    return csv_response("recado-activity", HEADER, _rows(_entries(request, only)))


def _entries(request: ProgramRequest, only: ActivityFilter) -> QuerySet[AuditEntry]:
    user_id = get_member_for(request.account, only.member_id).user_id if only.member_id else None
    search = LogSearch(user_id, only_operators=only.only_operators, kind=only.kind or "", since=only.since, until=only.until)
    return entries_of(request.account, search)


def _shown(entry: AuditEntry) -> ActivityOut:
    return ActivityOut(
        id=entry.pk,
        at=entry.at,
        actor=entry.actor,
        is_operator=entry.is_operator,
        action=entry.action,
        object_name=entry.object_name,
        object_id=entry.object_id,
        before=entry.before,
        after=entry.after,
    )


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[list[Cell]]:
    for one in entries.iterator(chunk_size=1000):
        states = [json.dumps(state, ensure_ascii=False) for state in (one.before, one.after)]
        yield [one.pk, one.at, one.actor, int(one.is_operator), one.action, one.object_name, one.object_id, *states]
