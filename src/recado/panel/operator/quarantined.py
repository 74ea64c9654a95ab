"""Quarantine in the console: what could not be processed, as octets and as far as it was read, tried again or settled.

What belongs here: requests and answers. What does not: processing it (`apps.connections.services`), jobs (`jobs`).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.connections.ports import GatewayUnavailableError, NotProcessedError
from recado.apps.connections.queries import decoded, get_quarantined, quarantine
from recado.apps.connections.services import BeingRetriedError, retry_quarantined, settle_quarantined
from recado.panel.ids import id_of
from recado.panel.operator.access import MAY_ENGINEER, OperatorRequest, operator_required


@require_safe
@operator_required()
def quarantine_list(request: OperatorRequest) -> HttpResponse:
    """Show a page of what waits, or of what is settled."""
    is_open, before = request.GET.get("state") != "settled", request.GET.get("before", "")
    page = quarantine(is_open=is_open, before=id_of(before))
    return render(request, "panel/operator/jobs/quarantine.html", {"page": page, "is_open": is_open})


@require_safe
@operator_required()
def quarantined(request: OperatorRequest, quarantine_id: int) -> HttpResponse:
    """Show one thing that could not be processed."""
    item = get_quarantined(quarantine_id)
    return render(request, "panel/operator/jobs/quarantined.html", {"item": item, "decoded": decoded(item)})


@require_POST
@operator_required(MAY_ENGINEER)
def quarantined_again(request: OperatorRequest, quarantine_id: int) -> HttpResponse:
    """Have it processed once more."""
    try:
        retry_quarantined(request.user, get_quarantined(quarantine_id))
    except NotProcessedError as error:
        messages.error(request, _("It broke again and stays here: %(reason)s") % {"reason": error})
    except BeingRetriedError:
        messages.info(request, _("It was tried a moment ago, or is settled. Wait half a minute before the next try."))
    except GatewayUnavailableError:
        messages.error(request, _("No gateway runs in this process, so nobody was asked. Open the console of the process that runs it."))
    else:
        messages.success(request, _("It is processed, and leaves the quarantine."))
    return redirect("operator-quarantined", quarantine_id)


@require_POST
@operator_required(MAY_ENGINEER)
def quarantined_settled(request: OperatorRequest, quarantine_id: int) -> HttpResponse:
    """Take note that nothing more is to be done about it."""
    settle_quarantined(request.user, get_quarantined(quarantine_id))
    messages.success(request, _("It is settled. It stays readable here."))
    return redirect("operator-quarantine")
