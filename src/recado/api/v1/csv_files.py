"""Tables as CSV for programs: UTF-8, one row of names, values as the API writes them elsewhere; sent while they are read.

What belongs here: how rows become a file. What does not: which rows. Files for people, in their language and safe to open in a
spreadsheet, are the panel's (`panel.exporting`): there a cell that could begin a formula gets an apostrophe, here nothing is changed.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from itertools import islice
from typing import Any, TypeAlias

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

Cell: TypeAlias = str | int | datetime | date | None
CSV_TYPE = "text/csv; charset=utf-8"
CSV_ANSWER: dict[str, Any] = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}
"""What the description of an operation says of its answer: `openapi_extra`."""
_AT_ONCE = 500


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """Answer with a table; `name` is the file's, without its ending."""
    response = StreamingHttpResponse(_pieces(header, iter(rows)), content_type=CSV_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.csv") or "attachment"
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _pieces(header: Sequence[str], rows: Iterator[Sequence[Cell]]) -> Iterator[str]:
    portion: list[Sequence[Cell]] = [header]
    while portion:
        target = StringIO()
        csv.writer(target).writerows([_written(cell) for cell in row] for row in portion)
        yield target.getvalue()
        portion = list(islice(rows, _AT_ONCE))


def _written(cell: Cell) -> str | int:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
