"""Both databases answer alike through the thin connection."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from recado.store.dialect import Connection

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_a_transaction_that_raises_leaves_nothing(connection: Connection) -> None:
    def write_and_raise() -> None:
        with connection.transaction():
            connection.execute("INSERT INTO numbers_routingversion (version) VALUES (?)", (7,))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_raise()
    assert connection.rows("SELECT version FROM numbers_routingversion WHERE version = ?", (7,)) == []


@pytest.mark.parametrize("moment", [NOON, NOON.replace(microsecond=5), NOON.astimezone(timezone(timedelta(hours=2)))])
def test_a_timestamp_comes_back_as_it_was_written(connection: Connection, moment: datetime) -> None:
    stamp = connection.dialect.timestamp(moment)
    connection.execute("INSERT INTO accounts_account (name, language, time_zone, is_suspended, created_at) VALUES (?, ?, ?, ?, ?)",
                       ("A%?", "pl", "UTC", False, stamp))  # fmt: skip
    row = connection.row("SELECT name, created_at FROM accounts_account WHERE name LIKE 'A%'")
    assert row is not None
    assert row[0] == "A%?"
    assert connection.dialect.moment(row[1]) == moment
