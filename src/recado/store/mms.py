"""Rows of multimedia messages: subjects, parts, and the contents that parts name.

What belongs here: writing them in the transaction of their messages, and reading what is sent. What does not: the messages (`write`).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from recado.core.mms import InboundMms, MmsContent, MmsPart, OutboundMms, PartRole
from recado.store import statements
from recado.store.dialect import Connection, Row
from recado.store.insert import BIGINT, TEXT

Multimedia: TypeAlias = tuple[int, InboundMms]
"""A message's id and what makes it an MMS."""
_NAME, _CLAIMED = 120, 120
_TYPE = 80
_SENT = "SELECT s.id, s.subject, COALESCE(s.attachments_id, s.id) FROM {keys} CROSS JOIN mms_sentmms s WHERE s.id = k.a"
_FILES = """SELECT a.outbound_id, a.role, a.sha256, a.size, a.content_type, a.claimed_type, a.name, a.content_id
    FROM {keys} CROSS JOIN mms_attachment a WHERE a.outbound_id = k.a ORDER BY a.outbound_id, a.position"""
_INFECTED = "SELECT c.sha256 FROM {keys} CROSS JOIN media_content c WHERE c.sha256 = k.a AND c.scan_state = 'infected'"


def write_received(con: Connection, multimedia: Sequence[Multimedia], ids: Iterator[int], stamp: Any) -> None:
    """Write what received messages have beside their texts, by the ids of the messages; `stamp` is now, as stored."""
    if not multimedia:
        return
    parts = [part for _message_id, mms in multimedia for part in mms.parts]
    write_contents(con, parts, stamp)
    slides = {key: json.dumps([[list(slide.parts), slide.milliseconds] for slide in mms.slides]) for key, mms in multimedia}
    statements.RECEIVED_MMS.run(con, [(key, _plain(mms.subject), slides[key]) for key, mms in multimedia])
    statements.ATTACHMENT.run(con, [row for key, mms in multimedia for row in _attachments(ids, key, None, mms.parts)])


def write_sent(con: Connection, outbound_ids: Sequence[int], content: MmsContent, ids: Iterator[int], stamp: Any) -> None:
    """Write what outgoing messages have beside their texts, in the transaction of the messages."""
    statements.SENT_MMS.run(con, [(key, _plain(content.subject), content.attachments_id) for key in outbound_ids])
    if content.attachments_id is None:
        write_contents(con, content.parts, stamp)
        statements.ATTACHMENT.run(con, [row for key in outbound_ids for row in _attachments(ids, None, key, content.parts)])


def write_files(con: Connection, attachments_id: int, parts: Sequence[MmsPart], ids: Iterator[int], stamp: Any) -> None:
    """Note files once, for all messages that will name them by this id."""
    write_contents(con, parts, stamp)
    statements.ATTACHMENT.run(con, list(_attachments(ids, None, attachments_id, parts)))


def load_sent(con: Connection, outbound_ids: Iterable[int]) -> dict[int, OutboundMms]:
    """Return what makes these outgoing messages multimedia messages; one that is no longer known is not in the answer."""
    sent = con.rows_for(_SENT, (BIGINT,), [(key,) for key in outbound_ids])
    files: dict[int, list[MmsPart]] = {}
    for holder, role, *rest in con.rows_for(_FILES, (BIGINT,), sorted({(row[2],) for row in sent})):
        files.setdefault(holder, []).append(MmsPart(PartRole(role), *rest))
    return {key: OutboundMms(subject, tuple(files.get(holder, ()))) for key, subject, holder in sent}


def infected_among(con: Connection, sha256s: Iterable[str]) -> set[str]:
    """Return those contents in which a virus was found."""
    return {row[0] for row in con.rows_for(_INFECTED, (TEXT,), sorted({(one,) for one in sha256s}))}


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
