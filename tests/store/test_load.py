"""What a group needs to know is found by index, however much is stored, and only what is asked for is found."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from recado.store import fates, load, outbox, recent, reconcile, write
from recado.store.dialect import SQLITE, Connection
from recado.store.ids import IdGenerator
from recado.store.load import Known, load_known, load_sole_writers
from recado.store.statements import CONTACT, DIALOGUE, GROUP_MEMBERSHIP, MESSAGE
from recado.store.write import LostRaceError, Rows
from recado.testing.routing import Configured, configure, insert

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA, BOB = "48501", "48502"


@pytest.fixture
def configured(connection: Connection) -> Configured:
    with connection.transaction():
        return configure(connection, NOW)


def test_contacts_are_known_per_account_with_the_groups_asked_for(connection: Connection, configured: Configured) -> None:
    at = connection.dialect.timestamp(NOW)
    first, second = configured.accounts
    other = insert(connection, "contacts_group", account_id=first, name="Other", created_at=at)
    with connection.transaction():
        CONTACT.run(connection, [(1, first, ANNA, at), (2, second, ANNA, at), (3, first, BOB, at)])
        GROUP_MEMBERSHIP.run(connection, [(1, configured.group_id, 1, at, None, None, None), (2, other, 1, at, None, None, None)])
    known = load_known(connection, [(first, 7, ANNA), (second, 7, BOB)], [configured.group_id, 987_654], [], NOW)
    assert known.contacts == {(first, ANNA): 1}
    assert known.sender(first, 7, ANNA).group_ids == {configured.group_id}
    assert known.sender(second, 7, ANNA).contact_id is None
    assert known.groups == {configured.group_id}


def test_a_membership_that_has_ended_is_none_and_one_that_will_end_says_when(connection: Connection, configured: Configured) -> None:
    at, tomorrow = connection.dialect.timestamp(NOW), NOW + timedelta(days=1)
    first = configured.accounts[0]
    other = insert(connection, "contacts_group", account_id=first, name="Other", created_at=at)
    with connection.transaction():
        CONTACT.run(connection, [(1, first, ANNA, at)])
        ends = connection.dialect.timestamp(tomorrow)
        GROUP_MEMBERSHIP.run(connection, [(1, configured.group_id, 1, at, None, None, at), (2, other, 1, at, None, None, ends)])
    known = load_known(connection, [(first, 7, ANNA)], [configured.group_id, other], [], NOW)
    assert known.sender(first, 7, ANNA).groups == {other: tomorrow}


def test_joining_again_begins_anew_where_the_membership_had_ended(connection: Connection, configured: Configured) -> None:
    earlier, at = (connection.dialect.timestamp(moment) for moment in (NOW - timedelta(days=9), NOW))
    group = configured.group_id
    with connection.transaction():
        CONTACT.run(connection, [(key, configured.accounts[0], msisdn, at) for key, msisdn in ((1, ANNA), (2, BOB), (3, "48503"))])
        before = [(1, group, 1, earlier, 11, 5, earlier), (2, group, 2, earlier, 12, 5, None), (3, group, 3, earlier, 13, 5, "later")]
        later = connection.dialect.timestamp(NOW + timedelta(days=1))
        GROUP_MEMBERSHIP.run(connection, [(*row[:6], later if row[6] == "later" else row[6]) for row in before])
        GROUP_MEMBERSHIP.run(connection, [(10 + contact, group, contact, at, 20 + contact, 6, None) for contact in (1, 2, 3)])
    rows = connection.rows("SELECT contact_id, message_id, keyword_id, ends_at FROM contacts_groupmembership ORDER BY contact_id")
    assert [tuple(row) for row in rows] == [(1, 21, 6, None), (2, 12, 5, None), (3, 13, 5, None)]


def test_whether_a_keyword_was_used_before_is_known_per_conversation(connection: Connection, configured: Configured) -> None:
    at = connection.dialect.timestamp(NOW)
    first = configured.accounts[0]
    with connection.transaction():
        DIALOGUE.run(connection, [(key, first, 7, msisdn, None, at, "", None, 1, 1, False) for key, msisdn in ((1, ANNA), (2, BOB))])
        message = (5, first, 7, None, 1, 9, None, ANNA, "7", "x", "")
        MESSAGE.run(connection, [(*message, 0, at, 1, 1, None, 0, "[]", b"", False, "", False, None, None)])
    known = load_known(connection, [(first, 7, ANNA), (first, 7, BOB), (first, 7, "48503")], [], [9, 10], NOW)
    assert [known.sender(first, 7, one).keyword_ids for one in (ANNA, BOB)] == [{9}, frozenset()]
    assert [known.sender(first, 7, one).is_new for one in (ANNA, BOB, "48503")] == [False, False, True]


def test_without_keys_nothing_is_asked(connection: Connection) -> None:
    connection.close()
    assert load_known(connection, [], [], [], NOW) == Known()
    assert load_sole_writers(connection, [], NOW) == {}


QUERIES = [
    load._CONTACTS,
    load._MEMBERSHIPS,
    load._USED,
    load._DIALOGUES,
    load._CARRIER_IDS,
    load._PARTS,
    load._WRITERS,
    outbox._SEGMENTS,
    outbox._WITH_ID,
    outbox._FOR_PHONE,
    reconcile._UNCERTAIN,
    fates._SEGMENTS,
    fates._OWED,
]


STATEMENTS = [
    load._WAITING,
    recent._NEWEST,
    write._GIVE_OUT,
    write._UPDATE_DIALOGUE,
    write._MEND,
    outbox._REPORTED,
    fates._WRITE,
    outbox._LATE_AND_KNOWN,
    outbox._LATE_AND_MISSED,
    outbox._FORGET,
]


@pytest.mark.parametrize("query", QUERIES + STATEMENTS)
def test_every_lookup_uses_an_index(sqlite_database, query: str) -> None:
    from recado.store.dialect import connect

    con = connect(sqlite_database)
    sql = query.replace("{keys}", SQLITE.keys(("bigint",) * 7))
    plan = [str(row[3]) for row in con.rows("EXPLAIN QUERY PLAN " + sql, ("[]",) * sql.count("?"))]
    con.close()
    assert not [line for line in plan if line.startswith("SCAN") and "json_each" not in line], plan
    assert any("SEARCH" in line for line in plan), plan


def test_another_writers_contact_is_noticed_before_anything_is_committed(
    connection: Connection, configured: Configured, connect_again: Callable[[], Connection]
) -> None:
    at = connection.dialect.timestamp(NOW)
    rows = Rows(
        load_known(connection, [(configured.accounts[0], 7, ANNA)], [], [], NOW),
        IdGenerator(0).stream(0),
        NOW,
        connection.dialect.timestamp,
    )
    rows.contacts.append((11, configured.accounts[0], ANNA, at))
    other = connect_again()
    with other.transaction():
        CONTACT.run(other, [(12, configured.accounts[0], ANNA, at)])
    with pytest.raises(LostRaceError), connection.transaction():
        rows.write(connection)
    assert connection.rows("SELECT id FROM contacts_contact") == [(12,)]


def test_sole_writers_are_those_of_the_last_week(connection: Connection, configured: Configured) -> None:
    from recado.store.statements import DIALOGUE, OUTBOUND_MESSAGE

    account, number = configured.accounts[0], configured.shared_id
    stamp = connection.dialect.timestamp
    with connection.transaction():
        for key, msisdn, age in ((1, ANNA, 6), (2, BOB, 8)):
            at = stamp(NOW - timedelta(days=age))
            DIALOGUE.run(connection, [(key, account, number, msisdn, None, at, "", None, 0, 1, False)])
            OUTBOUND_MESSAGE.run(
                connection, [(key, account, number, 1, key, "4301", msisdn, "Hello", None, None, None, None, 1, 0, "", False, at)]
            )
    assert load_sole_writers(connection, [(number, ANNA), (number, BOB)], NOW) == {(number, ANNA): account}
