"""The stream of events: one after the other as they happen, also over breaks of the line.

What belongs here: reading the stream and going on after a break. What does not: what the events mean (docs/reference/api-v1.md).
"""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from recado_client.errors import problem_error
from recado_client.transport import open_without_redirects

Open = Callable[[urllib.request.Request, float], AbstractContextManager[Iterable[bytes]]]
PATIENCE = 60.0
"""Seconds without a line; the server sends one every 20."""
PAUSE = 2.0
_TOO_MANY, _FAILED = 429, 500


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed; what, the API says when it is asked."""

    id: str
    """Where to go on: `events(after=event.id)`."""
    name: str
    data: dict[str, Any]


def follow(
    address: str, key: str, after: str | None, sleep: Callable[[float], None], opened: Open = open_without_redirects
) -> Iterator[Event]:
    """Yield events for ever; raise ProblemError where the key is not let in."""
    while True:
        headers = {"Authorization": f"Bearer {key}", "Accept": "text/event-stream", **({"Last-Event-ID": after} if after else {})}
        request = urllib.request.Request(f"{address}/api/v1/events", headers=headers)  # noqa: S310  # http or https, as for all calls
        try:
            with opened(request, PATIENCE) as lines:
                for event in _events(lines):
                    after = event.id
                    yield event
        except urllib.error.HTTPError as error:
            with error:
                if error.code != _TOO_MANY and error.code < _FAILED:
                    raise problem_error(error.code, _problem(error.read())) from error
        except (OSError, http.client.HTTPException):
            pass  # the line broke: go on where it ended
        sleep(PAUSE)


def _events(lines: Iterable[bytes]) -> Iterator[Event]:
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode().rstrip("\r\n").partition(": ")
        if name:
            found[name] = value
            continue
        if "data" in found:
            yield Event(found.get("id", ""), found.get("event", ""), json.loads(found["data"]))
        found = {}


def _problem(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
