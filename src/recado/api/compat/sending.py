"""The actions `messages/send_*` that send to phones (provider-api.md §7).

What belongs here: parameters in, an answer for each phone out. What does not: who may be written to, from what, at what cost: that is
asked of `apps.outbox`; receiving as if a phone had sent (`messages`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from django.utils import timezone

from recado.api.compat import errors
from recado.api.compat.call import Answer, Call
from recado.api.compat.errors import ERRORS, ApiError
from recado.api.compat.params import ZONE
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.phone import to_e164
from recado.apps.contacts.queries import NotFoundError, contacts_of, get_group_for, phones_of_groups
from recado.apps.outbox.destinations import DestinationUrlError, check_url, receipts_destination
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.outbox.senders import NoSenderError, SenderRefusal, written_sender
from recado.apps.outbox.sending import NotSent, Outgoing, Sent, send_in_portions
from recado.apps.outbox.services import Order, is_unique_id
from recado.core.outbound_id import to_public

MOST_NUMBERS = 100_000
MOST_PERSONAL = 10_000
LATENESS = timedelta(minutes=5)
"""A time that went by while the call was under way still means now."""
TWO_WAY = "2waysms"
"""The sender that means any number people can answer to; numbers of ECO+ are."""
_CODES = {
    NotSent.INVALID_NUMBER: errors.RECIPIENT_INVALID,
    NotSent.OPTED_OUT: errors.SENDING_BLOCKED,
    NotSent.BLOCKED: errors.SENDING_BLOCKED,
    NotSent.NO_POOL_NUMBER: errors.ECO_LIMIT,
    NotSent.NO_TEXT: errors.NO_TEXT,
    NotSent.TEXT_TOO_LONG: errors.TEXT_TOO_LONG,
    NotSent.BAD_UNIQUE_ID: errors.UNIQUE_ID_INVALID,
    NotSent.UNIQUE_ID_TAKEN: errors.UNIQUE_ID_REPEATED,
}
_LIMITS = {SendKind.ECO: errors.ECO_LIMIT, SendKind.FULL: errors.FULL_LIMIT, SendKind.MMS: errors.MMS_LIMIT}
_REFUSALS = {SenderRefusal.NO_POOL: errors.ECO_NOT_ALLOWED, SenderRefusal.NO_CONNECTION: errors.FULL_NOT_ALLOWED}


def send_sms(call: Call) -> Answer:
    """Send one text to phones, contacts and groups, to each phone once."""
    text = call.params.text("text")
    if not text.strip():
        raise ApiError(errors.NO_TEXT)
    phones = recipients_of(call)
    ids = unique_ids_of(call, len(phones))
    return _send(call, [Outgoing(phone, text, unique_id) for phone, unique_id in zip_longest(phones, ids)], is_personal=False)


def send_personalized(call: Call) -> Answer:
    """Send each phone its own text; a phone may get several, but none twice."""
    if call.params.boolean("voice"):
        raise ApiError(errors.VOICE_NOT_ALLOWED)
    if not call.params.has("messages") and call.params.has("group_id"):  # the client libraries offer one text for a group here, too
        return send_sms(call)
    messages = call.params.personalised() if call.params.has("messages") else ()
    _check_count(len(messages), MOST_PERSONAL)
    ids = unique_ids_of(call, len(messages))
    outgoing = [Outgoing(phone, text, unique_id) for (phone, text), unique_id in zip_longest(messages, ids)]
    return _send(call, outgoing, is_personal=True)


def send_voice(_call: Call) -> Answer:
    """Refuse: nobody may send voice messages, because Recado sends none."""
    raise ApiError(errors.VOICE_NOT_ALLOWED)


def _send(call: Call, outgoing: list[Outgoing], *, is_personal: bool) -> Answer:
    params, now = call.params, timezone.now()
    if params.boolean("vcard") or params.has("wap_push"):
        raise ApiError(errors.CONTENT_INVALID)
    is_test, is_detailed = params.boolean("test") or call.api_user.is_test, params.boolean("details")
    is_urgent, is_flash = params.boolean("speed"), params.boolean("flash")
    written = params.text("sender").strip()
    scheduled_at = time_of(call, now)
    try:
        is_eco = not written or written.lower() == TWO_WAY
        name, number = (None, None) if is_eco else written_sender(call.account, written)
        order = Order(
            kind=SendKind.ECO if is_eco else SendKind.FULL,
            sender_name=name,
            is_flash=is_flash,
            scheduled_at=scheduled_at,
            receipt_destination_id=reports_of(call, is_test=is_test),
        )
        portions = send_in_portions(
            call.account,
            outgoing,
            now=now,
            origin=Origin.API,
            number=number,
            order=order,
            dry_run=is_test,
            is_personal=is_personal,
            is_urgent=is_urgent,
            program=call.api_user,
        )
    except NoSenderError as error:
        raise ApiError(_REFUSALS.get(error.reason, errors.SENDER_UNUSABLE)) from error
    return Answers(call.account.language, order, now, is_detailed=is_detailed).of(portions)


class Answers:
    """Counts what became of each phone, and keeps single answers only where they are asked for."""

    def __init__(self, language: str, order: Order, now: datetime, *, is_detailed: bool) -> None:
        self._language, self._order, self._is_detailed = language, order, is_detailed
        self._at = max(now, order.scheduled_at or now).astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")

    def of(self, portions: Iterable[list[Sent]]) -> Answer:
        """Answer with counters; where nothing at all is queued and no details are asked for, with the error of the first."""
        queued = unsent = 0
        first: NotSent | None = None
        items: list[dict[str, Any]] = []
        for some in portions:
            refused = [one.reason for one in some if one.reason is not None]
            first = first or next(iter(refused), None)
            queued, unsent = queued + len(some) - len(refused), unsent + len(refused)
            if self._is_detailed:
                items += map(self._item, some)
        if not queued and not self._is_detailed and first is not None:
            raise ApiError(self._code(first))
        answer: dict[str, Any] = {"success": queued > 0, "queued": queued, "unsent": unsent}
        return {**answer, "items": items} if self._is_detailed else answer

    def _item(self, one: Sent) -> dict[str, Any]:
        item: dict[str, Any] = {
            "id": to_public(one.message_id) if one.message_id is not None else "",
            "phone": to_e164(one.phone),
            "status": "queued" if one.is_queued else "unsent",
            "queued": self._at if one.is_queued else "",
            "parts": one.segment_count,
            "text": one.text,
        }
        if one.reason is not None:
            code = self._code(one.reason)
            item |= {"error_code": code, "error_message": ERRORS[code].message(self._language)}
        return item

    def _code(self, reason: NotSent) -> int:
        if reason in {NotSent.NO_CREDIT, NotSent.LIMIT_USED}:
            return _LIMITS[self._order.kind]
        return _CODES[reason]


def recipients_of(call: Call) -> list[str]:
    """Read whom it goes to: phones as they are written, contacts and members of groups."""
    params = call.params
    phones = params.written("phone")
    if params.boolean("details") and (params.has("contact_id") or params.has("group_id")) and not call.may(Scope.CONTACTS_READ):
        raise ApiError(errors.NO_NUMBERS)  # the details would tell the numbers of people whom the login may not see
    contact_ids = set(params.identifiers("contact_id"))
    contacts = list(contacts_of(call.account).filter(pk__in=contact_ids).order_by("pk").values_list("msisdn", flat=True))
    if len(contacts) != len(contact_ids):
        raise ApiError(errors.INVALID_ID)
    try:
        groups = [get_group_for(call.account, group_id) for group_id in dict.fromkeys(params.identifiers("group_id"))]
    except NotFoundError as error:
        raise ApiError(errors.INVALID_ID) from error
    found = [*phones, *contacts, *(phones_of_groups(groups, timezone.now()) if groups else ())]
    _check_count(len(found), MOST_NUMBERS)
    return found


def _check_count(count: int, at_most: int) -> None:
    if not count:
        raise ApiError(errors.NO_RECIPIENTS)
    if count > at_most:
        raise ApiError(errors.TOO_MANY_MESSAGES)


def unique_ids_of(call: Call, count: int) -> list[str]:
    """Read the program's own ids, one for each message or none at all; the client libraries' slip of the pen is understood."""
    ids = call.params.written("unique_id") or call.params.written("uniqe_id")
    if ids and len(ids) != count:
        raise ApiError(errors.UNIQUE_IDS_UNEQUAL)
    if not all(map(is_unique_id, ids)):
        raise ApiError(errors.UNIQUE_ID_INVALID)
    if len(set(ids)) != len(ids):
        raise ApiError(errors.UNIQUE_ID_REPEATED)
    return ids


def time_of(call: Call, now: datetime) -> datetime | None:
    """Read when it is to go; None: at once."""
    try:
        at = call.params.moment("date")
    except ApiError as error:
        raise ApiError(errors.TIME_INVALID) from error
    if at is not None and at < now - LATENESS:
        raise ApiError(errors.TIME_INVALID)
    return at if at is not None and at > now else None


def reports_of(call: Call, *, is_test: bool) -> int | None:
    """Find or make the place delivery reports of this order go to; a test makes none."""
    url = call.params.text("dlr_url").strip()
    if not url:
        return None
    try:
        check_url(url)
        return None if is_test else receipts_destination(call.account, url).pk
    except DestinationUrlError as error:
        raise ApiError(errors.INVALID_DATA) from error
