"""The activity log: who changed what, before and after, and its export.

What belongs here: requests and responses. What does not: the log (`apps.audit`), its sentences (`panel.audit_words`).
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.audit.models import AuditEntry
from recado.apps.audit.queries import entries_of, page_of
from recado.panel.access import MemberRequest, may_manage, member_required
from recado.panel.audit_words import differences, sentence
from recado.panel.exporting import Cell, export_response
from recado.panel.forms.activity import ActivityForm
from recado.panel.ids import id_of

PAGE = 50


@require_safe
@member_required
@may_manage
def activity(request: MemberRequest) -> HttpResponse:
    """Show what was changed, newest first, narrowed by person, kind and days."""
    form = ActivityForm(request.account, request.GET)
    before = request.GET.get("before", "")
    found, older = page_of(entries_of(request.account, form.search()), PAGE, before_id=id_of(before))
    rows = [(entry, sentence(entry), differences(entry)) for entry in found]
    is_narrowed = any(request.GET.get(name) for name in form.fields)
    context = {"form": form, "rows": rows, "older": older, "is_narrowed": is_narrowed, "is_paged": bool(before)}
    return render(request, "panel/settings/activity.html", context)


@require_safe
@member_required
@may_manage
def activity_export(request: MemberRequest) -> HttpResponse:
    """Give what the page shows, all pages of it, as a CSV file."""
    entries = entries_of(request.account, ActivityForm(request.account, request.GET).search())
    header = [_("Time"), _("Person"), _("Staff of the installation"), _("What"), _("Field"), _("Before"), _("After")]
    return export_response("csv", f"recado-activity-{timezone.localdate():%Y-%m-%d}", header, _rows(entries))


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[list[Cell]]:
    """Yield a row for each field that changed."""
    for entry in entries.iterator(chunk_size=1000):
        what: list[Cell] = [entry.at, entry.actor, _("Yes") if entry.is_operator else _("No"), sentence(entry)]
        for field, before, after in differences(entry) or [("", "", "")]:
            yield [*what, field, before, after]
