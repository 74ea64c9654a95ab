"""The activity log: who changed what, before and after, and its export.

What belongs here: requests and responses. What does not: the log (`apps.audit`), its sentences (`panel.audit_words`).
"""

import csv
from collections.abc import Iterator
from io import StringIO

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
from recado.panel.forms.activity import ActivityForm

PAGE = 50
LONGEST_EXPORT = 50_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@require_safe
@member_required
@may_manage
def activity(request: MemberRequest) -> HttpResponse:
    """Show what was changed, newest first, narrowed by person, kind and days."""
    form = ActivityForm(request.account, request.GET)
    before = request.GET.get("before", "")
    found, older = page_of(entries_of(request.account, form.search()), PAGE, before_id=int(before) if before.isdecimal() else None)
    rows = [(entry, sentence(entry), differences(entry)) for entry in found]
    is_narrowed = any(request.GET.get(name) for name in form.fields)
    context = {"form": form, "rows": rows, "older": older, "is_narrowed": is_narrowed, "is_paged": bool(before)}
    return render(request, "panel/settings/activity.html", context)


@require_safe
@member_required
@may_manage
def activity_export(request: MemberRequest) -> HttpResponse:
    """Give what the page shows, all pages of it, as a CSV file."""
    entries = entries_of(request.account, ActivityForm(request.account, request.GET).search())[:LONGEST_EXPORT]
    response = HttpResponse(_lines(entries), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="recado-activity-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


def _lines(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """Yield the file line by line; the mark in front tells spreadsheets that it is UTF-8."""
    yield "\ufeff"
    yield _line([_("Time"), _("Person"), _("Staff of the installation"), _("What"), _("Field"), _("Before"), _("After")])
    for entry in entries.iterator(chunk_size=1000):
        staff = _("Yes") if entry.is_operator else _("No")
        what = [timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"), entry.actor, staff, sentence(entry)]
        for field, before, after in differences(entry) or [("", "", "")]:
            yield _line([*what, field, before, after])


def _line(cells: list[str]) -> str:
    """Write one line; what a spreadsheet would take for a formula gets an apostrophe in front."""
    written = StringIO()
    csv.writer(written).writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return written.getvalue()
