"""Noting calls of programs: kept in memory for a moment and written many at once, so that no call waits for its log.

What belongs here: what is kept of a call, and the buffer. What does not: the thread that empties it (`server.call_log`), taking secrets
out (`secrets`), reading (`queries`). A crash loses at most what was noted within the last second; docs/reference/api-calls.md.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from django.db import IntegrityError, transaction

from recado.apps.accounts.models import Account, ApiUser
from recado.apps.programs.models import ApiCall
from recado.apps.programs.secrets import without_secrets

log = structlog.get_logger(__name__)

KEPT_CHARACTERS: Final = 4000
_LOOKED_AT: Final = 2 * KEPT_CHARACTERS
"""Secrets are looked for in no more than this of a body, which may have megabytes."""
MOST_WAITING: Final = 2000
AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class MadeCall:
    """A call that was answered."""

    account_id: int
    api_user_id: int
    username: str
    api: str
    action: str
    status: int
    took_ms: int
    remote_address: str
    request: str
    response: str
    at: datetime
    error_code: str = ""
    error_detail: str = ""


class CallLog:
    """What waits to be written; never more than MOST_WAITING."""

    def __init__(self) -> None:
        self._waiting: deque[MadeCall] = deque()
        self._lock = threading.Lock()
        self._lost = 0
        self.wanted = threading.Event()
        """Set when so much waits that it should be written now."""

    def note(self, call: MadeCall) -> None:
        """Keep a call until it is written; quick. Where nothing is written any more, calls are counted instead of kept."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                self._lost += 1
            else:
                self._waiting.append(call)
            is_much = len(self._waiting) >= AT_ONCE
        if is_much:
            self.wanted.set()

    def flush(self) -> int:
        """Write all that waits now; return how many that was."""
        written = 0
        while some := self._take():
            _write(some)
            written += len(some)
        return written

    def drop(self) -> None:
        """Forget what waits, unwritten."""
        with self._lock:
            self._waiting.clear()
            self._lost = 0
            self.wanted.clear()

    def _take(self) -> list[MadeCall]:
        with self._lock:
            self.wanted.clear()
            lost, self._lost = self._lost, 0
            some = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
        if lost:
            log.warning("api_calls_not_noted", count=lost)
        return some


def cut(text: str) -> str:
    """Take secrets out of the beginning of a request or an answer, and keep no more than KEPT_CHARACTERS."""
    kept = without_secrets(text[:_LOOKED_AT].replace("\0", ""))
    return kept[:KEPT_CHARACTERS] + "…" if len(kept) > KEPT_CHARACTERS or len(text) > _LOOKED_AT else kept


def _write(some: Sequence[MadeCall]) -> None:
    try:
        _insert(some)
    except IntegrityError:  # an account or a login was removed meanwhile
        accounts = set(Account.objects.filter(pk__in={one.account_id for one in some}).values_list("pk", flat=True))
        _insert([one for one in some if one.account_id in accounts])


def _insert(some: Sequence[MadeCall]) -> None:
    with transaction.atomic():
        logins = set(ApiUser.objects.filter(pk__in={one.api_user_id for one in some}).values_list("pk", flat=True))
        ApiCall.objects.bulk_create([_row(one, logins) for one in some])


def _row(call: MadeCall, logins: set[int]) -> ApiCall:
    return ApiCall(
        account_id=call.account_id,
        api_user_id=call.api_user_id if call.api_user_id in logins else None,
        username=call.username[:80],
        api=call.api,
        action=call.action[:200],
        status=call.status,
        error_code=call.error_code[:64],
        error_detail=call.error_detail[:500],
        took_ms=call.took_ms,
        remote_address=call.remote_address[:45],
        request=call.request,
        response=call.response,
        at=call.at,
    )


calls = CallLog()
"""The one of this process."""
