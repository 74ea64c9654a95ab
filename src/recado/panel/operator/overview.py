"""The console's first page: how the installation is, what needs somebody first. Its live part asks for itself every few seconds.

What belongs here: the page. What does not: the figures (`apps.installation`), health for machines (`/healthz`).
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recado.apps.connections.ports import InstallationStatus, installation
from recado.apps.installation.health import problems
from recado.apps.installation.queries import facts
from recado.panel.operator.access import OperatorRequest, operator_required
from recado.panel.operator.problem_words import told

SECONDS_A_MINUTE = 60


@require_safe
@operator_required()
def overview(request: OperatorRequest) -> HttpResponse:
    """Show how the installation is; only the live part where a script asks for it."""
    is_part = request.GET.get("part") == "live"
    return render(request, f"panel/operator/{'_overview_live' if is_part else 'overview'}.html", _now())


def _now() -> dict[str, Any]:
    status, known, now = installation().status(), facts(), timezone.now()
    found = [told(problem) for problem in problems(status, known, now)]
    return {
        "status": status,
        "facts": known,
        "now": now,
        "problems": found,
        "is_bad": any(problem.is_bad for problem in found),
        "received_per_minute": per_minute(status.received, now.second),
        "sent_per_minute": per_minute(status.sent, now.second),
        "queue_seconds": (now - status.queue_oldest_at).seconds if status.queue_oldest_at else 0,
        "links_up": sum(link.is_bound for link in status.links),
        "carriers": _carriers(status),
    }


def per_minute(counts: Sequence[int], seconds: int) -> int:
    """Estimate the rate of the last sixty seconds from the minute that runs and the one before."""
    return round(counts[-1] + counts[-2] * (SECONDS_A_MINUTE - seconds) / SECONDS_A_MINUTE)


def _carriers(status: InstallationStatus) -> list[dict[str, Any]]:
    """Group the links by connection, as they come."""
    grouped: dict[int, dict[str, Any]] = {}
    for link in status.links:
        entry = grouped.setdefault(link.connection_id, {"id": link.connection_id, "name": link.connection_name, "links": []})
        entry["links"].append(link)
    return list(grouped.values())
