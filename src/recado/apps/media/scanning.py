"""Has contents scanned for viruses, and writes down what was found.

What belongs here: which content is next, what becomes of it, whom it concerns. What does not: asking the scanner (`clamd`), when it is
done (`server.scans`).
"""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

import structlog
from django.db import transaction
from django.db.models import Min

from recado.apps.media.clamd import ScanBrokenError, Scanner
from recado.apps.media.dangerous import tell_found
from recado.apps.media.models import Content, PreviewState, ScanState
from recado.apps.media.showing import show_again
from recado.blobs.base import Blobs
from recado.protocols.clamav import Verdict

log = structlog.get_logger(__name__)

STATES = {Verdict.CLEAN: ScanState.CLEAN, Verdict.FOUND: ScanState.INFECTED, Verdict.ERROR: ScanState.UNSCANNABLE}
TRIES = 3
"""So often may a scanner that is there fail to give a verdict on a file before the file is taken to be the reason."""
LONGEST_WORD = 120
COUNTED = 10_000
"""Beyond this many nobody counts."""


class WaitingScans(NamedTuple):
    """Contents that nobody has looked at yet."""

    file_count: int
    since: datetime | None
    """When the oldest came."""


def waiting_scans() -> WaitingScans:
    """Say how many contents wait, COUNTED at most, and since when."""
    waiting = Content.objects.filter(scan_state=ScanState.RECEIVED)
    return WaitingScans(waiting[:COUNTED].count(), waiting.aggregate(at=Min("created_at"))["at"])


class Scanning:
    """Takes contents one by one, the oldest first; one that cannot be read or scanned now holds up no other."""

    def __init__(self, blobs: Blobs, scanner: Scanner) -> None:
        self._blobs, self._scanner = blobs, scanner
        self._broken: Counter[str] = Counter()
        self._put_off: set[str] = set()

    def scan_next(self, now: datetime) -> ScanState | None:
        """Scan one content and return what became of it; None: nothing waits.

        Raises ScannerAwayError, ScanBrokenError, and OSError where the content cannot be read now; it waits on then, behind the others.
        """
        content = self._next()
        if content is None:
            return None
        self._scanner.ping()
        state, word = self._looked_at(content)
        self._broken.pop(content.pk, None)
        _note(content, state, word, now)
        return state

    def _next(self) -> Content | None:
        waiting = Content.objects.filter(scan_state=ScanState.RECEIVED).order_by("created_at")
        if self._put_off and (found := waiting.exclude(pk__in=self._put_off).first()):
            return found
        self._put_off.clear()
        return waiting.first()

    def _looked_at(self, content: Content) -> tuple[ScanState, str]:
        try:
            with self._blobs.open(content.pk) as file:
                answer = self._scanner.scan(file)
        except FileNotFoundError:
            return ScanState.UNSCANNABLE, "the file is gone"
        except ScanBrokenError:
            self._broken[content.pk] += 1
            if self._broken[content.pk] >= TRIES:
                return ScanState.UNSCANNABLE, "the scanner gave no answer"
            self._put_off.add(content.pk)
            raise
        except OSError:
            self._put_off.add(content.pk)
            raise
        return STATES[answer.verdict], answer.word[:LONGEST_WORD]


def _note(content: Content, state: ScanState, word: str, now: datetime) -> None:
    """Write down what was found, tell people of a virus, and have open conversations show it."""
    what: dict[str, object] = {"scan_state": state, "scan_word": word, "scanned_at": now}
    if state is ScanState.INFECTED:  # what was made of it before goes as well
        what |= {"preview_state": PreviewState.NONE, "preview_sha256": "", "stripped_sha256": ""}
    with transaction.atomic():
        if not Content.objects.filter(pk=content.pk, scan_state=ScanState.RECEIVED).update(**what):
            return  # another process was quicker
        if state is ScanState.INFECTED:
            tell_found(content.pk)
        show_again(content.pk)
    log.info("scanned", sha256=content.pk, state=str(state), word=word)
