"""The thread for what a date asks for: reminders, numbers that have rested, mails; once a minute, and when somebody is told something.

What belongs here: when it looks, and what it looks for. What does not: who is reminded (`reminders` of `apps.keywords` and
`apps.numbers`), what is due (`apps.notifications.mails`), the mails (`panel.notice_mail`).
"""

import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import close_old_connections
from django.utils import timezone

from recado.apps import changes
from recado.apps.changes import Change
from recado.apps.keywords import reminders as keyword_reminders
from recado.apps.numbers import reminders as number_reminders
from recado.apps.numbers.lifecycle import end_due_rests
from recado.panel.notice_mail import send_due

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 60.0
PATIENCE_SECONDS = 15.0
"""How long stopping waits for a mail under way; the mail server has ten seconds to take it."""


def keep_dates(now: datetime) -> None:
    """Do what a date asks for: remind of ends that are near, put numbers that have rested back into stock."""
    keyword_reminders.remind_all(now)
    number_reminders.remind_all(now)
    end_due_rests(now)


class NoticeMails:
    """A thread of its own, so that no slow mail server holds up pages, the gateway or delivery."""

    def __init__(
        self,
        base_url: str,
        *,
        remind: Callable[[datetime], None] = keep_dates,
        send: Callable[[datetime, str], int] = send_due,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self._base_url, self._remind, self._send, self._pause = base_url, remind, send, pause
        self._wanted, self._is_stopping = threading.Event(), False
        self._thread = threading.Thread(target=self._run, name="notice-mails", daemon=True)
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin with what became due while we were not running."""
        self._unsubscribe = changes.subscribe(self._hear)
        self._wanted.set()
        self._thread.start()

    def stop(self) -> None:
        """Let the mail under way finish, and end."""
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None
        self._is_stopping = True
        self._wanted.set()
        self._thread.join(PATIENCE_SECONDS)

    def _hear(self, change: Change) -> None:
        if change.kind == "notification":
            self._wanted.set()

    def _run(self) -> None:
        while True:
            self._wanted.wait(self._pause)
            self._wanted.clear()
            if self._is_stopping:
                return
            self._look()

    def _look(self) -> None:
        now = timezone.now()
        self._do("reminders_failed", lambda: self._remind(now))
        self._do("notice_mails_failed", lambda: self._send(now, self._base_url))

    def _do(self, failure: str, work: Callable[[], object]) -> None:
        close_old_connections()
        try:
            work()
        except Exception:  # whatever it was, the next look comes
            log.exception(failure)
        finally:
            close_old_connections()
