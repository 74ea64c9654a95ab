"""The thread that reminds people and sends notifications by e-mail: right after somebody is told, and once a minute what has become due.

What belongs here: when it looks. What does not: who is reminded (`apps.keywords.reminders`), what is due (`apps.notifications.mails`), the
mails (`panel.notice_mail`).
"""

import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import close_old_connections
from django.utils import timezone

from recado.apps import changes
from recado.apps.changes import Change
from recado.apps.keywords.reminders import remind_all
from recado.panel.notice_mail import send_due

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 60.0
PATIENCE_SECONDS = 15.0
"""How long stopping waits for a mail under way; the mail server has ten seconds to take it."""


class NoticeMails:
    """A thread of its own, so that no slow mail server holds up pages, the gateway or delivery."""

    def __init__(
        self,
        base_url: str,
        *,
        remind: Callable[[datetime], None] = remind_all,
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
