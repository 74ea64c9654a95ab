"""The actions `senders/*` (provider-api.md §7): the names and the own numbers an account sends under.

What belongs here: parameters in, rows out, and which of our reasons is which of the provider's errors. What does not: what a name may look
like and who approves it (`core.sender_name`, `apps.senders`), which numbers can send (`apps.outbox`).
"""

from typing import Any

from recado.api.compat.call import Answer, Call, listing
from recado.api.compat.errors import REQUIRED, SENDER_EXISTS, SENDER_INVALID, SENDER_IS_NUMBER, ApiError
from recado.apps.contacts.phone import to_e164
from recado.apps.numbers.models import Number
from recado.apps.outbox.senders import own_senders
from recado.apps.senders.errors import NameRefusal, SenderNameError
from recado.apps.senders.models import SenderName
from recado.apps.senders.queries import sender_names_of
from recado.apps.senders.services import request_name
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.sender_name import NameFault

_CODE_OF = {
    NameRefusal.THERE_ALREADY: SENDER_EXISTS,
    NameFault.EMPTY: REQUIRED,
    NameFault.NO_LETTER: SENDER_IS_NUMBER,
    NameFault.LIKE_A_NUMBER: SENDER_IS_NUMBER,
    NameFault.TOO_LONG: SENDER_INVALID,
    NameFault.LETTERS: SENDER_INVALID,
}
"""The error each reason is. That too many names wait already has none of its own: the table speaks of trial accounts only."""
_KINDS_OF_TYPE = {
    "ndi": tuple(NumberKind),
    "mms": tuple(kind for kind in NumberKind if CAPABILITIES[kind].mms),
}
_NO_AGREEMENT = "not_required"
"""We ask for no signed paper; the operator looks at each name instead."""


def add(call: Call) -> Answer:
    """Ask the operator for a sender name; `success` is false where so many wait already that they decide on those first."""
    call.params.require("name")
    try:
        request_name(call.account, None, call.params.text("name"))
    except SenderNameError as error:
        if error.reason not in _CODE_OF:
            return {"success": False}
        raise ApiError(_CODE_OF[error.reason]) from error
    return {"success": True}


def index(call: Call) -> Answer:
    """List the account's names and how each stands; with `predefined` or `type` its own numbers, which nobody needs to approve."""
    direction = "-" if call.params.text("order").lower() == "desc" else ""
    type_ = call.params.text("type").strip().lower()
    if type_ or call.params.boolean("predefined"):
        kinds = _KINDS_OF_TYPE.get(type_, ()) if type_ else tuple(NumberKind)
        return listing(call, own_senders(call.account).filter(kind__in=kinds).order_by(f"{direction}digits"), _number_row)
    return listing(call, sender_names_of(call.account).order_by(f"{direction}name", f"{direction}pk"), _name_row)


def _name_row(name: SenderName) -> dict[str, Any]:
    row = {"name": name.name, "agreement": _NO_AGREEMENT, "status": name.state}
    return {**row, "note": name.note} if name.note else row


def _number_row(number: Number) -> dict[str, Any]:
    return {"name": to_e164(number.digits), "agreement": _NO_AGREEMENT, "status": SenderName.State.AUTHORIZED.value}
