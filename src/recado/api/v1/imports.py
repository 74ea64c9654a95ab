"""`/imports`: lists of people, taken in piece by piece; checked before, and taken back if need be.

What belongs here: routes. What does not: shapes (`import_shapes`), looking before running (`import_checking`), reading files and the
work itself (`apps.contacts.table_files`, `batches`).
"""

from collections.abc import Sequence

from django.db import transaction
from ninja import File, Form, Path, Router, Status
from ninja.files import UploadedFile

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.contact_shapes import asked_group
from recado.api.v1.import_checking import columns_unclear, waiting
from recado.api.v1.import_shapes import (
    ColumnsIn,
    ImportIn,
    ImportOptions,
    ImportOut,
    Into,
    ShownImportOut,
    import_out,
    shown_import_out,
)
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.batches import (
    AlreadyBegunError,
    import_some,
    keep_table,
    rows_of,
    set_columns,
    start,
    start_undo,
    undo_some,
)
from recado.apps.contacts.columns import FIELDS, ColumnFault, ColumnsError, check_columns
from recado.apps.contacts.models import ImportBatch
from recado.apps.contacts.queries import batches_of, get_batch_for
from recado.apps.contacts.table_files import MOST_BYTES, Refusal, TableError, read_table

router = Router(tags=["Imports"])
State = ImportBatch.State
_REFUSALS = {
    Refusal.EMPTY: "is empty",
    Refusal.TOO_LARGE: "is too large; send at most 10 MB",
    Refusal.TOO_MANY_ROWS: "is too long; send at most 50,000 rows at a time",
    Refusal.NOT_A_TABLE: "is no table we can read; send CSV or XLSX",
}


@router.get("", auth=key(Scope.CONTACTS_READ), response=Page[ImportOut], operation_id="list_imports", summary="List imports")
def list_imports(request: ProgramRequest, paging: PagingQuery) -> Page[ImportOut]:
    """Show the latest first, with lists that wait to be imported."""
    return newest_first(batches_of(request.account), paging, import_out)


@router.post(
    "", auth=key(Scope.CONTACTS_WRITE), response={201: ShownImportOut, 409: ProblemOut}, operation_id="add_import", summary="Send a list"
)
def add(request: ProgramRequest, body: ImportIn) -> Status[ShownImportOut]:
    """At most 20,000 people as JSON. With `run` they are imported at once; otherwise the list waits a day to be checked and run."""
    return _kept(request, body.table(), body.name.strip(), body, FIELDS)


@router.post(
    "/file",
    auth=key(Scope.CONTACTS_WRITE),
    response={201: ShownImportOut, 409: ProblemOut},
    operation_id="upload_import",
    summary="Upload a list as a file",
)
def upload(request: ProgramRequest, file: File[UploadedFile], options: Form[ImportOptions]) -> Status[ShownImportOut]:
    """CSV in any usual encoding and separator, or XLSX. What the columns hold is guessed from their names; look before running it."""
    if (file.size or 0) > MOST_BYTES:
        raise invalid("file", _REFUSALS[Refusal.TOO_LARGE])
    try:
        rows = read_table(file.read())
    except TableError as error:
        raise invalid("file", _REFUSALS[error.reason]) from error
    return _kept(request, rows, (file.name or "").replace("\0", ""), options, None)


@router.get("/{import_id}", auth=key(Scope.CONTACTS_READ), response=ShownImportOut, operation_id="get_import", summary="Show an import")
def show(request: ProgramRequest, import_id: Path[Id]) -> ShownImportOut:
    """How far it is and what it did."""
    return shown_import_out(get_batch_for(request.account, import_id))


@router.patch(
    "/{import_id}",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: ShownImportOut, 409: ProblemOut},
    operation_id="edit_import",
    summary="Say what the columns hold",
)
@transaction.atomic
def edit(request: ProgramRequest, import_id: Path[Id], body: ColumnsIn) -> ShownImportOut:
    """Exactly one column must be `phone`; an empty name leaves a column out."""
    batch = waiting(request, import_id)
    columns, width = [one.value for one in body.columns], len(rows_of(batch)[0])
    if len(columns) != width:
        raise invalid("body.columns", f"must name all {width} columns, the empty text for one that is left out")
    try:
        check_columns(columns)
    except ColumnsError as error:
        said = {ColumnFault.NO_PHONE: "must contain `phone`", ColumnFault.TWICE: "must not contain the same twice"}
        raise invalid("body.columns", said[error.fault]) from error
    set_columns(batch, columns, has_header=batch.has_header if body.has_header is None else body.has_header)
    return shown_import_out(batch)


@router.post(
    "/{import_id}/run",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: ImportOut, 409: ProblemOut},
    operation_id="run_import",
    summary="Import a list",
)
def run(request: ProgramRequest, import_id: Path[Id], body: Into) -> ImportOut:
    """Begin or go on: one call takes in at most 5,000 people. Call it again until `state` is `done`; then it changes nothing."""
    batch = get_batch_for(request.account, import_id)
    if batch.state == State.UNDOING:
        raise conflict("being-undone", "The import is being undone. Go on with undo_import.")
    if batch.state == State.UPLOADED:
        _begin(request, batch, body)
    if batch.state == State.RUNNING:
        import_some(batch)
    return import_out(batch)


@router.post(
    "/{import_id}/undo",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: ImportOut, 409: ProblemOut},
    operation_id="undo_import",
    summary="Undo an import",
)
def undo(request: ProgramRequest, import_id: Path[Id]) -> ImportOut:
    """Take back what is still as the import left it, at most 5,000 people at a call. Call it again until `state` is `undone`."""
    batch = get_batch_for(request.account, import_id)
    with transaction.atomic():
        if start_undo(batch):
            note(request, "contact.import_undone", batch.filename, batch.pk)
    if batch.state in {State.UPLOADED, State.RUNNING}:
        raise conflict("nothing-to-undo", "The import is not done. Finish it with run_import first.")
    if batch.state == State.UNDOING:
        undo_some(batch)
    return import_out(batch)


def _kept(
    request: ProgramRequest, rows: list[list[str]], name: str, options: ImportOptions, columns: Sequence[str] | None
) -> Status[ShownImportOut]:
    """Keep a list; with `run` begin it, too, or keep nothing."""
    with transaction.atomic():
        batch = keep_table(request.account, None, rows, name, columns=columns)
        if options.run:
            _begin(request, batch, options)
    if options.run:
        import_some(batch)
    return Status(201, shown_import_out(batch))


@transaction.atomic
def _begin(request: ProgramRequest, batch: ImportBatch, into: Into) -> None:
    group = asked_group(request.account, into.group_id, "body.group_id")
    try:
        start(batch, group, (into.new_group or "").strip())
    except ColumnsError as error:
        raise columns_unclear(error) from error
    except AlreadyBegunError:  # the other one is asked what it did
        batch.refresh_from_db()
    else:
        note(request, "contact.imported", batch.filename, batch.pk, after={"contacts": batch.row_count})
