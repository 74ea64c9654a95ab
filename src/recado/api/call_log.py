"""The hook by which both APIs note calls: one decorator around a view, and what is found out on the way to the answer.

What belongs here: from request and answer to a noted call. What does not: the log itself (`apps.programs.calls`), what an API says.
Calls of nobody known belong to no account and are not kept; the program's log (structlog) has them.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from time import perf_counter
from typing import Any, TypeAlias

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from recado.apps.accounts.models import ApiUser
from recado.apps.programs.calls import MadeCall, calls, cut
from recado.apps.programs.models import ApiCall

log = structlog.get_logger(__name__)

View: TypeAlias = Callable[..., HttpResponseBase]
V1 = "/api/v1/"
HTTP_ERROR = 400
_LOOKED_AT = 64 * 1024
"""Bytes of a body that are decoded; only a part of them is kept."""
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
"""Where an id stands in a route of Django."""


@dataclass(slots=True)
class CallNote:
    """What is known of the call under way; views fill it in as they find out."""

    api: str
    began: float = field(default_factory=perf_counter)
    action: str = ""
    login: ApiUser | None = None
    """Also of a login that was not let in."""
    body: bytes = b""
    error_code: str = ""
    error_detail: str = ""

    def failed(self, code: object, detail: str) -> None:
        """Note with which error it ends."""
        self.error_code, self.error_detail = str(code), detail


def note_of(request: HttpRequest) -> CallNote:
    """Return the note of the call under way; one that nobody keeps where the call is not noted."""
    note: CallNote | None = getattr(request, "call_note", None)
    return note or CallNote("")


def noted(api: str) -> Callable[[View], View]:
    """Note every call of a view."""

    def around(view: View) -> View:
        @wraps(view)
        def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            note = CallNote(api)
            request.call_note = note  # type: ignore[attr-defined]  # read by `note_of`
            response = view(request, *args, **kwargs)
            try:
                _keep(note, request, response)
            except Exception:  # whatever it was, the call itself is answered
                log.exception("api_call_not_noted", action=note.action)
            return response

        return answering

    return around


def v1_calls(get_response: View) -> View:
    """Note the calls of our own API (Django middleware, for its addresses alone)."""
    noting = noted(ApiCall.Api.V1)(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return (noting if request.path.startswith(V1) else get_response)(request)

    return middleware


def _keep(note: CallNote, request: HttpRequest, response: HttpResponseBase) -> None:
    if note.api == ApiCall.Api.V1:
        _read_v1(note, request, response)
    if note.login is None:
        log.info("api_call_of_nobody", action=note.action, code=note.error_code, status=response.status_code)
        return
    calls.note(
        MadeCall(
            account_id=note.login.account_id,
            api_user_id=note.login.pk,
            username=str(note.login),
            api=note.api,
            action=note.action,
            status=response.status_code,
            took_ms=round((perf_counter() - note.began) * 1000),
            remote_address=request.META.get("REMOTE_ADDR", ""),
            request=_request(request, note.body),
            response=_response(response),
            at=timezone.now(),
            error_code=note.error_code,
            error_detail=note.error_detail,
        )
    )


def _read_v1(note: CallNote, request: HttpRequest, response: HttpResponseBase) -> None:
    """Find out what the framework does not tell: the route, the login, the problem."""
    match = request.resolver_match
    route = match.route.removeprefix(V1[1:]) if match and match.url_name else ""
    path = _PLACE.sub(r"{\1}", route) if route else request.path.removeprefix(V1)
    note.action = f"{request.method} /{path}"
    note.login = note.login or getattr(request, "auth", None)
    note.body = getattr(request, "_body", b"")
    if response.status_code >= HTTP_ERROR and response.get("Content-Type", "").startswith("application/problem+json"):
        problem: Mapping[str, Any] = json.loads(_start(response))
        wrong = "; ".join(f"{one['field']}: {one['message']}" for one in problem.get("errors", ()))
        note.failed(problem["code"], " ".join(filter(None, (problem["detail"], wrong))))
    elif response.status_code >= HTTP_ERROR:
        note.failed("http", "")


def _request(request: HttpRequest, body: bytes) -> str:
    """Write a request down: its first line, the type of its body, the body. Nothing else of it is kept, least of all credentials."""
    head = f"{request.method} {cut(request.get_full_path())}"
    kind = (request.content_type or "")[:100]
    shown = _text(body)
    return f"{head}\nContent-Type: {kind}\n\n{shown}" if shown else head


def _response(response: HttpResponseBase) -> str:
    kind = response.get("Content-Type", "")
    if response.streaming or not _is_text(kind):
        return f"<{kind.partition(';')[0]}>" if response.streaming else f"<{kind.partition(';')[0]}, {len(_content(response)):,} bytes>"
    return _text(_start(response))


def _content(response: HttpResponseBase) -> bytes:
    return response.content if isinstance(response, HttpResponse) else b""


def _start(response: HttpResponseBase) -> bytes:
    return _content(response)[:_LOOKED_AT]


def _text(body: bytes) -> str:
    return cut(body[:_LOOKED_AT].decode("utf-8", "replace"))


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or "json" in kind or "xml" in kind
