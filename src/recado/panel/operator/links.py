"""Carriers in the console: the list of links, one link with its settings, adding one.

What belongs here: pages and forms. What does not: what can be done with a link (`link_actions`), changing it (`apps.numbers.links`).
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recado.apps.audit.models import AuditEntry
from recado.apps.audit.queries import changes_of
from recado.apps.connections.mail_address import is_mailed_to, mail_address
from recado.apps.connections.models import Connection
from recado.apps.connections.ports import InstallationStatus, LinkReport, installation
from recado.apps.connections.queries import carrier_log, connections, errors_of, events_of, get_connection
from recado.apps.numbers.links import add_link, change_link
from recado.carriers.base import SettingsError
from recado.carriers.registry import CARRIERS, carrier_kind
from recado.panel.audit_words import differences, sentence
from recado.panel.forms.link import LinkForm
from recado.panel.ids import id_of
from recado.panel.operator.access import MAY_ENGINEER, OperatorRequest, operator_required
from recado.panel.operator.setting_words import translated

LAST_ENTRIES = 5
LAST_CHANGES = 10
EXAMPLE_NUMBER = "48503340503"
"""In the address that names a number."""


@require_safe
@operator_required()
def link_list(request: OperatorRequest) -> HttpResponse:
    """Show every connection with its links as they are now."""
    status = installation().status()
    entries = [_entry(connection, status) for connection in connections()]
    is_part = request.GET.get("part") == "live"
    template = "links/_list.html" if is_part else "links/list.html"
    return render(request, f"panel/operator/{template}", {"entries": entries, "status": status, "kinds": _kinds()})


@require_safe
@operator_required()
def link(request: OperatorRequest, connection_id: int) -> HttpResponse:
    """Show one connection; only how its links are where a script asks for it."""
    connection = get_connection(connection_id)
    if request.GET.get("part") == "live":
        return render(request, "panel/operator/links/_now.html", _entry(connection, installation().status()))
    return show(request, connection, _form(request, connection))


@require_POST
@operator_required(MAY_ENGINEER)
def link_settings(request: OperatorRequest, connection_id: int) -> HttpResponse:
    """Save the settings of a connection."""
    connection = get_connection(connection_id)
    form = _form(request, connection, request.POST)
    try:
        if not form.is_valid():
            return show(request, connection, form, status=422)
        is_changed = change_link(request.user, connection, form.settings())
    except SettingsError as error:
        form.add_error(None, str(error))
        return show(request, connection, form, status=422)
    if is_changed:
        messages.success(request, _("%(name)s is changed. Its links close in order and open with the new settings.") % {"name": connection})
    else:
        messages.info(request, _("Nothing was different."))
    return redirect("operator-link", connection_id)


@require_http_methods(["GET", "POST"])
@operator_required(MAY_ENGINEER)
def link_new(request: OperatorRequest) -> HttpResponse:
    """Add a connection of a kind."""
    name = request.GET.get("kind", CARRIERS[0].name)
    kind = next((one for one in CARRIERS if one.name == name), CARRIERS[0])
    form = LinkForm(kind, request.POST or None, stored={}, is_new=True, may_set_secrets=request.may_manage_team)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_link(request.user, form.cleaned_data["link_name"], kind.name, form.settings())
        except SettingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is there and connects now. Give it numbers next.") % {"name": added})
            return redirect("operator-link", added.pk)
    status = 422 if form.is_bound else 200
    return render(request, "panel/operator/links/new.html", {"form": form, "kind": kind, "kinds": _kinds()}, status=status)


@require_safe
@operator_required()
def link_log(request: OperatorRequest, connection_id: int) -> HttpResponse:
    """Show what went wrong with a carrier, newest first, all of it or one kind of event."""
    connection = get_connection(connection_id)
    event, before = request.GET.get("event", ""), request.GET.get("before", "")
    page = carrier_log(connection, event=event[:40], before=id_of(before))
    context = {"connection": connection, "page": page, "event": event, "events": events_of(connection)}
    return render(request, "panel/operator/links/log.html", context)


def show(request: OperatorRequest, connection: Connection, form: LinkForm | None = None, *, status: int = 200, **more: Any) -> HttpResponse:
    """Answer with the page of a connection."""
    context = {
        **_entry(connection, installation().status()),
        "form": form or _form(request, connection),
        "kind": carrier_kind(connection.kind),
        "called_at": _called_at(request, connection),
        **_mailed_to(request, connection),
        "errors": errors_of(connection),
        "log": carrier_log(connection).items[:LAST_ENTRIES],
        "changes": _changes(connection),
        **more,
    }
    return render(request, "panel/operator/links/detail.html", context, status=status)


def _called_at(request: OperatorRequest, connection: Connection) -> str:
    """Return the address the carrier calls; empty where we call."""
    path = carrier_kind(connection.kind).called_at
    return request.build_absolute_uri(path.format(id=connection.pk)) if path else ""


def _mailed_to(request: OperatorRequest, connection: Connection) -> dict[str, Any]:
    """Return the addresses the carrier mails to, for those who may change the link: whoever knows them can hand in messages."""
    if not is_mailed_to(connection):
        return {}
    try:
        addresses = [mail_address(connection), mail_address(connection, EXAMPLE_NUMBER)] if request.may_engineer else []
    except SettingsError:  # the form says what is wrong
        return {}
    return {"is_mailed_to": request.may_engineer, "mail_addresses": [one for one in addresses if one]}


def _changes(connection: Connection) -> list[dict[str, Any]]:
    entries = changes_of("link", connection.pk, LAST_CHANGES)
    labels = {setting.name: translated(setting.label) for setting in carrier_kind(connection.kind).fields}
    return [
        {
            "entry": entry,
            "sentence": sentence(entry),
            "fields": [(labels.get(name, shown), before, after) for name, (shown, before, after) in _named(entry)],
        }
        for entry in entries
    ]


def _named(entry: AuditEntry) -> Iterable[tuple[str, tuple[str, str, str]]]:
    """Pair every changed field's name in the database with what the log says of it; of a new link there is nothing to compare."""
    if not entry.before:
        return ()
    names = [*entry.after, *(name for name in entry.before if name not in entry.after)]
    return zip(names, differences(entry), strict=True)


def _form(request: OperatorRequest, connection: Connection, data: Any = None) -> LinkForm:
    kind = carrier_kind(connection.kind)
    return LinkForm(kind, data, stored=connection.settings, may_set_secrets=request.may_manage_team)


def _entry(connection: Connection, status: InstallationStatus) -> dict[str, Any]:
    links: list[LinkReport] = [one for one in status.links if one.connection_id == connection.pk]
    return {
        "connection": connection,
        "kind_name": translated(carrier_kind(connection.kind).label),
        "links": links,
        "status": status,
        "misconfigured": status.misconfigured.get(connection.name, ""),
        "is_draining": any(one.is_draining for one in links),
        "is_up": bool(links) and all(one.is_bound for one in links),
    }


def _kinds() -> list[tuple[str, str, str]]:
    return [(kind.name, translated(kind.label), translated(kind.summary)) for kind in CARRIERS]
