"""`/imports/{import_id}` before it is run: what would become of each row, and the rows that are no use.

What belongs here: these routes. What does not: sending, naming columns, running and undoing (`imports`), what columns and rows mean
(`apps.contacts.columns`, `batches`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponseBase
from ninja import Path, Router

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.csv_files import CSV_ANSWER, Cell, csv_response
from recado.api.v1.import_shapes import CheckOut
from recado.api.v1.problems import Problem, ProblemOut, conflict
from recado.api.v1.shapes import Id
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.batches import check, rows_of
from recado.apps.contacts.columns import ColumnFault, ColumnsError, Verdict, check_columns
from recado.apps.contacts.models import ImportBatch
from recado.apps.contacts.queries import get_batch_for

router = Router(tags=["Imports"])
_FAULTS = {
    ColumnFault.NO_PHONE: "No column holds the phone. Say which one with edit_import.",
    ColumnFault.TWICE: "Two columns hold the same. Leave one out with edit_import.",
}


@router.get(
    "/{import_id}/check",
    auth=key(Scope.CONTACTS_READ),
    response={200: CheckOut, 409: ProblemOut},
    operation_id="check_import",
    summary="Check a list",
)
def checked(request: ProgramRequest, import_id: Path[Id]) -> CheckOut:
    """Say what would become of each row; nothing is changed. Refused (409) once it was begun, and while no column is known as the phone."""
    batch = waiting(request, import_id)
    _check_columns(batch)
    outcome = check(batch)
    counts = {verdict.value: count for verdict, count in outcome.counts.items()}
    return CheckOut(**counts, usable=batch.row_count - outcome.counts[Verdict.BAD], opted_out=outcome.opted_out)


@router.get(
    "/{import_id}/bad-rows",
    auth=key(Scope.CONTACTS_READ),
    response={409: ProblemOut},
    operation_id="get_bad_rows",
    summary="Give the rows without a usable phone",
    openapi_extra=CSV_ANSWER,
)
def bad_rows(request: ProgramRequest, import_id: Path[Id]) -> HttpResponseBase:
    """Give the rows that will be left out as a CSV file, with their place in the list; refused (409) once it was begun."""
    batch = waiting(request, import_id)
    _check_columns(batch)
    names = rows_of(batch)[0] if batch.has_header else batch.columns
    return csv_response("bad-rows", ["row", *names], _numbered(check(batch).bad))


def columns_unclear(error: ColumnsError) -> Problem:
    """Say that columns cannot be imported as they are named."""
    return conflict("columns-unclear", _FAULTS[error.fault])


def waiting(request: ProgramRequest, import_id: int) -> ImportBatch:
    """Find an import that was not begun; raise Problem."""
    batch = get_batch_for(request.account, import_id)
    if batch.state != ImportBatch.State.UPLOADED:
        raise conflict("already-begun", "The import was begun. get_import says what it did; undo_import takes it back.")
    return batch


def _check_columns(batch: ImportBatch) -> None:
    try:
        check_columns(batch.columns)
    except ColumnsError as error:
        raise columns_unclear(error) from error


def _numbered(rows: Sequence[tuple[int, Sequence[Any]]]) -> Iterator[list[Cell]]:
    for line, row in rows:
        yield [line, *row]
