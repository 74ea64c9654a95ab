"""Calls of one key: the header that lets in, idempotency keys, waiting and trying again, pages, problems as exceptions.

What belongs here: what all operations share. What does not: a single operation (`operations`, written by a tool), octets (`transport`).
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from recado_client.errors import NoAnswerError, problem_error
from recado_client.transport import Answer, Request, Transport, over_http

TRIES: Final = 5
LONGEST_WAIT: Final = 60.0
READING: Final = frozenset({"GET", "HEAD"})
TOO_MANY, UNAVAILABLE, CONFLICT, NO_CONTENT = 429, 503, 409, 204
_LEAST_REFUSAL = 300


class Unset:
    """The type of `UNSET`."""

    def __repr__(self) -> str:
        """Show it in signatures."""
        return "UNSET"


UNSET: Final = Unset()
"""Left out of the call; None is sent as null."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


class Caller:
    """Makes calls with one key. Safe to be used by several threads."""

    def __init__(
        self,
        address: str,
        key: str,
        *,
        timeout: float = 30.0,
        tries: int = TRIES,
        transport: Transport = over_http,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address, self._key = address.rstrip("/"), key
        self._timeout, self._tries = timeout, tries
        self._transport, self._sleep = transport, sleep

    def __repr__(self) -> str:
        """Show no key."""
        return f"<{type(self).__name__} {self._address}>"

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: object = UNSET,
        files: Mapping[str, object] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Make a call; return what JSON says, octets of a file, or None. Raises RecadoError.

        Changes carry an idempotency key, made here unless given, so that they can be tried again without being done twice.
        """
        headers = {"Authorization": f"Bearer {self._key}", "Accept": "application/json, */*;q=0.5", "User-Agent": "recado-client"}
        if method not in READING:
            headers["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        sent = None
        if files is not None:
            headers["Content-Type"], sent = _form(files)
        elif body is not UNSET:
            headers["Content-Type"], sent = "application/json", json.dumps(body).encode()
        return _said(self._tried(Request(method, self._address + path + _query(query or {}), headers, sent)))

    def pages(self, path: str, query: Mapping[str, object]) -> Iterator[Any]:
        """Go through a list, fetching page after page."""
        cursor: object = UNSET
        while True:
            page = self.call("GET", path, query={**query, "cursor": cursor})
            yield from page["items"]
            if page["next"] is None:
                return
            cursor = page["next"]

    def _tried(self, request: Request) -> Answer:
        """Send until there is an answer worth having."""
        for tried in range(1, self._tries + 1):
            is_last = tried == self._tries
            try:
                answer = self._transport(request, self._timeout)
            except OSError as error:
                if is_last:
                    raise NoAnswerError(f"no answer after {tried} tries: {error}", request.headers.get("Idempotency-Key")) from error
                self._sleep(_pause(tried, {}))
                continue
            if is_last or not _is_worth_trying_again(answer):
                return answer
            self._sleep(_pause(tried, answer.headers))
        raise ValueError("`tries` must be 1 or more")


def _is_worth_trying_again(answer: Answer) -> bool:
    in_progress = answer.status == CONFLICT and "retry-after" in answer.headers
    return in_progress or answer.status in {TOO_MANY, UNAVAILABLE}


def _pause(tried: int, headers: Mapping[str, str]) -> float:
    told = headers.get("retry-after", "")
    return min(LONGEST_WAIT, float(told) if told.isdecimal() else 0.5 * 2**tried)


def _said(answer: Answer) -> Any:
    is_json = "json" in answer.headers.get("content-type", "")
    if answer.status >= _LEAST_REFUSAL:
        raise problem_error(answer.status, _object(answer.body) if is_json else {"detail": answer.body[:200].decode(errors="replace")})
    if answer.status == NO_CONTENT:
        return None
    return json.loads(answer.body) if is_json else answer.body


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def given(fields: Mapping[str, object]) -> dict[str, object]:
    """Leave out what was not given."""
    return {name: value for name, value in fields.items() if value is not UNSET}


def segment(value: object) -> str:
    """Write a value into a path."""
    return quote(str(value), safe="")


def _query(given: Mapping[str, object]) -> str:
    pairs: list[tuple[str, str]] = []
    for name, value in given.items():
        if value is not UNSET and value is not None:
            pairs += [(name, _written(one)) for one in (value if isinstance(value, list | tuple) else [value])]
    return f"?{urlencode(pairs)}" if pairs else ""


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _form(parts: Mapping[str, object]) -> tuple[str, bytes]:
    """Write a form with files."""
    boundary, written = uuid.uuid4().hex, bytearray()
    for name, value in parts.items():
        if value is UNSET or value is None:
            continue
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, Upload):
            file_name = value.name.replace('"', "%22").replace("\r", "").replace("\n", "")
            head += f'; filename="{file_name}"\r\nContent-Type: {value.content_type}'
        content = value.content if isinstance(value, Upload) else _written(value).encode()
        written += f"{head}\r\n\r\n".encode() + content + b"\r\n"
    return f"multipart/form-data; boundary={boundary}", bytes(written) + f"--{boundary}--\r\n".encode()
