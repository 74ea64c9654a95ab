"""Rows of multimedia messages: subjects, parts, and the contents that parts name.

What belongs here: writing them in the transaction of their messages, and reading what is sent. What does not: the messages (`write`).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from recado.core.mms import InboundMms, MmsPart
from recado.store import statements
from recado.store.dialect import Connection, Row

Multimedia: TypeAlias = tuple[int, InboundMms]
"""A message's id and what makes it an MMS."""
_NAME, _CLAIMED = 120, 120
_TYPE = 80


def write_received(con: Connection, multimedia: Sequence[Multimedia], ids: Iterator[int], stamp: Any) -> None:
    """Write what received messages have beside their texts, by the ids of the messages; `stamp` is now, as stored."""
    if not multimedia:
        return
    parts = [part for _message_id, mms in multimedia for part in mms.parts]
    write_contents(con, parts, stamp)
    slides = {key: json.dumps([[list(slide.parts), slide.milliseconds] for slide in mms.slides]) for key, mms in multimedia}
    statements.RECEIVED_MMS.run(con, [(key, _plain(mms.subject), slides[key]) for key, mms in multimedia])
    statements.ATTACHMENT.run(con, [row for key, mms in multimedia for row in _attachments(ids, key, None, mms.parts)])


def write_contents(con: Connection, parts: Iterable[MmsPart], stamp: Any) -> None:
    """Note contents that are not known yet, in the order of their names so that two writers never wait for each other in a circle."""
    known = {part.sha256: (part.sha256, part.size, part.content_type[:_TYPE], stamp) for part in parts}
    statements.CONTENT.run(con, [known[sha256] for sha256 in sorted(known)])


def _attachments(ids: Iterator[int], message_id: int | None, outbound_id: int | None, parts: Iterable[MmsPart]) -> Iterator[Row]:
    for position, part in enumerate(parts):
        yield (
            next(ids),
            message_id,
            outbound_id,
            position,
            part.role.value,
            part.sha256,
            part.size,
            part.content_type[:_TYPE],
            _plain(part.claimed_type)[:_CLAIMED],
            _plain(part.name)[:_NAME],
            _plain(part.content_id)[:_NAME],
        )


def _plain(text: str) -> str:
    """Return text that any database takes."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
