"""The console's first page: how the installation is, what needs somebody first.

What belongs here: the page. What does not: the figures (`apps`), health for machines (`/healthz`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.panel.operator.access import OperatorRequest, operator_required


@require_safe
@operator_required()
def overview(request: OperatorRequest) -> HttpResponse:
    """Show how the installation is."""
    return render(request, "panel/operator/overview.html")
