"""One attempt to forward to a URL, and what the answer means.

A template is answered by HTTP 200 with the body `OK`, and nothing else is success; a webhook by any status from 200 to 299. What belongs
here: judging an answer, saying what was said. What does not: sending (`http_client`), building requests (`macros`, `webhook`), when to try
again (`core.retry`). Product: provider-api.md §8, product.md §7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from recado.delivery.endpoint import PLAIN, Endpoint
from recado.delivery.errors import DeliveryError
from recado.delivery.http_client import Answer
from recado.delivery.macros import Call, Forwarded, Told, build_call
from recado.delivery.reply_reading import UnreadableError, is_ok, read_reply
from recado.delivery.request_log import answered_headers, describe, readable, without_secrets
from recado.delivery.webhook import build_webhook

OK = 200
GONE = 410
SLOWING = frozenset({429, 502, 503, 504})
LONGEST_RETRY_AFTER = timedelta(hours=24)


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
    headers: str = ""
    """Those of the answer."""
    reply: str = ""
    """What the other side wants to be sent to the person."""
    unread: str = ""
    """Why a reply could not be read, where there seems to be one."""


async def forward(client: Sender, method: str, template: str, message: Told, now: datetime, endpoint: Endpoint = PLAIN) -> Outcome:
    """Call the URL once for `message` and say how it went; never raises DeliveryError."""
    return (await forward_together(client, method, template, [message], now, endpoint))[0]


async def forward_together(
    client: Sender, method: str, template: str, told: Sequence[Told], now: datetime, endpoint: Endpoint
) -> list[Outcome]:
    """Call the URL once for several messages of a webhook that takes batches, and return an outcome for each.

    Their logs share first line and headers; each has what was said about its own message, so that nobody's text is kept in the log of
    somebody else's.
    """
    written = [f"{'POST' if endpoint.is_webhook else method} {without_secrets(template)}"] * len(told)
    try:
        call = _build(method, template, told, now, endpoint)
        written = describe(call)
        answer = await client.send(call.method, call.url, headers=call.headers, body=call.body)
    except DeliveryError as error:
        return [Outcome(one, failure=error) for one in written]
    failure = judge(answer, now, endpoint)
    reply, unread = _replied(answer, endpoint) if failure is None else ("", "")
    said = Outcome(written[0], answer.status, readable(answer.body), failure, answered_headers(answer.headers), reply, unread)
    return [said, *(Outcome(one, answer.status, "", failure) for one in written[1:])]


def judge(answer: Answer, now: datetime, endpoint: Endpoint = PLAIN) -> DeliveryError | None:
    """Say what is wrong with an answer; None is success."""
    if endpoint.is_webhook and 200 <= answer.status < 300:  # noqa: PLR2004  # the range of success
        return None
    if answer.status == OK:
        if not answer.is_cut and is_ok(answer.body, takes_replies=endpoint.takes_replies):
            return None
        said = " ".join(readable(answer.body[:60]).split())
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
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST_RETRY_AFTER)


def _build(method: str, template: str, told: Sequence[Told], now: datetime, endpoint: Endpoint) -> Call:
    messages = [message for message in told if isinstance(message, Forwarded)]
    if endpoint.is_webhook and len(messages) == len(told):
        return build_webhook(template, messages, endpoint, now)
    call = build_call(method, template, told[0])
    return Call(call.method, call.url, {**endpoint.headers, **call.headers}, call.body)


def _replied(answer: Answer, endpoint: Endpoint) -> tuple[str, str]:
    """Return the reply, and why there is one that cannot be read; in an answer to a batch there is none, nobody knew whose."""
    if not endpoint.takes_replies or endpoint.takes_batches:
        return "", ""
    try:
        return read_reply(endpoint.body, answer.body), ""
    except UnreadableError as error:
        return "", str(error)


def _hint(answer: Answer) -> str:
    return "; redirects are not followed" if 300 <= answer.status < 400 else ""  # noqa: PLR2004  # the range of redirects
