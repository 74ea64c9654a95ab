"""Idempotency keys: a call repeated under the same `Idempotency-Key` is done once, and answered the same each time.

What belongs here: reading the header, what counts as the same call, writing the kept answer. What does not: keeping it
(`apps.programs.remembering`, which says what becomes of calls that never end).
"""

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from recado.api.v1.passing import AnsweredError, passing_of
from recado.api.v1.problems import Problem, invalid
from recado.apps.accounts.models import ApiUser
from recado.apps.programs.remembering import Answer, InProgressError, KeyReusedError, claim, give_up, keep

HEADER = "Idempotency-Key"
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
TOO_MANY = 429
FAILED = 500
PATTERN = "^[!-~]{1,255}$"
_KEY = re.compile(PATTERN)
_BOUNDARY = re.compile(r'boundary="?([^";,]+)')
_SECONDS = "1"


def begin(request: HttpRequest, api_user: ApiUser) -> None:
    """Claim the call's key, if it has one. Raises AnsweredError, Problem."""
    key = request.headers.get(HEADER)
    if key is None or request.method not in WRITING:
        return
    if not _KEY.fullmatch(key):
        raise invalid(f"header.{HEADER}", "must be 1 to 255 visible ASCII characters; a UUID is a good one")
    try:
        found = claim(api_user, key, _fingerprint(request), timezone.now())
    except KeyReusedError as error:
        detail = (
            f"The `{HEADER}` was sent before with another method, address or body. Take a new key for each call that means something else."
        )
        raise Problem(422, "key-reused", "Key used for another call", detail) from error
    except InProgressError as error:
        detail = f"The first call with this `{HEADER}` is still being done. Send it again as it is after `Retry-After` seconds."
        raise Problem(409, "in-progress", "Still being done", detail, headers={"Retry-After": _SECONDS}) from error
    if isinstance(found, Answer):
        raise AnsweredError(_again(found))
    passing_of(request).claim = found


def end(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep the answer to a claimed call; where the call was not done for no fault of its own, free the key."""
    passing = passing_of(request)
    made, passing.claim = passing.claim, None
    if made is None:
        return
    if response.status_code >= FAILED or response.status_code == TOO_MANY:
        give_up(made)
    else:
        body = response.content if isinstance(response, HttpResponse) else None
        keep(made, Answer(response.status_code, dict(response.items()), body))


def _fingerprint(request: HttpRequest) -> str:
    """Say which call it is. What separates the parts of a form with files is made up anew by each sending and means nothing."""
    body = request.body
    boundary = _BOUNDARY.search(request.headers.get("Content-Type", ""))
    if boundary is not None:
        body = body.replace(boundary[1].encode(), b"")
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(body)
    return digest.hexdigest()


def _again(answer: Answer) -> HttpResponse:
    if answer.body is None:
        detail = f"The call was done and answered {answer.status}, but the answer was too long to be kept. Read with GET what came of it."
        response = Problem(409, "answer-not-kept", "Done before", detail).response()
    else:
        response = HttpResponse(answer.body, status=answer.status)
        del response["Content-Type"]
        for name, value in answer.headers.items():
            response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response
