"""Notes what the readers of outgoing MMS did with them.

What belongs here: the one row. What does not: whether it reached the phone, which reports say (`outbox`).
"""

from datetime import datetime

from recado.store.dialect import Connection

_FOUND = """SELECT s.outbound_message_id FROM outbox_segment s WHERE s.connection_id = ? AND s.carrier_message_id = ?
    ORDER BY s.id DESC LIMIT 1"""
_NOTE = "UPDATE mms_sentmms SET read_at = ?, is_read = ? WHERE id = ? AND (is_read IS NULL OR NOT is_read)"
_IS_THERE = "SELECT 1 FROM mms_sentmms WHERE id = ?"


def note_read(con: Connection, connection_id: int, carrier_message_id: str, *, is_read: bool, at: datetime) -> bool:
    """Note that a message was read, or thrown away unread; what was read stays so. Return False where there is no such message."""
    found = con.row(_FOUND, (connection_id, carrier_message_id))
    if found is None or con.row(_IS_THERE, found) is None:
        return False
    con.execute(_NOTE, (con.dialect.timestamp(at), is_read, found[0]))
    return True
