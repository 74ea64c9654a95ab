"""The one view of the API: reads the call, finds who calls, asks the action, answers.

What belongs here: the order of these steps and what becomes of errors: whatever happens, the answer is HTTP 200 with a body the client
libraries can read (provider-api.md §4). What does not: the steps themselves.
"""

import json
from typing import IO, Any, cast

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from recado.api.call_log import note_of, noted
from recado.api.compat.actions import ACTIONS
from recado.api.compat.auth import authenticate, login_of
from recado.api.compat.call import Call
from recado.api.compat.decode import MAX_BODY, decode_body, decode_pairs
from recado.api.compat.errors import ERRORS, INVALID_ACTION, INVALID_DATA, UNAVAILABLE, ApiError, error_for_code
from recado.api.compat.params import Params
from recado.api.compat.render import render_error, render_success
from recado.api.compat.rights import check_right
from recado.apps.programs.models import ApiCall

log = structlog.get_logger(__name__)


@csrf_exempt
@noted(ApiCall.Api.COMPAT)
def answer(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a call of `<action>[.json|.xml]`; double slashes are tolerated, no suffix means JSON."""
    name, form = _split(path)
    note = note_of(request)
    note.action = name
    language = get_language() or "en"
    if name.startswith("error/"):
        return render_error(error_for_code(name.removeprefix("error/")), form, language)
    account_id = None
    try:
        call = _call(request, name)
        account_id, language = call.account.pk, call.account.language
        return render_success(ACTIONS[name](call), form)
    except ApiError as error:
        note.login = note.login or error.login or login_of(request.headers.get("Authorization", ""))
        note.failed(error.text.code, error.text.message(language))
        if error.__cause__ is not None:
            log.info("api_refused", action=name, account_id=account_id, code=error.text.code, cause=repr(error.__cause__))
        return render_error(error.text, form, language)
    except Exception:  # a client library must get an answer it can read, never a traceback
        log.exception("api_failed", action=name, account_id=account_id)
        note.failed(UNAVAILABLE, ERRORS[UNAVAILABLE].message(language))
        return render_error(ERRORS[UNAVAILABLE], form, language)


def _split(path: str) -> tuple[str, str]:
    name = "/".join(filter(None, path.split("/")))
    for form in ("json", "xml"):
        if name.endswith(f".{form}"):
            return name.removesuffix(f".{form}"), form
    return name, "json"


def _call(request: HttpRequest, name: str) -> Call:
    if request.method != "POST" or name not in ACTIONS:
        raise ApiError(INVALID_ACTION)
    params = Params(read_body(request))
    remote_address = request.META.get("REMOTE_ADDR", "")
    api_user = authenticate(request.headers.get("Authorization", ""), params, remote_address, timezone.now())
    note_of(request).login = api_user
    check_right(api_user, name)
    return Call(api_user.account, params, api_user)


def read_body(request: HttpRequest) -> dict[str, Any]:
    """Read the parameters in the body, at most MAX_BODY of it; Django's own reading would stop at a size no contact list fits into."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        raise ApiError(INVALID_DATA)
    if (request.content_type or "").startswith("multipart/"):
        return _decode_multipart(request)
    body = _stream(request).read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        raise ApiError(INVALID_DATA)
    note_of(request).body = body
    return decode_body(body, request.content_type or "")


def _stream(request: HttpRequest) -> IO[bytes]:
    """Return where the body is read from; Django sees none in a request sent in chunks, because its length is not known beforehand."""
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower() and not request.META.get("CONTENT_LENGTH")
    return cast("IO[bytes]", request.META["wsgi.input"] if is_chunked else request)


def _decode_multipart(request: HttpRequest) -> dict[str, Any]:
    try:
        decoded = decode_pairs((name, value) for name, values in request.POST.lists() for value in values)
    except MultiPartParserError as error:
        raise ApiError(INVALID_DATA) from error
    note_of(request).body = json.dumps(decoded, ensure_ascii=False).encode()
    return decoded
