"""What is known of a call while it passes through the API: kept on the request, filled in by the one and read by the other step.

What belongs here: the value. What does not: the steps (`gate`, `auth`, `limits`, `idempotency`, `conditions`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from recado.apps.programs.remembering import Claim
from recado.core.token_bucket import Level


@dataclass(slots=True)
class Passing:
    """One call on its way."""

    look: Callable[[], HttpResponseBase]
    """Shows what is at the call's address now, as GET would."""
    level: Level | None = None
    """What the key has left of its calls."""
    claim: Claim | None = None
    """Taken for the call's idempotency key."""


class AnsweredError(Exception):
    """Ends a call with an answer that another step has for it."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__("answered")
        self.response = response


def answered(_request: HttpRequest, error: Any) -> HttpResponse:
    """Answer as another step says, for ninja."""
    return cast("HttpResponse", error.response)


def passing_of(request: HttpRequest) -> Passing:
    """Return what is known of a call."""
    found: Passing = request.passing  # type: ignore[attr-defined]  # put there by `gate`
    return found
