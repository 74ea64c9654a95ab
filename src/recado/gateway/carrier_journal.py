"""Keeps a record of exchanges with carriers that went wrong, so that support can see them; bounded, lest a mad peer fill the disk.

What belongs here: how many records a connection may write in a while. What does not: what goes wrong (`smpp_link`, `link_keeper`) and the
rows (`store.carrier_log`).
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import Counter

RECORDS = 60
WITHIN = timedelta(minutes=1)
OCTETS_KEPT = 4096
EXCHANGES = Counter("recado_carrier_exchanges_failed", "Exchanges with carriers that went wrong", ["event"])


@dataclass(frozen=True, slots=True)
class Record:
    """One exchange."""

    connection_id: int
    at: datetime
    direction: str
    """`in` or `out`."""
    event: str
    detail: str
    octets: bytes | None


class CarrierJournal:
    """Passes records on to be written, at most so many per connection and minute; counts them all. May be called from any thread."""

    def __init__(self, write: Callable[[Record], object], now: Callable[[], datetime]) -> None:
        self._write = write
        self._now = now
        self._lock = threading.Lock()
        self._counts: dict[int, tuple[datetime, int]] = {}

    def note(self, connection_id: int, direction: str, event: str, detail: str, octets: bytes) -> None:
        """Keep a record, unless this connection had its share."""
        EXCHANGES.labels(event).inc()
        now = self._now()
        with self._lock:
            began, count = self._counts.get(connection_id, (now, 0))
            if now - began >= WITHIN or now < began:
                began, count = now, 0
            self._counts[connection_id] = (began, count + 1)
        if count < RECORDS:
            self._write(Record(connection_id, now, direction, event, detail, octets[:OCTETS_KEPT] or None))
