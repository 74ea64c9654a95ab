"""The actions `messages/*` about receiving (provider-api.md §6.1, §6.2).

What belongs here: parameters in, rows out. What does not: which messages an account has and how one is injected; that is asked of
`apps.inbox`.
"""

from collections.abc import Mapping
from typing import Any

from recado.api.compat.call import Answer, Call, Page
from recado.api.compat.contacts import contact_row, shows_contact
from recado.api.compat.errors import REQUIRED, UNAVAILABLE, ApiError
from recado.api.compat.moments import wire_time
from recado.api.compat.multimedia import Multimedia
from recado.api.compat.params import MAX_IN_QUERY
from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.models import Contact
from recado.apps.contacts.phone import to_e164
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.inbox.models import Message
from recado.apps.inbox.ports import ReceiverUnavailableError
from recado.apps.inbox.queries import Wanted, numbers_by_id
from recado.apps.inbox.services import fetch_unread, receive_on_individual, receive_on_shared
from recado.apps.inbox.unread import unread_page
from recado.apps.mms.models import ReceivedMms
from recado.apps.numbers.models import Number
from recado.core.number import NumberKind
from recado.core.outbound_id import to_public

MMS = "mms"
KINDS_OF_TYPE: dict[str, tuple[NumberKind, ...]] = {
    "eco": (NumberKind.ECO,),
    "nd": (NumberKind.SHARED_LONG, NumberKind.SHARED_SHORT),
    "ndi": (NumberKind.INDIVIDUAL_LONG, NumberKind.INDIVIDUAL_LONG_MMS, NumberKind.INDIVIDUAL_SHORT),
    "pre": (),
    "mms": (NumberKind.INDIVIDUAL_LONG_MMS,),
}
"""What each `type` asks for. Short codes have no type of their own; Premium cannot be received."""
_TYPE_OF_KIND = {kind: type_ for type_, kinds in KINDS_OF_TYPE.items() if type_ != MMS for kind in kinds}


def received(call: Call) -> Answer:
    """List the messages no program has marked read, oldest first; with `read` mark those that are returned.

    Where the files of a page are too large for one answer, it ends before the first message that does not fit; what is left is not marked.
    """
    page = Page.of(call.params)
    found = unread_page(call.account, _wanted(call), page.start, page.limit)
    messages = list(found.messages)
    ids = [message.pk for message in messages]
    multimedia = Multimedia.of(ids)
    count = multimedia.fitting(ids)
    if call.params.boolean("read"):
        messages = fetch_unread(found.messages.all()[:count])
        if [message.pk for message in messages] != ids[:count]:  # another program was quicker
            multimedia = Multimedia.of([message.pk for message in messages])
    else:
        messages = messages[:count]
    numbers = numbers_by_id(message.number_id for message in messages)
    contacts: Mapping[str, Contact] = {}
    if shows_contact(call):
        contacts = contacts_by_number(call.account, (message.sender for message in messages))
    blocked = blocked_among(call.account, {message.sender for message in messages})
    return {
        "paging": page.paging(found.counted),
        "items": [
            _row(message, numbers, contacts, multimedia.row(message.pk), is_blocked=message.sender in blocked) for message in messages
        ],
    }


def send_nd(call: Call) -> Answer:
    """Inject a message into the shared number on which the account has the keyword it begins with, as if `phone` had sent it."""
    sender, text = _injected(call)
    try:
        return {"success": receive_on_shared(call.account, sender, text) is not None}
    except ReceiverUnavailableError as error:
        raise ApiError(UNAVAILABLE) from error


def send_ndi(call: Call) -> Answer:
    """Inject a message into an individual number of the account, as if `phone` had sent it."""
    sender, text = _injected(call)
    recipient = call.params.address("ndi_number")
    try:
        return {"success": receive_on_individual(call.account, sender, text, recipient) is not None}
    except ReceiverUnavailableError as error:
        raise ApiError(UNAVAILABLE) from error


def _injected(call: Call) -> tuple[str, str]:
    call.params.require("phone")
    text = call.params.text("text")
    if not text:
        raise ApiError(REQUIRED)
    return call.params.address("phone"), text


def _wanted(call: Call) -> Wanted:
    params = call.params
    type_ = params.text("type").strip().lower()
    return Wanted(
        kinds=KINDS_OF_TYPE.get(type_, ()) if type_ else None,
        senders=params.addresses("phone", MAX_IN_QUERY) or None,
        recipient=params.address("ndi") if params.has("ndi") else None,
        since=params.moment("date_from"),
        until=params.moment("date_to", end_of_day=True),
        newest_first=params.text("order").lower() == "desc",
        among=ReceivedMms.objects.values("pk") if type_ == MMS else None,
        apart_from=ReceivedMms.objects.values("pk") if type_ == "ndi" else None,
    )


def _row(
    message: Message, numbers: Mapping[int, Number], contacts: Mapping[str, Contact], mms: dict[str, Any], *, is_blocked: bool
) -> dict[str, Any]:
    number = numbers.get(message.number_id or 0)
    type_ = MMS if mms else _TYPE_OF_KIND.get(NumberKind(number.kind), "nd") if number else "nd"
    received_at = wire_time(message.received_at)
    row: dict[str, Any] = {
        "id": message.pk,
        "type": type_,
        "phone": to_e164(message.sender),
        "recived": received_at,
        "received": received_at,
        "blacklist": is_blocked,
        "text": message.text,
        **mms,
    }
    if type_ == "eco":
        row["message_id"] = to_public(message.answers_id) if message.answers_id else ""
    if type_ in {"ndi", MMS}:
        row["to_number"] = to_e164(message.recipient)
    if contact := contacts.get(message.sender):
        row["contact"] = contact_row(contact, is_blocked=is_blocked)
    return row
