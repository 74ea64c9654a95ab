"""The thread that has files scanned: it goes on after failures, with growing pauses, and counts what became of files."""

from dataclasses import replace
from datetime import timedelta
from queue import Queue

import pytest
from django.utils import timezone
from prometheus_client import REGISTRY

from recado.apps.media.clamd import ScannerAwayError
from recado.apps.media.models import Content, ScanState
from recado.config import Clamd
from recado.server.scans import Scans, count_waiting

PATIENCE = 5


class Scripted:
    """Scans that end as written, and then find nothing more."""

    def __init__(self, *ends: ScanState | Exception) -> None:
        self.ends, self.asked = list(ends), Queue()

    def scan_next(self, _now) -> ScanState | None:
        end = self.ends.pop(0) if self.ends else None
        self.asked.put(end)
        if isinstance(end, Exception):
            raise end
        return end


def scanned(state: ScanState) -> float:
    return REGISTRY.get_sample_value("recado_scans_total", {"state": state}) or 0.0


def test_it_goes_on_after_failures_and_counts_what_became_of_files(db):
    before = {state: scanned(state) for state in (ScanState.CLEAN, ScanState.INFECTED)}
    scanning = Scripted(ScannerAwayError("no"), ScanState.CLEAN, RuntimeError("bug"), ScanState.INFECTED, ScanState.CLEAN)
    scans = Scans(scanning, pause=0.01, longest_pause=0.01)
    scans.start()
    for _ in range(7):
        scanning.asked.get(timeout=PATIENCE)
    scans.stop()
    assert {state: scanned(state) - count for state, count in before.items()} == {ScanState.CLEAN: 2, ScanState.INFECTED: 1}


def test_pauses_grow_while_the_scanner_is_away_and_are_short_again_afterwards():
    away = ScannerAwayError("no")
    scans = Scans(Scripted(*[away] * 12, ScanState.CLEAN, away), pause=1, longest_pause=60)
    pauses = [scans._turn() for _ in range(15)]
    assert pauses[:7] == sorted(pauses[:7])
    assert pauses[0] < 1
    assert 40 < pauses[11] <= 72
    assert pauses[12] == 0
    assert pauses[13] < 1
    assert pauses[14] == 1


@pytest.mark.django_db
def test_what_waits_is_counted_where_there_is_a_scanner(settings):
    now = timezone.now()
    for place in range(3):
        at = now - timedelta(minutes=place)
        Content.objects.create(sha256=f"{place}" * 64, size=1, content_type="image/jpeg", created_at=at)
    for clamav, expected in ((None, (0, 0)), (Clamd(path="/nowhere"), (3, 120))):
        settings.RECADO = replace(settings.RECADO, clamav=clamav)
        count_waiting(now)
        found = REGISTRY.get_sample_value("recado_scans_waiting"), REGISTRY.get_sample_value("recado_scans_oldest_seconds")
        assert found == expected
