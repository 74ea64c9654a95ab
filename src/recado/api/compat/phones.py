"""The actions `phones/*` (provider-api.md §7).

What belongs here: parameters in, a verdict out. What does not: what a phone number looks like (`apps.contacts.phone`).
"""

from typing import NoReturn

from recado.api.compat.call import Answer, Call
from recado.api.compat.errors import NO_LOOKUPS, PHONE_INVALID, ApiError


def test(call: Call) -> Answer:
    """Say whether a phone number is one that a message can go to."""
    try:
        call.params.msisdn()
    except ApiError as error:
        if error.text.code != PHONE_INVALID:
            raise
        return {"correct": False}
    return {"correct": True}


def check(call: Call) -> NoReturn:
    """Refuse to ask the networks about a phone: no account may do that here."""
    del call
    raise ApiError(NO_LOOKUPS)
