"""The one view of the older API: reads the call, finds who calls, asks the action, answers.

What belongs here: the order of these steps. What does not: the steps themselves.
"""

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from recado.api.call_log import note_of, noted
from recado.api.compat.auth import authenticate
from recado.api.compat.decode import decode_body
from recado.api.compat.errors import ERRORS, INVALID_ACTION, UNAVAILABLE, ApiError
from recado.api.compat.params import Params
from recado.api.compat.views import read_body
from recado.api.legacy import xml
from recado.api.legacy.actions import ACTIONS, Action
from recado.api.legacy.asking import Question
from recado.api.legacy.errors import error_element
from recado.apps.accounts.models import ApiUser
from recado.apps.programs.models import ApiCall

log = structlog.get_logger(__name__)


@csrf_exempt
@noted(ApiCall.Api.LEGACY)
def answer(request: HttpRequest) -> HttpResponse:
    """Answer a call, GET or POST, with HTTP 200 and XML whatever happens."""
    login, was_login_given, note = "", True, note_of(request)
    try:
        given = _given(request)
        was_login_given = given.has("login") and given.has("haslo")
        note.action = str(given.values.get("akcja", ""))
        note.login = api_user = _caller(request, given)
        login = api_user.username
        return xml.answer(login, _action(given)(Question(api_user, given)))
    except ApiError as error:
        note.login = note.login or error.login
        note.failed(error.text.code, error.text.polish)
        return xml.answer(login, [error_element(error.text, was_login_given=was_login_given)])
    except Exception:  # a program must get an answer it can read, never a traceback
        log.exception("legacy_api_failed")
        note.failed(UNAVAILABLE, ERRORS[UNAVAILABLE].polish)
        return xml.answer(login, [error_element(ERRORS[UNAVAILABLE])])


def _given(request: HttpRequest) -> Params:
    """Read what stands in the address and in the body; the body wins."""
    in_address = decode_body(request.META.get("QUERY_STRING", "").encode("utf-8", "surrogateescape"), "")
    return Params({**in_address, **(read_body(request) if request.method == "POST" else {})})


def _action(given: Params) -> Action:
    action = ACTIONS.get(given.text("akcja").strip().lower())
    if action is None:
        raise ApiError(INVALID_ACTION)
    return action


def _caller(request: HttpRequest, given: Params) -> ApiUser:
    credentials = Params({"username": given.text("login"), "password": given.text("haslo")})
    return authenticate("", credentials, request.META.get("REMOTE_ADDR", ""), timezone.now())
