"""Tables people take away: CSV and XLSX files of any length in little memory.

What belongs here: how rows become a file. What does not: which rows (`queries` of the apps), who may have them (the views).

CSV is the plain kind of RFC 4180, with commas and a byte order mark: programs everywhere read it, and spreadsheets take it for UTF-8. No
separator suits the spreadsheets of all countries; who opens the file in one takes XLSX, which needs no guessing.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeAlias, TypeVar, cast

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook

Cell: TypeAlias = str | int | float | bool | datetime | None
Rows: TypeAlias = Iterable[Sequence[Cell]]
Response = TypeVar("Response", bound=HttpResponseBase)

MOST_ROWS = 1_000_000
"""What a sheet holds, a header left aside; longer exports end there, and pages say so."""
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AT_ONCE = 500
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def export_response(kind: str, name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """Answer with a table in the kind of file asked for: `xlsx`, else CSV. `name` is the file's, without its ending."""
    make = xlsx_response if kind == "xlsx" else csv_response
    response = make(f"{name}.{'xlsx' if kind == 'xlsx' else 'csv'}", header, rows)
    return cast("HttpResponse", response)  # served like one; only its base class is another


def csv_response(filename: str, header: Sequence[str], rows: Rows) -> StreamingHttpResponse:
    """Answer with a CSV file that is sent while the rows are read."""
    response = StreamingHttpResponse(_csv_pieces(header, _in_portions(rows)), content_type=CSV_TYPE)
    return _as_download(response, filename)


def xlsx_response(filename: str, header: Sequence[str], rows: Rows) -> FileResponse:
    """Answer with an XLSX file, written to the disk row by row before it is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it, and then it is gone
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options | {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [inert(title) for title in header], book.add_format({"bold": True}))
        position = 0
        for portion in _in_portions(islice(rows, MOST_ROWS)):
            for row in portion:
                position += 1
                sheet.write_row(position, 0, [_for_sheet(cell) for cell in row])
    file.seek(0)
    return _as_download(FileResponse(file, content_type=XLSX_TYPE), filename)


def inert(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: an apostrophe goes before what could begin one."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def _as_download(response: Response, filename: str) -> Response:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _csv_pieces(header: Sequence[str], portions: Iterator[list[Sequence[Cell]]]) -> Iterator[str]:
    lines: list[str] = []
    writer = csv.writer(_Lines(lines.append))
    writer.writerow([inert(title) for title in header])
    yield f"\ufeff{lines.pop()}"
    for portion in portions:
        writer.writerows([_for_csv(cell) for cell in row] for row in portion)
        yield "".join(lines)
        lines.clear()


class _Lines:
    """What `csv` takes for a file."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.write = write


def _in_portions(rows: Rows) -> Iterator[list[Sequence[Cell]]]:
    """Read rows in the language and time zone of whoever asked; a file is sent long after its view has ended."""
    zone, language = timezone.get_current_timezone(), translation.get_language() or "en"
    remaining = iter(rows)

    def portions() -> Iterator[list[Sequence[Cell]]]:
        while True:
            with timezone.override(zone), translation.override(language):
                portion: list[Sequence[Cell]] = [[_local(cell) for cell in row] for row in islice(remaining, _AT_ONCE)]
            if not portion:
                return
            yield portion

    return portions()


def _local(cell: Cell) -> Cell:
    """Turn a moment into the time on the reader's wall clock."""
    return timezone.localtime(cell).replace(tzinfo=None, microsecond=0) if isinstance(cell, datetime) else cell


def _for_csv(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return inert(cell) if isinstance(cell, str) else cell


def _for_sheet(cell: Cell) -> Cell:
    return inert(cell) if isinstance(cell, str) else cell
