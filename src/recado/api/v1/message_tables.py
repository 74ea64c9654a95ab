"""Received messages as a table.

What belongs here: columns and cells. What does not: which rows (`apps.inbox.log`), how rows become a file (`csv_files`).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from recado.api.v1.csv_files import Cell
from recado.api.v1.shapes import phone_out
from recado.apps.inbox.log import LogRow
from recado.apps.mms.models import Attachment, ReceivedMms
from recado.apps.mms.queries import attachments_of, received_of
from recado.core.mms import PartRole

COLUMNS = (
    "id",
    "received_at",
    "sender",
    "name",
    "recipient",
    "kind",
    "subject",
    "text",
    "files",
    "keyword",
    "argument",
    "replies",
    "forwards",
    "is_test",
)

_AT_ONCE = 500
"""Messages whose files are read with one query."""


def cells(rows: Iterable[LogRow]) -> Iterator[list[Cell]]:
    """Write each message as a row; states of its answers and forwards are words, with blanks between, and so are types of files."""
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        ids = [row.message.pk for row in some]
        yield from _cells(some, received_of(ids), attachments_of(ids))


def _cells(rows: Iterable[LogRow], mms: Mapping[int, ReceivedMms], files: Mapping[int, list[Attachment]]) -> Iterator[list[Cell]]:
    for row in rows:
        message = row.message
        subject = mms[message.pk].subject if message.pk in mms else ""
        yield [
            message.pk,
            message.received_at,
            phone_out(message.sender),
            row.contact.full_name if row.contact else "",
            phone_out(message.recipient),
            "mms" if message.pk in mms else "sms",
            subject,
            message.text,
            " ".join(one.content_type for one in files.get(message.pk, ()) if one.role == PartRole.MEDIA),
            row.keyword.word if row.keyword else "",
            message.argument,
            " ".join(reply.state for reply in row.replies),
            " ".join(job.state for job in row.forwards),
            "true" if message.is_test else "false",
        ]
