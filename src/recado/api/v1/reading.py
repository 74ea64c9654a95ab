"""Taking in what a program sends: how much, of which type.

What belongs here: bodies before anything is understood of them. What does not: which fields an operation takes.
"""

import json
import math
from io import BytesIO
from typing import IO, Any, cast

from django.http import HttpRequest
from ninja.parser import Parser

from recado.api.v1.problems import Problem, invalid

LARGEST = 16 * 1024 * 1024
"""Bytes: 100,000 phones or a long contact list with room to spare; as the compatible API."""


def take_body(request: HttpRequest) -> None:
    """Read the body, however its length is told. Raises Problem.

    Django's own reading stops at a size no contact list fits into, and sees nothing in a body sent in chunks.
    """
    if _declared(request) > LARGEST:
        raise _too_large()
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower() and not request.META.get("CONTENT_LENGTH")
    stream = cast("IO[bytes]", request.META["wsgi.input"] if is_chunked else request)
    body = stream.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise _too_large()
    request.META["CONTENT_LENGTH"] = str(len(body))
    request._body, request._stream = body, BytesIO(body)  # noqa: SLF001  # where Django looks first


class JsonParser(Parser):
    """Reads JSON that says that it is JSON, and nothing that JSON does not have."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body, which is an object. Raises Problem, ValueError."""
        kind = (request.content_type or "").lower()
        if kind != "application/json" and not kind.endswith("+json"):
            detail = "Send the body as JSON, with the header `Content-Type: application/json`."
            raise Problem(415, "wrong-content-type", "Wrong content type", detail, headers={"Accept": "application/json"})
        value = json.loads(request.body, parse_constant=_refuse, parse_float=_finite)
        if not isinstance(value, dict):  # where all fields may be left out, `true` would pass for an object without any
            raise invalid("body", "must be an object")
        return value


def _declared(request: HttpRequest) -> int:
    written = request.META.get("CONTENT_LENGTH") or "0"
    return int(written) if written.isdecimal() else 0


def _too_large() -> Problem:
    detail = f"The body is larger than {LARGEST // 1024 // 1024} MiB. Send it in several calls."
    return Problem(413, "body-too-large", "Body too large", detail)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _finite(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value
