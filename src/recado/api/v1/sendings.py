"""`/statistics/sendings`: what was sent and what came of it, group sends and single texts in one list.

What belongs here: the route, its shape and its cursor. What does not: the list (`apps.campaigns.statistics`).
"""

import re
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery
from recado.api.v1.problems import Problem, invalid
from recado.api.v1.shapes import LATEST, Moment
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.statistics import Place, Sending, Span, sendings_after
from recado.apps.outbox.models import SendKind
from recado.core.receipt import OutboundState

router = Router(tags=["Statistics"])
USUAL, LONGEST = timedelta(days=30), timedelta(days=366)
_CURSOR = re.compile(r"(?a:(\d{1,18})\.(\d{1,16})\.(\d{1,16}))")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SpanIn(Schema):
    """Which sendings are asked for."""

    since: Moment | None = Field(None, description="Begun then or later; 30 days before `until` if not given.")
    until: Moment | None = Field(None, description="Begun until then; now if not given.")
    kind: SendKind | None = Field(None, description="`full`: from a name or an own number; `eco`: from a pool number.")


class SendingOut(Schema):
    """A group send, or a text to one person, with its messages by state."""

    campaign_id: int | None
    message_id: int | None = Field(description="Of a text to one person.")
    name: str
    text: str
    kind: SendKind
    began_at: datetime
    ended_at: datetime | None
    by_state: dict[OutboundState, int]


@router.get(
    "/sendings", auth=key(Scope.STATISTICS_READ), response=Page[SendingOut], operation_id="list_sendings", summary="List what was sent"
)
def list_sendings(request: ProgramRequest, paging: PagingQuery, span: Query[SpanIn]) -> Page[SendingOut]:
    """Newest first, without tests and automatic replies; a year at most. Give the same span for every page."""
    until = span.until or timezone.now()
    since = span.since or until - USUAL
    if not since <= until <= since + LONGEST:
        raise invalid("query.since", "must lie before `until`, by a year at most")
    wanted = Span(since, until, span.kind)
    found, end = sendings_after(request.account, wanted, _place(paging.cursor), paging.limit)
    return Page(items=[_shown(one) for one in found], next=_cursor(end) if end else None)


def _place(cursor: str | None) -> Place:
    """Read where a page begins; 0 stands for nothing of that kind yet."""
    if cursor is None:
        return Place()
    found = _CURSOR.fullmatch(cursor)
    if found is None or int(found[1]) >= (LATEST - _EPOCH) // timedelta(microseconds=1):
        detail = "`cursor` must be the `next` of a page of this list. Begin again without it."
        raise Problem(422, "bad-cursor", "Bad cursor", detail, errors=[{"field": "query.cursor", "message": "is none of ours"}])
    micros, campaign_id, message_id = map(int, found.groups())
    return Place(_EPOCH + timedelta(microseconds=micros) if micros else None, campaign_id, message_id or None)


def _cursor(place: Place) -> str:
    micros = (place.began_at - _EPOCH) // timedelta(microseconds=1) if place.began_at else 0
    return f"{micros}.{place.campaign_id}.{place.message_id or 0}"


def _shown(one: Sending) -> SendingOut:
    return SendingOut(
        campaign_id=one.id if one.is_campaign else None,
        message_id=None if one.is_campaign else one.id,
        name=one.name,
        text=one.text,
        kind=SendKind(one.kind),
        began_at=one.began_at,
        ended_at=one.ended_at,
        by_state={OutboundState(state): count for state, count in one.by_state.items()},
    )
