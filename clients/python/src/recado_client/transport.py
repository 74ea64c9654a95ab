"""One call over HTTP: what is sent and what comes back, as values.

What belongs here: octets. What does not: trying again, meanings (`caller`).
"""

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes


class Transport(Protocol):
    """Anything that makes one call. Raises OSError where no answer comes."""

    def __call__(self, request: Request, timeout: float) -> Answer:
        """Send, and return what came back."""
        ...


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: the key would go along."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Leave the answer as it is."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def open_without_redirects(request: urllib.request.Request, timeout: float) -> http.client.HTTPResponse:
    """Send, and return the answer while it comes in."""
    answer: http.client.HTTPResponse = _OPENER.open(request, timeout=timeout)
    return answer


def over_http(request: Request, timeout: float) -> Answer:
    """Send by the standard library: proxies and certificates as the system has them."""
    if urlsplit(request.url).scheme not in {"http", "https"}:
        raise ValueError(f"{request.url!r} is no address of a server; write https://sms.example.org")
    made = urllib.request.Request(request.url, request.body, dict(request.headers), method=request.method)  # noqa: S310  # looked at above
    try:
        with open_without_redirects(made, timeout) as answer:
            return _read(answer.status, dict(answer.headers.items()), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return _read(error.code, dict(error.headers.items()), error.read())
    except http.client.HTTPException as error:
        raise OSError(f"the answer broke off ({type(error).__name__})") from error


def _read(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    return Answer(status, {name.lower(): value for name, value in headers.items()}, body)
