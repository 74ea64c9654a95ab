"""Importing a list in four steps: upload, columns, check, result; and undoing it.

What belongs here: requests and responses. What does not: files and writes (`apps.contacts.table_files`, `batches`).
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from recado.apps.contacts.batches import AlreadyBegunError, import_some, keep_table, rows_of, set_columns, start, start_undo, undo_some
from recado.apps.contacts.batches import check as checked
from recado.apps.contacts.columns import FIELDS, PHONE, ColumnFault, ColumnsError, check_columns
from recado.apps.contacts.models import ImportBatch
from recado.apps.contacts.queries import get_batch_for, get_group_for, groups_of, recent_batches
from recado.apps.contacts.table_files import MOST_BYTES, MOST_ROWS, Refusal, TableError, read_pasted, read_table
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.exporting import export_response
from recado.panel.ids import id_of
from recado.panel.recording import note

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PREVIEWED = 5
RECENT = 5
REFUSALS = {
    Refusal.EMPTY: gettext_lazy("There is nothing in it. Choose a file or paste a list."),
    Refusal.TOO_LARGE: gettext_lazy("The file is too large. Take at most 10 MB."),
    Refusal.TOO_MANY_ROWS: gettext_lazy("The list is too long. Take at most 50 000 rows at a time."),
    Refusal.NOT_A_TABLE: gettext_lazy("This is no table we can read. Save it as CSV or XLSX and try again."),
}
FAULTS = {
    ColumnFault.NO_PHONE: gettext_lazy("Say which column holds the phone number."),
    ColumnFault.TWICE: gettext_lazy("Two columns hold the same. Leave one out."),
}
FIELD_NAMES = {
    PHONE: gettext_lazy("Phone number"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "company": gettext_lazy("Company"),
    "email": gettext_lazy("E-mail address"),
    "tax_id": gettext_lazy("Tax number"),
    "address": gettext_lazy("Address"),
    "city": gettext_lazy("City"),
    "description": gettext_lazy("Description"),
}


@member_required
@may_configure
def upload(request: MemberRequest) -> HttpResponse:
    """Take a file or a pasted list."""
    problem = ""
    if request.method == "POST":
        file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
        try:
            batch = keep_table(request.account, request.user, _read(file, pasted), (file.name or "") if file else "")
        except TableError as error:
            problem = str(REFUSALS[error.reason])
        else:
            return redirect("import-mapping", batch.pk)
    context = {"step": 1, "problem": problem, "batches": recent_batches(request.account, RECENT), "rows": MOST_ROWS}
    return render(request, "panel/imports/upload.html", context, status=422 if problem else 200)


@member_required
@may_configure
def mapping(request: MemberRequest, batch_id: int) -> HttpResponse:
    """Say what the columns hold."""
    batch = get_batch_for(request.account, batch_id)
    if batch.state != ImportBatch.State.UPLOADED:
        return redirect("import-result", batch.pk)
    rows, problem = rows_of(batch), ""
    if request.method == "POST":
        columns = [_field(request.POST.get(f"column{place}", "")) for place in range(len(rows[0]))]
        set_columns(batch, columns, has_header="has_header" in request.POST)
        try:
            check_columns(columns)
        except ColumnsError as error:
            problem = str(FAULTS[error.fault])
        else:
            return redirect("import-check", batch.pk)
    preview = rows[batch.has_header :][:PREVIEWED]
    columns_shown = list(zip(batch.columns, rows[0] if batch.has_header else [""] * len(rows[0]), strict=True))
    context = {"step": 2, "batch": batch, "columns": columns_shown, "preview": preview, "fields": FIELD_NAMES.items(), "problem": problem}
    return render(request, "panel/imports/mapping.html", context, status=422 if problem else 200)


@member_required
@may_configure
def check(request: MemberRequest, batch_id: int) -> HttpResponse:
    """Show what would become of each row, and begin once a group is chosen."""
    batch = get_batch_for(request.account, batch_id)
    if batch.state != ImportBatch.State.UPLOADED:
        return redirect("import-result", batch.pk)
    try:
        check_columns(batch.columns)
    except ColumnsError:
        return redirect("import-mapping", batch.pk)
    if request.method == "POST":
        return _begin(request, batch)
    outcome = checked(batch)
    counts = {verdict.value: count for verdict, count in outcome.counts.items()}
    context = {
        "step": 3,
        "batch": batch,
        "counts": counts,
        "opted_out": outcome.opted_out,
        "usable": batch.row_count - counts["bad"],
        "groups": groups_of(request.account),
    }
    return render(request, "panel/imports/check.html", context)


def _begin(request: MemberRequest, batch: ImportBatch) -> HttpResponse:
    """Begin an import and take in what one request may; whoever is second finds it begun."""
    group_id = id_of(request.POST.get("group"))
    group = get_group_for(request.account, group_id) if group_id is not None else None
    with suppress(AlreadyBegunError):
        with transaction.atomic():
            start(batch, group, request.POST.get("new_group", "").strip()[:100] if group is None else "")
            note(request, "contact.imported", batch.filename or _("Pasted list"), batch.pk, after={"contacts": batch.row_count})
        import_some(batch)
    return redirect("import-result", batch.pk)


@require_safe
@member_required
@may_configure
def bad_rows(request: MemberRequest, batch_id: int) -> HttpResponse:
    """Give the rows without a usable phone number as a file."""
    batch = get_batch_for(request.account, batch_id)
    rows = rows_of(batch) if batch.table else [[""]]
    names = rows[0] if batch.has_header else [str(FIELD_NAMES.get(name, "")) for name in batch.columns]
    bad = checked(batch).bad if batch.table else []
    return export_response("csv", "recado-import-bad-rows", [_("Row"), *names], ([line, *row] for line, row in bad))


@require_POST
@member_required
@may_configure
def run(request: MemberRequest, batch_id: int) -> HttpResponse:
    """Go on with an import, or with undoing one."""
    batch = get_batch_for(request.account, batch_id)
    if batch.state == ImportBatch.State.RUNNING:
        import_some(batch)
    elif batch.state == ImportBatch.State.UNDOING:
        undo_some(batch)
    return redirect("import-result", batch.pk)


@require_safe
@member_required
@may_configure
def result(request: MemberRequest, batch_id: int) -> HttpResponse:
    """Show how far an import is and what it did."""
    batch = get_batch_for(request.account, batch_id)
    if batch.state == ImportBatch.State.UPLOADED:
        return redirect("import-mapping", batch.pk)
    return render(request, "panel/imports/result.html", {"step": 4, "batch": batch})


@require_POST
@member_required
@may_configure
def undo(request: MemberRequest, batch_id: int) -> HttpResponse:
    """Take an import back."""
    batch = get_batch_for(request.account, batch_id)
    with transaction.atomic():
        begun = start_undo(batch)
        if begun:
            note(request, "contact.import_undone", batch.filename or _("Pasted list"), batch.pk)
    if begun:
        undo_some(batch)
    else:
        messages.warning(request, _("There is nothing to undo."))
    return redirect("import-result", batch.pk)


def _read(file: "UploadedFile[Any] | None", pasted: str) -> list[list[str]]:
    if file is None:
        return read_pasted(pasted)
    if (file.size or 0) > MOST_BYTES:
        raise TableError(Refusal.TOO_LARGE)
    return read_table(file.read())


def _field(given: str) -> str:
    return given if given in FIELDS else ""
