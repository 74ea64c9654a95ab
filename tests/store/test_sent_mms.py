"""Outgoing MMS as rows: files noted with a message or once for many, found again for the worker; on both databases."""

from datetime import UTC, datetime
from itertools import count

from recado.core.mms import MmsContent, MmsPart, OutboundMms, PartRole
from recado.store.dialect import Connection
from recado.store.mms import infected_among, load_sent, write_files, write_sent

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
