"""The thread that has contents scanned for viruses, one after the other, where a scanner is set; and what Prometheus is told of it.

What belongs here: when it looks, how long it waits where that fails, counting. What does not: the work (`apps.media.scanning`).
"""

import threading
from datetime import datetime
from random import Random

import structlog
from django.db import close_old_connections
from django.utils import timezone
from prometheus_client import Counter, Gauge

from recado.apps.installation.queries import scans
from recado.apps.media.clamd import ScanBrokenError, ScannerAwayError
from recado.apps.media.scanning import Scanning
from recado.gateway.backoff import Backoff

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
PATIENCE_SECONDS = 15.0
"""How long stopping waits for a file under way; it is scanned anew after the next start."""
SCANS = Counter("recado_scans", "Files the virus scanner was asked about, by what became of them", ["state"])
WAITING = Gauge("recado_scans_waiting", "Files that wait for the virus scanner, counted once a minute")
OLDEST = Gauge("recado_scans_oldest_seconds", "How long the oldest of them has waited")


def count_waiting(now: datetime) -> None:
    """Count the files that wait; none do where nothing is scanned."""
    count, since = scans()
    WAITING.set(count)
    OLDEST.set((now - since).total_seconds() if since else 0)


class Scans:
    """A thread of its own, so that a slow scanner holds up neither messages nor pages nor pictures."""

    def __init__(self, scanning: Scanning, *, pause: float = PAUSE_SECONDS, longest_pause: float = LONGEST_PAUSE_SECONDS) -> None:
        self._scanning, self._pause = scanning, pause
        self._backoff = Backoff(longest_pause, Random())  # noqa: S311  # it spreads attempts, and keeps no secret
        self._trouble = ""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scans", daemon=True)

    def start(self) -> None:
        """Begin with what waits."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the file under way."""
        self._stopping.set()
        self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            close_old_connections()
            self._stopping.wait(self._turn())
            close_old_connections()

    def _turn(self) -> float:
        """Scan one file, and return the seconds to wait before the next."""
        try:
            state = self._scanning.scan_next(timezone.now())
        except (ScannerAwayError, ScanBrokenError) as error:
            return self._failed(str(error))
        except Exception as error:  # the next turn tries again
            log.exception("scan_failed")
            return self._failed(type(error).__name__)
        if state is None:
            return self._pause
        if self._trouble:
            log.info("scanner_back")
            self._trouble = ""
        self._backoff.reset()
        SCANS.labels(str(state)).inc()
        return 0.0

    def _failed(self, why: str) -> float:
        if why != self._trouble:
            log.warning("scanner_away", reason=why)
            self._trouble = why
        return self._backoff.next_delay()
