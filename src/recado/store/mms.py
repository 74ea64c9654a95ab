"""Rows of multimedia messages: subjects, parts, and the contents that parts name.

What belongs here: writing them in the transaction of their messages, and reading what is sent. What does not: the messages (`write`).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from recado.core.mms import InboundMms, MmsContent, MmsPart, OutboundMms, PartRole
from recado.store import statements
from recado.store.dialect import Connection, Row
from recado.store.handed_over import CARRIER_ID_LENGTH
from recado.store.insert import BIGINT, TEXT

Multimedia: TypeAlias = tuple[int, InboundMms]
"""A message's id and what makes it an MMS."""
_NAME, _CLAIMED = 120, 120
_TYPE = 80
_SENT = "SELECT s.id, s.subject, COALESCE(s.attachments_id, s.id) FROM {keys} CROSS JOIN mms_sentmms s WHERE s.id = k.a"
_FILES = """SELECT a.outbound_id, a.role, a.sha256, a.size, a.content_type, a.claimed_type, a.name, a.content_id
    FROM {keys} CROSS JOIN mms_attachment a WHERE a.outbound_id = k.a ORDER BY a.outbound_id, a.position"""
_OF_SEGMENT = """SELECT o.id, o.account_id, o.dialogue_id FROM outbox_segment s
    JOIN outbox_outboundmessage o ON o.id = s.outbound_message_id
    WHERE s.connection_id = ? AND s.carrier_message_id = ? AND o.kind = 'mms' ORDER BY s.id DESC LIMIT 1"""
_READ = "UPDATE mms_sentmms SET read_at = ?, is_read = TRUE WHERE id = ? AND (is_read IS NULL OR NOT is_read)"
_DELETED = "UPDATE mms_sentmms SET read_at = ?, is_read = FALSE WHERE id = ? AND is_read IS NULL"
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


class ReadReply(NamedTuple):
    """What a reader's phone said of an MMS we sent."""

    connection_id: int
    carrier_message_id: str
    is_read: bool
    """False: it was deleted unread."""
    at: datetime


class ReadMessage(NamedTuple):
    """A message somebody read, to be shown anew."""

    outbound_id: int
    account_id: int | None
    dialogue_id: int | None


def note_read(con: Connection, reply: ReadReply) -> ReadMessage | None:
    """Write that an MMS was read, or deleted unread; None where nobody knows the message. What was read stays read, at its first time."""
    row = con.row(_OF_SEGMENT, (reply.connection_id, reply.carrier_message_id[:CARRIER_ID_LENGTH]))
    if row is None:
        return None
    con.execute(_READ if reply.is_read else _DELETED, (con.dialect.timestamp(reply.at), row[0]))
    return ReadMessage._make(row)


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
