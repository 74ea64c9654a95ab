"""The thread that writes the log of calls: once a second, or as soon as much waits.

What belongs here: when it writes, and that a failure ends nothing. What does not: what is written (`apps.programs.calls`).
"""

import threading

import structlog
from django.db import close_old_connections

from recado.apps.programs.calls import CallLog, calls

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
PATIENCE_SECONDS = 15.0


class CallWriting:
    """A thread of its own, so that no call waits for its log."""

    def __init__(self, kept: CallLog = calls, *, pause: float = PAUSE_SECONDS) -> None:
        self._kept, self._pause = kept, pause
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="call-log", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end."""
        self._is_stopping = True
        self._kept.wanted.set()
        self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        while not self._is_stopping:
            self._kept.wanted.wait(self._pause)
            self._write()
        self._write()

    def _write(self) -> None:
        close_old_connections()
        try:
            self._kept.flush()
        except Exception:  # the log of calls is lost rather than the calls
            log.exception("api_calls_not_written")
        finally:
            close_old_connections()
