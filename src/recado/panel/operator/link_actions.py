"""What an engineer does with a link: try it, drain it, resume it, switch it on and off.

What belongs here: the answers to buttons. What does not: pages (`links`), doing it (`apps.numbers.links`, the gateway).
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.connections.ports import GatewayUnavailableError, LinkToTry, installation
from recado.apps.connections.queries import get_connection
from recado.apps.numbers.links import drain_link, enable_link, resume_link
from recado.carriers.base import SettingsError
from recado.panel.operator.access import MAY_ENGINEER, OperatorRequest, operator_required
from recado.panel.operator.carrier_words import STEPS
from recado.panel.operator.links import show


@require_POST
@operator_required(MAY_ENGINEER)
def link_test(request: OperatorRequest, connection_id: int) -> HttpResponse:
    """Ask the message centre now and show every step with its answer."""
    connection = get_connection(connection_id)
    context: dict[str, Any] = {}
    try:
        steps = installation().test_link(LinkToTry(connection.pk, connection.name, connection.kind, connection.settings))
        context["trial"] = [(str(STEPS[step.name]), step) for step in steps]
    except SettingsError as error:
        context["trial_fault"] = str(error)
    except GatewayUnavailableError:
        context["trial_fault"] = _no_gateway()
    if request.headers.get("HX-Request"):
        return render(request, "panel/operator/links/_trial.html", context)
    return show(request, connection, **context)


@require_POST
@operator_required(MAY_ENGINEER)
def link_drain(request: OperatorRequest, connection_id: int) -> HttpResponse:
    """Finish what is under way on a link and take nothing new."""
    connection = get_connection(connection_id)
    try:
        drain_link(request.user, connection)
    except GatewayUnavailableError:
        messages.error(request, _no_gateway())
    else:
        messages.success(request, _("%(name)s finishes what is under way and takes nothing new.") % {"name": connection})
    return redirect("operator-link", connection_id)


@require_POST
@operator_required(MAY_ENGINEER)
def link_resume(request: OperatorRequest, connection_id: int) -> HttpResponse:
    """Open a drained link again."""
    connection = get_connection(connection_id)
    try:
        resume_link(request.user, connection)
    except GatewayUnavailableError:
        messages.error(request, _no_gateway())
    else:
        messages.success(request, _("%(name)s opens again.") % {"name": connection})
    return redirect("operator-link", connection_id)


@require_POST
@operator_required(MAY_ENGINEER)
def link_switch(request: OperatorRequest, connection_id: int) -> HttpResponse:
    """Open a link, or close it in order and keep it closed."""
    connection = get_connection(connection_id)
    is_enabled = request.POST.get("enabled") == "yes"
    enable_link(request.user, connection, is_enabled=is_enabled)
    told = _("%(name)s is enabled and connects.") if is_enabled else _("%(name)s is disabled: its links close in order and stay closed.")
    messages.success(request, told % {"name": connection})
    return redirect("operator-link", connection_id)


def _no_gateway() -> str:
    return _("No gateway runs in this process, so nobody was asked. Open the console of the process that runs it.")
