"""Outgoing MMS as rows: files noted with a message or once for many, found again for the worker; on both databases."""

from datetime import UTC, datetime, timedelta
from itertools import count

from recado.core.mms import MmsContent, MmsPart, OutboundMms, PartRole
from recado.store.dialect import Connection
from recado.store.mms import ReadMessage, ReadReply, infected_among, load_sent, note_read, write_files, write_sent
from recado.store.statements import SEGMENT

NOW = datetime(2026, 11, 27, tzinfo=UTC)
ROSES = MmsPart(PartRole.MEDIA, "ab" * 32, 10, "image/jpeg", name="roses.jpg")
FILM = MmsPart(PartRole.MEDIA, "cd" * 32, 20, "video/mp4")


def test_files_are_noted_with_a_message_or_once_for_many(connection: Connection) -> None:
    ids, at = count(100), connection.dialect.timestamp(NOW)
    with connection.transaction():
        write_sent(connection, [1], MmsContent("Own", (ROSES, FILM)), ids, at)
        write_files(connection, 50, (FILM,), ids, at)
        write_sent(connection, [2, 3], MmsContent("Shared", (), 50), ids, at)
        write_sent(connection, [4], MmsContent("Words only"), ids, at)
    assert connection.row("SELECT COUNT(*) FROM mms_attachment") == (3,)
    assert connection.row("SELECT COUNT(*) FROM media_content") == (2,)
    assert load_sent(connection, [1, 2, 3, 4, 5]) == {
        1: OutboundMms("Own", (ROSES, FILM)),
        2: OutboundMms("Shared", (FILM,)),
        3: OutboundMms("Shared", (FILM,)),
        4: OutboundMms("Words only", ()),
    }


def test_infected_contents_are_found(connection: Connection) -> None:
    with connection.transaction():
        write_files(connection, 50, (ROSES, FILM), count(100), connection.dialect.timestamp(NOW))
        connection.execute("UPDATE media_content SET scan_state = 'infected' WHERE sha256 = ?", (FILM.sha256,))
    assert infected_among(connection, [ROSES.sha256, FILM.sha256, "00"]) == {FILM.sha256}


def test_what_a_phone_says_of_reading_is_noted_with_the_message(connection: Connection) -> None:
    ids, at = count(100), connection.dialect.timestamp(NOW)
    with connection.transaction():
        for outbound_id, carrier_id in ((1, "m1"), (2, "m2")):
            _sent(connection, outbound_id, carrier_id)
        write_sent(connection, [1, 2], MmsContent("Roses"), ids, at)
        assert note_read(connection, ReadReply(7, "m1", False, NOW)) == ReadMessage(1, None, 9)
        assert note_read(connection, ReadReply(7, "m1", True, NOW + timedelta(hours=1))) is not None
        assert note_read(connection, ReadReply(7, "m1", False, NOW + timedelta(hours=2))) is not None
        assert note_read(connection, ReadReply(7, "unknown", True, NOW)) is None
        assert note_read(connection, ReadReply(8, "m2", True, NOW)) is None
    rows = connection.rows("SELECT id, is_read FROM mms_sentmms ORDER BY id")
    assert [(key, None if is_read is None else bool(is_read)) for key, is_read in rows] == [(1, True), (2, None)]
    (read_at,) = connection.row("SELECT read_at FROM mms_sentmms WHERE id = 1") or (None,)
    assert connection.dialect.moment(read_at) == NOW + timedelta(hours=1)


def _sent(connection: Connection, outbound_id: int, carrier_id: str) -> None:
    at = connection.dialect.timestamp(NOW)
    names = "id, dialogue_id, sender, recipient, text, segment_count, state, reason, carrier_error, origin, is_test, kind, created_at"
    values = "?, 9, '48664200300', '48604218377', '', 1, 'sent', '', '', 'agent', FALSE, 'mms', ?"
    connection.execute(f"INSERT INTO outbox_outboundmessage ({names}) VALUES ({values})", (outbound_id, at))
    SEGMENT.run(connection, [(outbound_id, outbound_id, 1, 7, carrier_id, at)])
