"""How many calls a key may make: a token bucket for each, in this process, told in headers (draft-ietf-httpapi-ratelimit-headers).

What belongs here: whose bucket it is, and what is said of it. What does not: the arithmetic (`core.token_bucket`). The compatible API has
no such limits: the provider's libraries know none.
"""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http.response import HttpResponseBase

from recado.api.v1.problems import Problem
from recado.core.token_bucket import Level, TokenBucket

SECONDS = 60
MOST_REMEMBERED = 1000
"""Buckets; when there are more, the full ones are forgotten."""


class Limiter:
    """Counts calls by key, from all threads."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.bucket = TokenBucket(per_minute, SECONDS) if per_minute else None
        self._clock = clock
        self._levels: dict[str, Level] = {}
        self._lock = threading.Lock()

    def count(self, key: str) -> tuple[Level | None, bool]:
        """Count a call; return what is left, and whether it may be made. Without a limit nothing is counted."""
        if self.bucket is None:
            return None, True
        with self._lock:
            now = self._clock()
            level, may = self.bucket.take(self._levels.get(key), now)
            if key not in self._levels and len(self._levels) >= MOST_REMEMBERED:
                self._levels = {one: at for one, at in self._levels.items() if not self.bucket.is_full(at, now)}
            self._levels[key] = level
        return level, may

    def tell(self, response: HttpResponseBase, level: Level | None) -> None:
        """Say in headers what the limit is and what is left of it."""
        if self.bucket is None or level is None:
            return
        response["RateLimit-Policy"] = f'"key";q={self.bucket.size};w={self.bucket.seconds}'
        response["RateLimit"] = f'"key";r={self.bucket.remaining(level)};t={self.bucket.seconds_until_full(level)}'

    def refusal(self, level: Level | None) -> Problem:
        """Say that there were too many, and when to go on."""
        seconds = self.bucket.seconds_until_next(level) if self.bucket is not None and level is not None else 1
        detail = (
            "The key makes more calls a minute than `RateLimit-Policy` allows. Wait as many seconds as `Retry-After` says; "
            "a call about many things counts once."
        )
        return Problem(429, "too-many-calls", "Too many calls", detail, headers={"Retry-After": str(max(1, seconds))})


limiter = Limiter(settings.RECADO.api_calls_per_minute)
