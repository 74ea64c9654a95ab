"""Which words fit the errors of a call, and the command that repeats it.

What belongs here: reading a noted call. What does not: the words (`error_words`, `problem_words`), what may be kept (`apps.programs`).
"""

import re
from dataclasses import dataclass

from recado.apps.programs.models import ApiCall
from recado.apps.programs.secrets import HIDDEN
from recado.core.curl import as_curl as curl_of
from recado.panel.developers.error_words import PROVIDER_ERRORS, Explanation
from recado.panel.developers.problem_words import PROBLEMS, STATUSES

_IN_ROWS = re.compile(r'"error_code":\s*"?(\d{4})|<error_code>(\d{4})')
TOKEN = "<token>"  # noqa: S105  # where it belongs
PASSWORD = "<password>"  # noqa: S105  # where it belongs


@dataclass(frozen=True, slots=True)
class Explained:
    """An error with its words."""

    code: str
    words: Explanation


def explained(call: ApiCall) -> list[Explained]:
    """Explain the error of a call, or of each row of an answer that has some."""
    if call.api == ApiCall.Api.V1:
        words = (PROBLEMS.get(call.error_code) or STATUSES.get(call.status)) if call.error_code else None
        return [Explained(call.error_code, words)] if words else []
    in_rows = {one or other for one, other in _IN_ROWS.findall(call.response)}
    codes = [call.error_code] if call.error_code else sorted(in_rows)
    return [Explained(code, PROVIDER_ERRORS[code]) for code in codes if code in PROVIDER_ERRORS]


def as_curl(call: ApiCall, address: str) -> str:
    """Write the command that makes a call once more at an installation; where secrets belong it says so."""
    head, blank, body = call.request.replace(HIDDEN, PASSWORD).partition("\n\n")
    first, _, kind = head.partition("\n")
    method, _, path = first.partition(" ")
    authorization = [] if HIDDEN in call.request else [f"Authorization: Bearer {TOKEN}"]
    lines = [f"{method} {address.rstrip('/')}{path}", *authorization, *([kind] if kind else [])]
    return curl_of("\n".join(lines) + blank + body)


def is_whole(call: ApiCall) -> bool:
    """Whether all of the request was kept, so that it can be repeated."""
    return not call.request.endswith("…")
