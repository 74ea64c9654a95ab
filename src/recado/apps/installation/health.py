"""What is wrong with the installation, worst first: from figures to a list of codes with values. Pure; the words are the panel's.

What belongs here: what counts as trouble, and how bad it is. What does not: gathering (`queries`, `apps.connections.ports`), sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

from recado.apps.connections.ports import InstallationStatus, LinkReport
from recado.apps.installation.queries import Facts

LOW_DISK_BYTES = 512 * 1024 * 1024
SLOW_QUEUE = timedelta(seconds=10)
"""A message that waits so long to be stored makes carriers impatient."""
SLOW_SCANS = timedelta(minutes=5)
"""A file that waits so long for the virus scanner waits for somebody to look at the scanner."""
FAILING_SHOWN = 3
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Severity(IntEnum):
    """How bad it is."""

    BAD = 0
    """Somebody must do something now."""
    NOTE = 1
    """Worth a look today."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be."""

    code: str
    """Key of `panel.operator.problem_words`."""
    severity: Severity
    values: dict[str, Any] = field(default_factory=dict)
    since: datetime | None = None
    object_id: int | None = None
    """Id of the connection it is about."""


def problems(status: InstallationStatus, facts: Facts, now: datetime) -> list[Problem]:
    """Say what is wrong, worst first."""
    found = [*_gateway(status, now), *_links(status, facts), *_kept(facts), *_scans(facts, now), *_jobs(facts)]
    return sorted(found, key=lambda problem: problem.severity)


def _gateway(status: InstallationStatus, now: datetime) -> Iterator[Problem]:
    if not status.is_running:
        yield Problem("no_gateway", Severity.BAD)
        return
    if not status.is_database_ok:
        yield Problem("database", Severity.BAD, {"reason": status.database_reason}, status.database_since)
    if status.routes_error:
        yield Problem("routes", Severity.BAD, {"reason": status.routes_error})
    if status.delivery_trouble:
        yield Problem("delivery", Severity.BAD, {"reason": status.delivery_trouble})
    if status.queue_oldest_at and now - status.queue_oldest_at > SLOW_QUEUE:
        yield Problem("queue", Severity.BAD, {"count": status.queue_length}, status.queue_oldest_at)


def _links(status: InstallationStatus, facts: Facts) -> Iterator[Problem]:
    if not status.is_running:
        return
    for connection_id, name in facts.enabled_connections:
        links = [link for link in status.links if link.connection_id == connection_id]
        if name in status.misconfigured:
            yield Problem("link_misconfigured", Severity.BAD, {"name": name, "reason": status.misconfigured[name]}, object_id=connection_id)
        elif any(link.is_draining for link in links):
            yield Problem("link_drained", Severity.NOTE, {"name": name}, object_id=connection_id)
        elif down := [link for link in links if not link.is_bound]:
            yield _down(name, down, len(links))


def _down(name: str, down: list[LinkReport], total: int) -> Problem:
    worst = max(down, key=lambda link: link.last_error_at or _LONG_AGO)
    values = {"name": name, "reason": worst.last_error, "up": total - len(down), "total": total, "next_try_at": worst.next_try_at}
    is_all = len(down) == total
    return Problem(
        "link_down" if is_all else "link_partly",
        Severity.BAD if is_all else Severity.NOTE,
        values,
        worst.last_error_at,
        worst.connection_id,
    )


def _kept(facts: Facts) -> Iterator[Problem]:
    if facts.quarantine_count:
        yield Problem("quarantine", Severity.BAD, {"count": facts.quarantine_count})
    if facts.free_bytes < LOW_DISK_BYTES:
        yield Problem("disk", Severity.BAD, {"megabytes": facts.free_bytes // 1_000_000})
    if facts.book_differences:
        yield Problem("books", Severity.BAD, {"count": facts.book_differences}, facts.books_checked_at)
    if facts.unmatched_waiting:
        yield Problem("unmatched", Severity.NOTE, {"count": facts.unmatched_waiting})
    if facts.open_orders:
        yield Problem("orders", Severity.NOTE, {"count": facts.open_orders})


def _scans(facts: Facts, now: datetime) -> Iterator[Problem]:
    if facts.scans_since and now - facts.scans_since > SLOW_SCANS:
        yield Problem("scans", Severity.NOTE, {"count": facts.scans_waiting}, facts.scans_since)


def _jobs(facts: Facts) -> Iterator[Problem]:
    if facts.late_count:
        yield Problem("late_jobs", Severity.BAD, {"count": facts.late_count})
    for failing in facts.failing[:FAILING_SHOWN]:
        values = {"name": failing.destination.name, "account": failing.destination.account.name, "count": failing.count}
        is_paused = failing.destination.paused_at is not None
        values |= {"reason": failing.last_error, "is_paused": is_paused, "next_try_at": None if is_paused else failing.next_attempt_at}
        yield Problem("failing_forward", Severity.NOTE, values)
    if facts.dead_count:
        yield Problem("dead_jobs", Severity.NOTE, {"count": facts.dead_count})
