"""Errors as `application/problem+json` (RFC 9457); every one says what to do.

What belongs here: what all errors look like and what exceptions become. What does not: the errors of one resource, raised there as
`Problem`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from recado.apps.campaigns.errors import NoSuchCampaignError
from recado.apps.contacts.queries import NotFoundError

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"


class FieldError(Schema):
    """What is wrong with one field."""

    field: str = Field(examples=["body.phone"])
    message: str


class ProblemOut(Schema):
    """An error (RFC 9457)."""

    type: str = Field(examples=["urn:recado:problem:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    code: str = Field(examples=["not-found"], description="The last part of `type`: what programs decide by.")
    detail: str = Field(description="What is wrong and what to do about it.")
    errors: list[FieldError] = Field(default_factory=list)


class Problem(Exception):  # noqa: N818  # the specification's word
    """Ends a request with an error. `code` is kebab-case and documented in docs/reference/api-v1.md; `detail` says what to do."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.title, self.detail = status, code, title, detail
        self.errors, self.headers = list(errors), dict(headers or {})

    def response(self) -> HttpResponse:
        """Write it."""
        body = {
            "type": f"urn:recado:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "errors": self.errors,
        }
        return JsonResponse(body, status=self.status, content_type=CONTENT_TYPE, headers=self.headers)


def invalid(field: str, message: str) -> Problem:
    """Say that one field of the request is wrong, in the words of the business rule that refused it."""
    return _invalid([{"field": field, "message": message}])


def _invalid(errors: Sequence[Mapping[str, str]]) -> Problem:
    return Problem(422, "invalid", "Invalid request", "Change the fields named in `errors` and send again.", errors=errors)


def conflict(code: str, detail: str) -> Problem:
    """Say that the request is right but things are not so that it can be done."""
    return Problem(409, code, "Not possible now", detail)


def not_found() -> Problem:
    """Say that there is no such thing; whether another account has it is not said."""
    return Problem(404, "not-found", "Not found", "This account has nothing at this address. Check the id; lists show what there is.")


def handle_problems(api: NinjaAPI) -> None:
    """Turn every exception into a problem."""
    for kind in (Http404, ObjectDoesNotExist, NotFoundError, NoSuchCampaignError):
        api.add_exception_handler(kind, lambda _request, _error: not_found().response())
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(AuthenticationError, lambda _request, _error: no_key().response())
    api.add_exception_handler(ValidationError, _invalid_request)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Exception, failed)


def no_key() -> Problem:
    """Say that a key is needed."""
    detail = "Send the header `Authorization: Bearer <key>`. Keys are made in the panel under API."
    return Problem(401, "no-key", "No key", detail, headers={"WWW-Authenticate": "Bearer"})


def _problem(_request: HttpRequest, error: Any) -> HttpResponse:
    return cast("Problem", error).response()


def _unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, Problem):
        return error.__cause__.response()
    detail = "The body cannot be read. Send one JSON value in UTF-8, without NaN and without numbers larger than a double holds."
    return Problem(error.status_code, "bad-request", "Bad request", detail).response()


def failed(request: HttpRequest, error: Any) -> HttpResponse:
    """Say that something failed that must not, and log it."""
    log.error("api_v1_failed", path=request.path, exc_info=error)
    detail = "Nothing is wrong with the request. Try again; if it stays, tell the operator."
    return Problem(500, "internal", "Internal error", detail).response()


def _invalid_request(_request: HttpRequest, error: Any) -> HttpResponse:
    errors = [{"field": _place(one), "message": str(one.get("msg", "")).removeprefix("Value error, ")} for one in error.errors]
    return _invalid(errors).response()


def _place(one: Mapping[str, Any]) -> str:
    """Name a field as people would: `body.phone`, without the name of the Python argument in between."""
    place = [str(part) for part in one.get("loc", ())]
    return ".".join([place[0], *place[2:]] if place[:1] == ["body"] and len(place) > 1 else place)
