"""Received messages as a CSV file.

What belongs here: columns and cells. What does not: which rows (`apps.inbox.log`), files for people's spreadsheets (`panel.exporting`).
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.http import StreamingHttpResponse

from recado.api.v1.shapes import phone_out
from recado.apps.inbox.log import LogRow

COLUMNS = ("id", "received_at", "sender", "name", "recipient", "text", "keyword", "argument", "replies", "forwards", "is_test")
CSV_OPENAPI: dict[str, Any] = {"responses": {200: {"description": "A file", "content": {"text/csv": {"schema": {"type": "string"}}}}}}
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_AT_ONCE = 500


def csv_of(rows: Iterable[LogRow]) -> StreamingHttpResponse:
    """Answer with a file that is sent while the rows are read."""
    response = StreamingHttpResponse(_pieces(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="received-messages.csv"'
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _pieces(rows: Iterable[LogRow]) -> Iterator[str]:
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for count, row in enumerate(rows, 1):
        writer.writerow(_cells(row))
        if count % _AT_ONCE == 0:
            yield _emptied(lines)
    yield _emptied(lines)


def _emptied(lines: StringIO) -> str:
    text = lines.getvalue()
    lines.seek(0)
    lines.truncate()
    return text


def _cells(row: LogRow) -> list[str]:
    message = row.message
    return [
        str(message.pk),
        message.received_at.isoformat(),
        phone_out(message.sender),
        _inert(row.contact.full_name if row.contact else ""),
        phone_out(message.recipient),
        _inert(message.text),
        row.keyword.word if row.keyword else "",
        _inert(message.argument),
        " ".join(reply.state for reply in row.replies),
        " ".join(job.state for job in row.forwards),
        "true" if message.is_test else "false",
    ]


def _inert(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
