"""The thread that prepares campaigns when their time has come, one after the other.

What belongs here: when it looks, where it writes, and that one failure stops nothing else. What does not: the work itself
(`apps.campaigns.preparing`), giving messages to the workers (the feeder).

On SQLite it writes in the gateway's writer thread, between two groups of received messages: two writers would only wait for each other,
and a message that comes in waits for one portion at most.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from django.db import close_old_connections
from django.utils import timezone

from recado.apps import changes
from recado.apps.campaigns.making import Write
from recado.apps.campaigns.preparing import due_campaigns, in_own_transaction, prepare
from recado.apps.changes import Change
from recado.delivery.database_thread import Submit
from recado.store.dialect import Connection

log = structlog.get_logger(__name__)
T = TypeVar("T")

PAUSE_SECONDS = 1.0
REST_SECONDS = 30.0
"""So long a campaign whose preparing failed is left alone."""
PATIENCE_SECONDS = 15.0
WRITE_SECONDS = 60.0
"""Longer nobody waits for one portion; whether it was written is seen when preparing goes on."""


class Stopping(Exception):  # noqa: N818  # no error: the process ends, and preparing goes on when it is there again
    """Nothing more is to be written."""


class Preparing:
    """A thread of its own, so that 100,000 messages hold up neither pages nor mails."""

    def __init__(self, submit: Submit | None = None, *, pause: float = PAUSE_SECONDS) -> None:
        """Write by `submit` where it is given, else in transactions of one's own."""
        self._write: Write = in_own_transaction if submit is None else _Borrowed(submit)
        self._pause = pause
        self._is_stopping = False
        self._wake = threading.Event()
        self._rests: dict[int, float] = {}
        self._unsubscribe: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._run, name="preparing", daemon=True)

    def start(self) -> None:
        """Begin with what was interrupted when the process ended."""
        self._unsubscribe = changes.subscribe(self._hear)
        self._thread.start()

    def stop(self) -> None:
        """Let the portion under way finish, and end; the rest is written at the next start."""
        unsubscribe, self._unsubscribe = self._unsubscribe, lambda: None
        unsubscribe()
        self._is_stopping = True
        self._wake.set()
        self._thread.join(PATIENCE_SECONDS)

    def _hear(self, change: Change) -> None:
        if change.kind == "campaign":
            self._wake.set()

    def _run(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            self._turn()
            self._wake.wait(self._pause)

    def _turn(self) -> None:
        close_old_connections()
        try:
            for campaign_id in due_campaigns(timezone.now()):
                if self._rests.get(campaign_id, 0) <= time.monotonic():
                    self._prepare(campaign_id)
        except Stopping:
            pass
        except Exception:  # whatever it was, the next turn comes
            log.exception("preparing_failed")
        finally:
            close_old_connections()

    def _prepare(self, campaign_id: int) -> None:
        try:
            prepare(campaign_id, timezone.now(), self._unless_stopping)
            self._rests.pop(campaign_id, None)
        except Stopping:
            raise
        except Exception:  # one campaign that fails holds up no other
            log.exception("preparing_failed", campaign_id=campaign_id)
            self._rests[campaign_id] = time.monotonic() + REST_SECONDS

    def _unless_stopping(self, work: Callable[[Connection], T]) -> T:
        if self._is_stopping:
            raise Stopping
        return self._write(work)


class _Borrowed(Write):
    """Writes in the thread of somebody who writes all the time anyway."""

    def __init__(self, submit: Submit) -> None:
        self._submit = submit

    def __call__(self, work: Callable[[Connection], T]) -> T:
        return self._submit(work).result(WRITE_SECONDS)
