"""Received messages as a table.

What belongs here: columns and cells. What does not: which rows (`apps.inbox.log`), how rows become a file (`csv_files`).
"""

from collections.abc import Iterable, Iterator

from recado.api.v1.csv_files import Cell
from recado.api.v1.shapes import phone_out
from recado.apps.inbox.log import LogRow

COLUMNS = ("id", "received_at", "sender", "name", "recipient", "text", "keyword", "argument", "replies", "forwards", "is_test")


def cells(rows: Iterable[LogRow]) -> Iterator[list[Cell]]:
    """Write each message as a row; states of its answers and forwards are words, with blanks between."""
    for row in rows:
        message = row.message
        yield [
            message.pk,
            message.received_at,
            phone_out(message.sender),
            row.contact.full_name if row.contact else "",
            phone_out(message.recipient),
            message.text,
            row.keyword.word if row.keyword else "",
            message.argument,
            " ".join(reply.state for reply in row.replies),
            " ".join(job.state for job in row.forwards),
            "true" if message.is_test else "false",
        ]
