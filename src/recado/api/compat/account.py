"""The actions `account/*` (provider-api.md §7).

What belongs here: what an account's credit reaches for and whom to ask, as programs read it. What does not: how an account stands; that is
asked of `apps.billing`.
"""

from typing import Any, Final, NoReturn

from recado.api.compat.call import Answer, Call
from recado.api.compat.errors import NOT_REGISTERED, ApiError
from recado.apps.accounts.send_limits import remaining
from recado.apps.billing.queries import standing
from recado.apps.billing.sellers import seller
from recado.apps.campaigns.services import MOST_SEGMENTS
from recado.apps.outbox.pool import pool_numbers
from recado.apps.plans.queries import plan_of, prices_for
from recado.core.price import Service

CHARS_LIMIT: Final = f"{MOST_SEGMENTS * 153}/{MOST_SEGMENTS}"
"""Signs of the GSM alphabet that fit the longest text that every way of sending takes, and its segments."""
NO_LIMIT: Final = "no_limit"
NOT_AVAILABLE: Final = "not_available"
_NO_CHARS: Final = "nd"
_NEVER: Final = ("voice", "mms", "lookup", "hlr")
"""Kinds the provider has and Recado does not send."""


def limits(call: Call) -> Answer:
    """Say for how many segments of each kind the credit reaches, at most what the login may send; ECO+ always comes first."""
    left, prices = standing(call.account).left, prices_for(call.account)
    eco = _reach(left, prices[Service.ECO]) if pool_numbers() else NOT_AVAILABLE
    full = _reach(left, prices[Service.FULL])
    items = [_row("eco", CHARS_LIMIT, _within_limit(call, "eco", eco)), _row("full", CHARS_LIMIT, _within_limit(call, "full", full))]
    items += [_row(kind, _NO_CHARS, NOT_AVAILABLE) for kind in _NEVER]
    if not call.params.boolean("show_type"):
        return {"items": items}
    return {"account": {"type": "prepaid" if plan_of(call.account).is_prepaid else "postpaid"}, "items": items}


def help_(call: Call) -> Answer:
    """Say whom to ask: who issues the account's invoices. Recado keeps no telephone of theirs, so the rest is empty."""
    del call
    found = seller()
    maintainer = {"name": found.name if found else "", "email": "", "telephone": "", "photo": ""}
    contact = {"telephone": "", "email": "", "form": "", "faq": ""}
    return {**contact, "account_maintainer": maintainer, "quardian_account": maintainer}  # the older name, misspelt, of older libraries


def messages(call: Call) -> Answer:
    """List what the operator wrote to the account: nothing, as operators have no such messages here."""
    del call
    return {"new": False, "message": "", "items": []}


def add(call: Call) -> NoReturn:
    """Refuse to register an account: on this installation only its operator opens one."""
    del call
    raise ApiError(NOT_REGISTERED)


def _reach(left: int | None, price: int) -> str:
    return NO_LIMIT if left is None or not price else str(max(0, left) // price)


def _within_limit(call: Call, kind: str, value: str) -> str:
    """Return what the credit reaches for, or what the login may still send where that is less."""
    limit = remaining(call.api_user, kind)
    if limit is None or value == NOT_AVAILABLE:
        return value
    return str(limit if value == NO_LIMIT else min(limit, int(value)))


def _row(kind: str, chars_limit: str, value: str) -> dict[str, Any]:
    return {"type": kind, "chars_limit": chars_limit, "value": value}
