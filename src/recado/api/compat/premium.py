"""The actions `premium/*` (provider-api.md §6.3), about what Recado does not have: Premium SMS.

What belongs here: the answers of an account without any.
"""

from typing import NoReturn

from recado.api.compat.call import Answer, Call, Page
from recado.api.compat.errors import PREMIUM_DATA, ApiError


def index(call: Call) -> Answer:
    """List the Premium messages that wait for an answer: none, as no Premium number is installed."""
    return {"paging": Page.of(call.params).paging(0), "items": []}


def send(call: Call) -> NoReturn:
    """Refuse to answer a Premium message: whatever is named, there is none."""
    del call
    raise ApiError(PREMIUM_DATA)
