"""Pool numbers: no two accounts write to a phone from the same one within the window, however many ask at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.config import Database
from recado.core.correlation import CORRELATION_WINDOW, Use, number_for
from recado.store.dialect import Connection, connect
from recado.store.pool import load_pool, look_up_number, take_numbers

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PHONE = "48604218377"


def pool_of(con: Connection, count: int) -> None:
    stamp = con.dialect.timestamp(NOW)
    with con.transaction():
        con.execute(
            "INSERT INTO connections_connection (id, name, kind, settings, is_enabled, created_at) VALUES (7, 'Pool', 'smpp', '{}', ?, ?)",
            (True, stamp),
        )
        for place in range(count):
            con.execute(
                "INSERT INTO numbers_number (id, digits, kind, state, connection_id, label, can_send, created_at)"
                " VALUES (?, ?, 'eco', 'assigned', 7, '', ?, ?)",
                (place + 1, f"4866000{place:04}", True, stamp),
            )


def take(con: Connection, account_id: int, *phones: str, now: datetime = NOW) -> dict[str, int]:
    with con.transaction():
        taken = take_numbers(con, account_id, dict.fromkeys(phones, now), load_pool(con), now)
    return {msisdn: number.id for msisdn, number in taken.items()}


def test_an_account_keeps_its_number_and_others_get_another(connection: Connection):
    pool_of(connection, 3)
    first = take(connection, 1, PHONE)[PHONE]
    assert take(connection, 1, PHONE)[PHONE] == first
    second, third = take(connection, 2, PHONE)[PHONE], take(connection, 3, PHONE)[PHONE]
    assert sorted([first, second, third]) == [1, 2, 3]
    assert take(connection, 4, PHONE) == {}


def test_a_number_is_free_again_after_the_window(connection: Connection):
    pool_of(connection, 1)
    assert take(connection, 1, PHONE) == {PHONE: 1}
    almost = NOW + CORRELATION_WINDOW - timedelta(seconds=1)
    assert take(connection, 2, PHONE, now=almost) == {}
    assert take(connection, 1, PHONE, now=almost) == {PHONE: 1}
    assert take(connection, 2, PHONE, now=NOW + CORRELATION_WINDOW) == {}
    assert take(connection, 2, PHONE, now=almost + CORRELATION_WINDOW) == {PHONE: 1}
    assert take(connection, 1, PHONE, now=almost + CORRELATION_WINDOW) == {}


def test_the_window_counts_from_when_the_phone_is_written_to(connection: Connection):
    pool_of(connection, 1)
    later = NOW + timedelta(days=3)
    with connection.transaction():
        assert take_numbers(connection, 1, {PHONE: later}, load_pool(connection), NOW)
    assert take(connection, 1, PHONE) == {PHONE: 1}  # an earlier message does not shorten it
    assert take(connection, 2, PHONE, now=NOW + CORRELATION_WINDOW) == {}


def test_an_installation_may_have_another_window(connection: Connection):
    pool_of(connection, 1)
    day = timedelta(days=1)
    assert take(connection, 1, PHONE) == {PHONE: 1}
    pool = load_pool(connection)
    assert look_up_number(connection, 2, PHONE, pool, NOW + day) is None
    assert look_up_number(connection, 2, PHONE, pool, NOW + day, day) is not None
    with connection.transaction():
        assert take_numbers(connection, 2, {PHONE: NOW + day}, pool, NOW + day, day)


def test_looking_takes_nothing(connection: Connection):
    pool_of(connection, 1)
    found = look_up_number(connection, 1, PHONE, load_pool(connection), NOW)
    assert found is not None
    assert found.digits == "48660000000"
    assert connection.rows("SELECT COUNT(*) FROM outbox_pooluse") == [(0,)]
    assert take(connection, 2, PHONE) == {PHONE: 1}
    assert look_up_number(connection, 1, PHONE, load_pool(connection), NOW) is None


def test_numbers_that_cannot_send_are_not_taken(connection: Connection):
    pool_of(connection, 4)
    with connection.transaction():
        connection.execute("UPDATE numbers_number SET can_send = ? WHERE id = 1", (False,))
        connection.execute("UPDATE numbers_number SET state = 'suspended' WHERE id = 2")
        connection.execute("UPDATE numbers_number SET connection_id = NULL WHERE id = 3")
    assert [number.id for number in load_pool(connection)] == [4]


def test_phones_spread_over_the_numbers(connection: Connection):
    pool_of(connection, 5)
    taken = take(connection, 1, *(f"48500{place:06}" for place in range(1_000)))
    assert len(taken) == 1_000
    assert all(120 < count < 280 for count in Counter(taken.values()).values())


def test_fifty_senders_at_once_never_share_a_number(database: Database, connection: Connection):
    """Each of 50 accounts writes to the same 40 phones from a pool of 30: every phone has 30 different owners, and 20 accounts miss it."""
    pool_of(connection, 30)
    phones = [f"48500{place:06}" for place in range(40)]

    def send(account_id: int) -> dict[str, int]:
        con = connect(database)
        try:
            for _turn in range(20):
                try:
                    return take(con, account_id, *phones)
                except Exception as error:  # whoever waits crosswise tries again, as services do
                    if not con.dialect.is_conflict(error):
                        raise
            raise AssertionError("never got through")
        finally:
            con.close()

    with ThreadPoolExecutor(50) as threads:
        taken = list(threads.map(send, range(1, 51)))
    for phone in phones:
        numbers = [one[phone] for one in taken if phone in one]
        assert len(numbers) == len(set(numbers)) == 30


@pytest.mark.parametrize("now", [NOW])
@given(
    st.dictionaries(st.integers(1, 5), st.tuples(st.integers(1, 3), st.integers(0, 10)), max_size=5),
    st.integers(1, 3),
    st.lists(st.integers(1, 5), unique=True, max_size=5),
)
def test_the_number_chosen_is_nobody_elses(now: datetime, used: dict[int, tuple[int, int]], account_id: int, numbers: list[int]):
    uses = {number: Use(owner, now - timedelta(days=days)) for number, (owner, days) in used.items()}
    chosen = number_for(PHONE, account_id, numbers, uses, now)
    free = [n for n in numbers if n not in uses or uses[n].account_id == account_id or now - uses[n].used_at >= CORRELATION_WINDOW]
    assert (chosen in free) if free else chosen is None
    own = [n for n in numbers if n in uses and uses[n].account_id == account_id]
    assert not own or chosen in own
