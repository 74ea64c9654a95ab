"""One attempt to forward a message to a URL, and what the answer means: HTTP 200 with the body `OK`, and nothing else, is success.

What belongs here: judging an answer, writing down what was said. What does not: sending (`http_client`), filling templates
(`macros`), when to try again (`core.retry`). Product: provider-api.md §8, product.md §7.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from recado.delivery.errors import DeliveryError
from recado.delivery.http_client import Answer
from recado.delivery.macros import Call, Told, build_call

LOGGED = 64 * 1024
"""Bytes of an answer kept in the log of attempts."""
OK = 200
GONE = 410
SLOWING = frozenset({429, 502, 503, 504})
LONGEST_RETRY_AFTER = timedelta(hours=24)
SECRET = re.compile(r"(?i)((?:^|[?&])(?:[^=&#]*(?:token|secret|passw|haslo|auth|signature)[^=&#]*|[^=&#]*(?:key|pass))=)[^&#]*")


class Sender(Protocol):
    """The one thing needed of the HTTP client."""

    async def send(self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """Send one request and read the answer; raise DeliveryError where there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt went, for the job and for the log of attempts."""

    request: str = ""
    status: int | None = None
    body: str = ""
    failure: DeliveryError | None = None


async def forward(client: Sender, method: str, template: str, message: Told, now: datetime) -> Outcome:
    """Call the URL once for `message` and say how it went; never raises DeliveryError."""
    written = f"{method} {without_secrets(template)}"
    try:
        call = build_call(method, template, message)
        written = describe(call)
        answer = await client.send(call.method, call.url, headers=call.headers, body=call.body)
    except DeliveryError as error:
        return Outcome(written, failure=error)
    return Outcome(written, answer.status, _readable(answer.body), judge(answer, now))


def judge(answer: Answer, now: datetime) -> DeliveryError | None:
    """Say what is wrong with an answer; None is success."""
    if answer.status == OK:
        if not answer.is_cut and answer.body.strip(b" \t\r\n") == b"OK":
            return None
        said = " ".join(_readable(answer.body[:60]).split())
        return DeliveryError(f"answered {said!r} instead of OK" if said else "answered nothing instead of OK")
    if answer.status == GONE:
        return DeliveryError("answered HTTP 410: the address is gone", slows=True, is_gone=True)
    wait = retry_after(answer.headers.get("retry-after", ""), now)
    return DeliveryError(f"answered HTTP {answer.status}{_hint(answer)}", slows=answer.status in SLOWING, retry_after=wait)


def retry_after(header: str, now: datetime) -> timedelta | None:
    """Read a Retry-After header, seconds or a date (RFC 9110 §10.2.3); never more than a day, None where it says nothing."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(timedelta(seconds=int(header[:9])), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST_RETRY_AFTER)


def describe(call: Call) -> str:
    """Write a request down for the log of attempts, without what looks like a secret."""
    body = f"\n\n{without_secrets('&' + call.body.decode('ascii'))[1:]}" if call.body else ""
    return f"{call.method} {without_secrets(call.url)}{body}"[:LOGGED]


def without_secrets(url: str) -> str:
    """Replace a password in front of the host, and values of parameters named like secrets, by `***`."""
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc:
            url = urlunsplit(parts._replace(netloc="***@" + parts.netloc.rpartition("@")[2]))
    except ValueError:
        return "(an address that cannot be read)"
    return SECRET.sub(r"\1***", url)


def _readable(body: bytes) -> str:
    """Return text that both databases can store: no NUL, no broken characters, at most the first LOGGED bytes."""
    return body[:LOGGED].decode("utf-8", "replace").replace("\x00", "�")


def _hint(answer: Answer) -> str:
    return "; redirects are not followed" if 300 <= answer.status < 400 else ""  # noqa: PLR2004  # the range of redirects
