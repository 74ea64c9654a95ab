"""The thread that makes previews of what came: once a second, as long as anything waits without a pause.

What belongs here: when it looks, and that one failure stops nothing else. What does not: the work (`apps.media.pictures`).
"""

import threading

import structlog
from django.conf import settings
from django.db import close_old_connections

from recado.apps.media.pictures import prepare_waiting
from recado.apps.media.services import blobs

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
PATIENCE_SECONDS = 35.0


class Contents:
    """A thread of its own, so that pictures hold up neither messages nor pages."""

    def __init__(self, *, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="contents", daemon=True)

    def start(self) -> None:
        """Begin with what waits."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the picture under way."""
        self._stopping.set()
        self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._turn():
                self._stopping.wait(self._pause)

    def _turn(self) -> int:
        close_old_connections()
        try:
            return prepare_waiting(blobs(), limit=1, is_scanning=settings.RECADO.clamav is not None)
        except Exception:  # the next turn tries again
            log.exception("previews_failed")
            return 0
        finally:
            close_old_connections()
