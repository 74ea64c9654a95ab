"""The gate every call to the API passes, on its way in and out: whatever happens, what leaves is an answer of this API.

What belongs here: the order of the steps, and the methods no operation answers (HEAD, OPTIONS, 405). What does not: the steps themselves
(`reading`, `auth`, `limits`, `idempotency`, `conditions`, `problems`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from recado.api.v1 import idempotency
from recado.api.v1.conditions import mark
from recado.api.v1.limits import limiter
from recado.api.v1.passing import Passing
from recado.api.v1.problems import Problem, failed, not_found
from recado.api.v1.reading import take_body

log = structlog.get_logger(__name__)
View = Callable[..., HttpResponseBase]
NOT_ALLOWED, NO_CONTENT = 405, 204


def gated(view: View) -> View:
    """Let calls reach `view` through the gate."""

    @csrf_exempt  # a key is sent on purpose, never by a browser on its own
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        passing = Passing(look=lambda: view(request, *args, **kwargs))
        request.passing = passing  # type: ignore[attr-defined]  # read by `passing_of`
        response = _answer(request, passing)
        try:
            idempotency.end(request, response)
        except Exception:  # the call is done, and who made it must hear of it; its key is free again when the claim is over
            log.exception("api_v1_answer_not_kept", path=request.path)
        response = mark(request, response)
        limiter.tell(response, passing.level)
        return response

    return answer


def _answer(request: HttpRequest, passing: Passing) -> HttpResponseBase:
    try:
        take_body(request)
        response = passing.look()
        if response.status_code == NOT_ALLOWED:
            return _without_operation(request, passing, response["Allow"])
    except Problem as problem:
        return problem.response()
    except Http404:
        return not_found().response()
    except Exception as error:  # noqa: BLE001  # logged and answered
        return failed(request, error)
    if response.status_code == NO_CONTENT and response.has_header("Content-Type"):
        del response["Content-Type"]
    return response


def _without_operation(request: HttpRequest, passing: Passing, allowed: str) -> HttpResponseBase:
    """Answer a method that no operation of the address has."""
    methods = {method.strip() for method in allowed.split(",")}
    methods |= {"OPTIONS", "HEAD"} if "GET" in methods else {"OPTIONS"}
    if request.method == "HEAD" and "HEAD" in methods:
        request.method = "GET"  # the server leaves out what a HEAD must not have
        try:
            return passing.look()
        finally:
            request.method = "HEAD"
    header = {"Allow": ", ".join(sorted(methods))}
    if request.method == "OPTIONS":
        response = HttpResponse(status=NO_CONTENT, headers=header)
        del response["Content-Type"]
        return response
    detail = f"This address does not know {request.method}. It knows {header['Allow']}."
    return Problem(NOT_ALLOWED, "method-not-allowed", "Method not allowed", detail, headers=header).response()
