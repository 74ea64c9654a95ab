"""Raising and wording the API's errors.

What belongs here: ApiError and the look-up in the table. What does not: the table itself (`error_table`), its JSON and XML form (`render`).
"""

from dataclasses import dataclass
from typing import Final

from recado.api.compat.error_table import ROWS
from recado.apps.accounts.models import ApiUser

INVALID_ACTION: Final = 1000
INVALID_USER: Final = 1001
NOT_ALLOWED: Final = 1002
INVALID_IP: Final = 1003
INVALID_ID: Final = 1004
NO_RIGHT: Final = 1005
INVALID_DATA: Final = 1006
ACCOUNT_INACTIVE: Final = 1007
NO_NUMBERS: Final = 1008
IP_BLOCKED: Final = 1009
UNAVAILABLE: Final = 1010
TOKEN_EXPIRED: Final = 1011
TOKEN_INVALID: Final = 1012
REQUIRED: Final = 2000
PHONE_INVALID: Final = 2001
CODE_UNKNOWN: Final = 2002
ECO_LIMIT: Final = 3000
ECO_NOT_ALLOWED: Final = 3001
FULL_LIMIT: Final = 3002
FULL_NOT_ALLOWED: Final = 3003
MMS_LIMIT: Final = 3004
MMS_NOT_ALLOWED: Final = 3005
VOICE_NOT_ALLOWED: Final = 3007
SENDING_BLOCKED: Final = 3100
NO_TEXT: Final = 3101
TEXT_TOO_LONG: Final = 3102
RECIPIENT_INVALID: Final = 3103
NO_RECIPIENTS: Final = 3104
CONTENT_INVALID: Final = 3105
SENDER_UNUSABLE: Final = 3106
TIME_INVALID: Final = 3108
TOO_MANY_MESSAGES: Final = 3110
UNIQUE_ID_INVALID: Final = 3200
UNIQUE_ID_REPEATED: Final = 3201
UNIQUE_IDS_UNEQUAL: Final = 3202
TOO_MANY_RECORDS: Final = 3331
MMS_FILE_INVALID: Final = 3109
FILE_TOO_LARGE: Final = 4000
FILE_MISSING: Final = 4001
FILE_INVALID: Final = 4002
NO_LOOKUPS: Final = 4102
PREMIUM_DATA: Final = 4201
NOT_REGISTERED: Final = 4313
SENDER_EXISTS: Final = 4400
SENDER_IS_NUMBER: Final = 4401
SENDER_INVALID: Final = 4402
NO_SUBACCOUNTS: Final = 4500
IS_SUBACCOUNT: Final = 4501
SUBACCOUNT_EXISTS: Final = 4502
NO_TEMPLATE: Final = 4503
SUBACCOUNT_INVALID: Final = 4504
NOTHING_TO_DO: Final = 4600
BLACKLISTED_ALREADY: Final = 4601
NOT_BLACKLISTED: Final = 4602


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One row of the table."""

    code: int
    type: str
    english: str
    polish: str

    def message(self, language: str) -> str:
        """Say what is wrong in the reader's language, English where it is not Polish."""
        return self.polish if language.startswith("pl") else self.english


ERRORS: dict[int, ErrorText] = {row[0]: ErrorText(*row) for row in ROWS}


class ApiError(Exception):
    """The call fails with one of ERRORS; the answer is still HTTP 200."""

    def __init__(self, code: int, login: ApiUser | None = None) -> None:
        super().__init__(code)
        self.text = ERRORS[code]
        self.login = login
        """Whose login it is that was not let in, where that is known."""


def error_for_code(code: str) -> ErrorText:
    """Look up what `error/<code>` shows; an unknown code is an error itself, 2002."""
    known = ERRORS.get(int(code)) if code.isascii() and code.isdecimal() and len(code) <= 4 else None  # noqa: PLR2004  # codes have four digits
    return known or ERRORS[CODE_UNKNOWN]
