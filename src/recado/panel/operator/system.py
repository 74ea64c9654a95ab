"""The system page of the console: what the installation runs with, and whether that is in order.

What belongs here: the page. What does not: looking (`apps.installation`).
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.connections.ports import installation
from recado.apps.installation.checkup import Severity, examine
from recado.apps.installation.system import system as look
from recado.panel.operator.access import OperatorRequest, operator_required

LOOKS = {
    Severity.GOOD: ("circle-check", "c-chip--good"),
    Severity.NOTE: ("info-circle", "c-chip--warn"),
    Severity.BAD: ("alert-circle", "c-chip--bad"),
}


@require_safe
@operator_required()
def system(request: OperatorRequest) -> HttpResponse:
    """Show version, database, disk, settings in force and what the examinations found."""
    findings = sorted(examine(settings.RECADO, is_serving=True), key=lambda finding: -finding.severity.value)
    shown = [(finding, finding.severity.name, *LOOKS[finding.severity]) for finding in findings]
    context = {"system": look(), "findings": shown, "status": installation().status()}
    return render(request, "panel/operator/system.html", context)
