"""Reads what the database says about the installation's health, over all accounts.

What belongs here: bounded figures for a page that asks every few seconds. What does not: what they mean (`health`), the gateway's own
figures (`apps.connections.ports`), lists (`apps.connections.queries`, `apps.outbox.dead_letters`).
"""

import shutil
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max, Sum
from django.utils import timezone

from recado.apps.billing.models import CheckResult
from recado.apps.connections.models import Connection
from recado.apps.connections.queries import open_quarantine_count
from recado.apps.dialogues.unmatched import waiting_count
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.media.scanning import WaitingScans, waiting_scans
from recado.apps.orders.queries import open_order_count
from recado.apps.outbox.backlog import FailingDestination, Waiting, failing_destinations, late_count, waiting_jobs
from recado.apps.outbox.dead_letters import dead_count

CEILING = 1000
"""Beyond this many nobody counts."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database and the machine say."""

    enabled_connections: tuple[tuple[int, str], ...]
    quarantine_count: int
    dead_count: int
    late_count: int
    waiting: tuple[Waiting, ...]
    failing: tuple[FailingDestination, ...]
    unmatched_today: int
    unmatched_waiting: int
    """Those of any day that nobody has given away or set aside."""
    free_bytes: int
    open_orders: int = 0
    """Numbers customers ordered and wait for."""
    book_differences: int = 0
    """What the last recount of the books found."""
    books_checked_at: datetime | None = None
    scans_waiting: int = 0
    """Files that wait for the virus scanner; none where there is no scanner."""
    scans_since: datetime | None = None
    """When the oldest of them came."""

    @property
    def waiting_count(self) -> int:
        """How many jobs wait, of all kinds."""
        return sum(one.count for one in self.waiting)


def facts() -> Facts:
    """Gather them now."""
    return Facts(
        tuple(Connection.objects.filter(is_enabled=True).order_by("name").values_list("id", "name")),
        open_quarantine_count(),
        dead_count(),
        late_count(timezone.now()),
        tuple(waiting_jobs()),
        tuple(failing_destinations()),
        unmatched_since(timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)),
        waiting_count(CEILING),
        free_bytes(),
        open_order_count(),
        *_books(),
        *scans(),
    )


def scans() -> WaitingScans:
    """Say what waits for the virus scanner, and since when."""
    return waiting_scans() if settings.RECADO.clamav else WaitingScans(0, None)


def _books() -> tuple[int, datetime | None]:
    """Return how many differences the last recount found, and when that was."""
    found = CheckResult.objects.aggregate(count=Sum("difference_count"), at=Max("checked_at"))
    return found["count"] or 0, found["at"]


def unmatched_since(moment: datetime) -> int:
    """Count messages that are nobody's and came since a moment, up to a ceiling."""
    return Message.objects.filter(account=None, pk__gte=first_id_at(moment))[:CEILING].count()


def free_bytes() -> int:
    """Say how much room the disk of the data folder has."""
    folder = settings.RECADO.data
    return shutil.disk_usage(folder if folder.exists() else folder.parent).free
