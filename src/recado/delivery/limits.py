"""How much the worker does at once, and how long it waits: figures that tests change."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at once, and how long."""

    forwards: int = 400
    forwards_per_destination: int = 8
    submits: int = 4000
    submits_per_connection: int = 1000
    """Beside what the connection itself can take."""
    forwards_elsewhere: int = 100
    """Held at once of what goes to other addresses than those of destinations."""
    claim: int = 500
    """Jobs of a kind claimed in one transaction."""
    spare_claim: int = 20
    """Jobs to send claimed for connections that have not said yet what they can take."""
    results: int = 1000
    """Results written in one transaction."""
    poll_seconds: float = 0.5
    lease: timedelta = timedelta(seconds=60)
    """How long a job stays with a worker that no longer says it is alive."""
    longest_outage_pause: float = 5.0
    deep_look: timedelta = timedelta(seconds=0.5)
    """How often to look through all that is due behind connections that can take no more."""
    look_for_lost: timedelta = timedelta(seconds=5)


USUAL = Limits()
