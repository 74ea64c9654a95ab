"""The audit log of the whole installation: searching and taking it away.

What belongs here: requests and responses. What does not: the log (`apps.audit`), its sentences (`panel.audit_words`), that of one account
(`panel.settings.activity`).
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.audit.models import AuditEntry
from recado.apps.audit.queries import all_entries, page_of
from recado.panel.audit_words import differences, sentence
from recado.panel.exporting import Cell, export_response
from recado.panel.forms.operator_team import AuditForm
from recado.panel.ids import id_of
from recado.panel.operator.access import OperatorRequest, operator_required
from recado.panel.operator.team import MAY_LOOK

PAGE = 50


@require_safe
@operator_required(MAY_LOOK)
def audit(request: OperatorRequest) -> HttpResponse:
    """Show what was changed anywhere, newest first."""
    form, before = AuditForm(request.GET), request.GET.get("before", "")
    found, older = page_of(all_entries(form.search()), PAGE, before_id=id_of(before))
    context = {
        "form": form,
        "rows": [(entry, sentence(entry), differences(entry)) for entry in found],
        "older": older,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "is_paged": bool(before),
    }
    return render(request, "panel/operator/team/audit.html", context)


@require_safe
@operator_required(MAY_LOOK)
def audit_export(request: OperatorRequest) -> HttpResponse:
    """Give what the page shows, all pages of it, as a CSV file."""
    header = [_("Time"), _("Person"), _("Staff of the installation"), _("Account"), _("What"), _("Field"), _("Before"), _("After")]
    entries = all_entries(AuditForm(request.GET).search())
    return export_response("csv", f"recado-audit-{timezone.localdate():%Y-%m-%d}", header, _rows(entries))


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[list[Cell]]:
    """Yield a row for each field that changed."""
    for entry in entries.iterator(chunk_size=1000):
        staff, account = _("Yes") if entry.is_operator else _("No"), entry.account.name if entry.account else ""
        what: list[Cell] = [entry.at, entry.actor, staff, account, sentence(entry)]
        for field, before, after in differences(entry) or [("", "", "")]:
            yield [*what, field, before, after]
