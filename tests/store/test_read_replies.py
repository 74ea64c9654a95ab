"""What readers of outgoing MMS did, as rows, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.core.mms import MmsContent
from recado.store.dialect import Connection
from recado.store.ids import IdGenerator
from recado.store.mms import write_sent
from recado.store.read_replies import note_read
from recado.store.statements import OUTBOUND_MESSAGE, SEGMENT

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LINK = 3


@pytest.fixture
def sent(connection: Connection) -> int:
    """An MMS the carrier named `a`."""
    ids, at = IdGenerator(0).stream(0), connection.dialect.timestamp(NOW)
    key = next(ids)
    with connection.transaction():
        OUTBOUND_MESSAGE.run(
            connection, [(key, 1, 1, LINK, 9, "4301", "48501222333", "Hello", None, None, None, None, 1, 0, "", False, at)]
        )
        SEGMENT.run(connection, [(next(ids), key, 1, LINK, "a", at), (next(ids), key + 100, 1, LINK, "sms", at)])
        write_sent(connection, [key], MmsContent("Hello", ()), ids, at)
    return key


def test_reading_is_noted_and_throwing_away_later_changes_nothing(connection: Connection, sent: int) -> None:
    for is_read, minutes, shown in ((False, 0, False), (True, 5, True), (False, 9, True)):
        with connection.transaction():
            assert note_read(connection, LINK, "a", is_read=is_read, at=NOW + timedelta(minutes=minutes))
        row = connection.row("SELECT is_read, read_at FROM mms_sentmms WHERE id = ?", (sent,))
        assert row is not None
        assert bool(row[0]) is shown
        assert connection.dialect.moment(row[1]) == NOW + timedelta(minutes=min(minutes, 5))


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(("link", "carrier_id"), [(LINK, "b"), (LINK + 1, "a"), (LINK, "sms"), (LINK, "")])
def test_messages_nobody_knows_and_texts_are_told_apart(connection: Connection, link: int, carrier_id: str) -> None:
    with connection.transaction():
        assert not note_read(connection, link, carrier_id, is_read=True, at=NOW)
