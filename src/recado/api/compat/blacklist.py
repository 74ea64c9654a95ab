"""The actions `blacklist/*` (provider-api.md §6.5): the senders an account does not want to hear from.

What belongs here: parameters in, rows out. What does not: the list, which is asked of `apps.contacts`;
what becomes of a blocked sender's messages.
"""

from recado.api.compat.call import Answer, Call, listing
from recado.api.compat.errors import BLACKLISTED_ALREADY, NOT_BLACKLISTED, NOTHING_TO_DO, ApiError
from recado.api.compat.moments import wire_time
from recado.api.compat.params import MAX_IN_QUERY
from recado.apps.contacts.blocking import block, block_of, blocked_senders, unblock
from recado.apps.contacts.models import BlockedSender
from recado.apps.contacts.phone import to_e164


def add(call: Call) -> Answer:
    """Block a sender; one that is blocked stays so, with the reason the panel has, and the call fails with 4601."""
    found, is_new = block(call.account, _sender(call))
    if not is_new:
        raise ApiError(BLACKLISTED_ALREADY)
    return {"success": True, "id": found.pk}


def index(call: Call) -> Answer:
    """List the blocked senders, those blocked first in front; `phone` narrows to one or several."""
    found = blocked_senders(call.account).order_by("pk")
    senders = call.params.addresses("phone", MAX_IN_QUERY)
    return listing(call, found.filter(msisdn__in=senders) if senders else found, _row)


def check(call: Call) -> Answer:
    """Say whether a sender is blocked."""
    return {"exists": block_of(call.account, _sender(call)) is not None}


def delete(call: Call) -> Answer:
    """Hear from a sender again."""
    found = block_of(call.account, _sender(call))
    if found is None:
        raise ApiError(NOT_BLACKLISTED)
    unblock(found)
    return {"success": True}


def _sender(call: Call) -> str:
    """Read whom it is about. A phone that was left empty is none to do anything with; one that is not named at all is missing."""
    given = call.params.values.get("phone")
    if given == [] or (isinstance(given, str) and not given.strip(' "')):
        raise ApiError(NOTHING_TO_DO)
    return call.params.address("phone")


def _row(blocked: BlockedSender) -> dict[str, str]:
    return {"phone": to_e164(blocked.msisdn), "added": wire_time(blocked.created_at)}
