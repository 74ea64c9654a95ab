"""The actions `premium/*` and `quiz/*` (provider-api.md §6.3, §6.4), about what Recado does not have: Premium SMS and surveys.

What belongs here: the answers of an account without any. What does not: surveys themselves, once there are some.
"""

from typing import NoReturn

from recado.api.compat.call import Answer, Call, Page
from recado.api.compat.errors import INVALID_ID, PREMIUM_DATA, ApiError


def index(call: Call) -> Answer:
    """List the Premium messages that wait for an answer: none, as no Premium number is installed."""
    return {"paging": Page.of(call.params).paging(0), "items": []}


def send(call: Call) -> NoReturn:
    """Refuse to answer a Premium message: whatever is named, there is none."""
    del call
    raise ApiError(PREMIUM_DATA)


def quiz(call: Call) -> NoReturn:
    """Refuse to show a survey: whatever its id, there is none."""
    call.params.identifier()
    raise ApiError(INVALID_ID)
