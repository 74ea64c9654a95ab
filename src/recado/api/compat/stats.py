"""The action `stats/index` (provider-api.md §7).

What belongs here: parameters in, rows out. What does not: counting; that is asked of `apps.campaigns`.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from recado.api.compat.call import Answer, Call, Page
from recado.api.compat.moments import wire_time
from recado.api.compat.params import ZONE
from recado.apps.campaigns.statistics import Sending, Span, sending_count, sendings
from recado.apps.inbox.queries import COUNT_AHEAD
from recado.apps.outbox.models import SendKind
from recado.core.receipt import OutboundState

USUAL: Final = timedelta(days=31)
"""How far back the list goes where no `begin` is given."""
_PENDING: Final = (OutboundState.QUEUED, OutboundState.SENT, OutboundState.UNCERTAIN)


def index(call: Call) -> Answer:
    """List group sends and single texts with what came of them, the newest first."""
    page, type_ = Page.of(call.params), call.params.text("type").strip().lower()
    span = _span(call, SendKind(type_) if type_ in SendKind.values else None)
    if type_ and span.kind is None:  # voice, mms: nothing of this kind is ever sent
        return {"paging": page.paging(0), "items": []}
    count = sending_count(call.account, span, page.start + page.limit + COUNT_AHEAD)
    found = sendings(call.account, span, page.start, page.limit) if page.start < count else []
    return {"paging": page.paging(count), "items": [_row(each) for each in found]}


def _span(call: Call, kind: SendKind | None) -> Span:
    until = call.params.moment("end", end_of_day=True) or timezone.now()
    return Span(call.params.moment("begin") or max(until, _EARLIEST) - USUAL, until, kind)


_EARLIEST: Final = datetime(1971, 1, 1, tzinfo=ZONE)
"""Before it nothing was ever sent, and going back from the first day of the calendar would fail."""


def _row(sending: Sending) -> dict[str, Any]:
    return {
        "id": sending.id,
        "name": sending.name,
        "delivered": sending.count(OutboundState.DELIVERED),
        "pending": sending.count(*_PENDING),
        "undelivered": sending.count(OutboundState.UNDELIVERED),
        "unsent": sending.count(OutboundState.UNSENT),
        "begin": wire_time(sending.began_at),
        "end": wire_time(sending.ended_at) if sending.ended_at else "",
        "text": sending.text,
        "type": sending.kind,
    }
