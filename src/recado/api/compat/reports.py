"""The actions `messages/view`, `messages/reports` and `messages/delete` about what was sent (provider-api.md §7).

What belongs here: parameters in, rows out. What does not: which messages an account has and what may be taken back; that is asked of
`apps.outbox`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from recado.api.compat.call import Answer, Call, Page
from recado.api.compat.contacts import contact_row, shows_contact
from recado.api.compat.errors import INVALID_DATA, INVALID_ID, REQUIRED, ApiError
from recado.api.compat.moments import wire_time
from recado.api.compat.params import MAX_IN_QUERY
from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.phone import to_e164
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.outbox.sent_messages import COUNT_AHEAD, WantedSent, count_up_to, sent_messages, status_of
from recado.apps.outbox.services import cancel
from recado.core.outbound_id import from_public, to_public
from recado.core.receipt import OutboundState
from recado.core.reporting import provider_reason
from recado.protocols.gsm.alphabet import is_gsm7

MOST_IDS = 500
"""Ids, phones or the like that one call may name."""
_METHODS = {Origin.API: "api", Origin.AGENT: "panel", Origin.CAMPAIGN: "panel", Origin.RULE: "auto", Origin.FORWARD: "forward"}


def view(call: Call) -> Answer:
    """Show one message."""
    ids, unique_ids = _named(call)
    if len(ids) + len(unique_ids) != 1:
        raise ApiError(REQUIRED if not ids and not unique_ids else INVALID_DATA)
    now = timezone.now()
    message = sent_messages(call.account, WantedSent(ids=_known(ids), unique_ids=unique_ids), now).first()
    if message is None:
        raise ApiError(INVALID_ID)
    return _row(message, _contacts(call, [message]), now)


def reports(call: Call) -> Answer:
    """List what was sent and what became of it, the last first."""
    page, now = Page.of(call.params), timezone.now()
    found = sent_messages(call.account, _wanted(call), now)
    paging = page.paging(count_up_to(found, page.start + page.limit + COUNT_AHEAD))
    messages = list(page.cut(found))
    contacts = _contacts(call, messages)
    return {"paging": paging, "items": [_row(message, contacts, now) for message in messages]}


def delete(call: Call) -> Answer:
    """Take messages back that wait for their time; of one that is on its way already the answer is no success, and no error."""
    ids, unique_ids = _named(call)
    asked = len(ids) + len(unique_ids)
    if not asked:
        raise ApiError(REQUIRED)
    found = sent_messages(call.account, WantedSent(ids=_known(ids), unique_ids=unique_ids), timezone.now())
    correct = sum(cancel(message) for message in found.filter(state=OutboundState.QUEUED, scheduled_at__isnull=False))
    if asked == 1:
        return {"success": correct == 1}
    return {"success": correct > 0, "correct": correct, "failed": asked - correct}


def _wanted(call: Call) -> WantedSent:
    params = call.params
    ids, unique_ids = _named(call)
    has_ids = bool(ids or unique_ids)
    return WantedSent(
        ids=_known(ids) if has_ids else None,
        unique_ids=unique_ids if has_ids else None,
        phones=params.addresses("phone", MAX_IN_QUERY) or None,
        since=params.moment("date_from"),
        until=params.moment("date_to", end_of_day=True),
        statuses=[word.lower() for word in params.written("status")] or None,
        kind=params.text("type").strip().lower() or None,
        campaign_id=params.identifier("stat_id") if params.has("stat_id") else None,
        oldest_first=params.text("order").lower() == "asc",
    )


def _named(call: Call) -> tuple[list[str], list[str]]:
    """Read the messages a call names, by our ids and by the program's own, each once."""
    ids = list(dict.fromkeys(call.params.written("id")))
    unique_ids = list(dict.fromkeys(call.params.written("unique_id") or call.params.written("uniqe_id")))
    if len(ids) + len(unique_ids) > MOST_IDS:
        raise ApiError(INVALID_DATA)
    return ids, unique_ids


def _known(ids: list[str]) -> list[int]:
    """Turn ids into those of rows; what is no id is had by no message."""
    return [found for found in map(from_public, ids) if found is not None]


def _contacts(call: Call, messages: list[OutboundMessage]) -> Mapping[str, Mapping[str, Any]]:
    """Return by phone the contacts to be shown with messages."""
    if not shows_contact(call):
        return {}
    phones = {message.recipient for message in messages}
    blocked = blocked_among(call.account, phones)
    return {phone: contact_row(contact, is_blocked=phone in blocked) for phone, contact in contacts_by_number(call.account, phones).items()}


def _row(message: OutboundMessage, contacts: Mapping[str, Mapping[str, Any]], now: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": to_public(message.pk),
        "unique_id": message.unique_id or "",
        "phone": to_e164(message.recipient),
        "status": status_of(message, now),
        "queued": _local(message.scheduled_at or message.created_at),
        "sent": _local(message.sent_at),
        "delivered": _local(message.finished_at if message.state == OutboundState.DELIVERED else None),
        "sender": to_e164(message.sender),
        "type": message.kind,
        "text": message.text,
        "flash": message.is_flash,
        "utf": not is_gsm7(message.text),
        "parts": message.segment_count,
        "cost": message.cost / 100,
        "method": _METHODS[Origin(message.origin)],
        "mnc": None,
        "country": "",
        "network": "",
        "attachments": [],
        "reason": provider_reason(message.reason),
    }
    if contact := contacts.get(message.recipient):
        row["contact"] = contact
    return row


def _local(moment: datetime | None) -> str:
    return wire_time(moment) if moment else ""
