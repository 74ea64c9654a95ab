"""The configuration comes out of both databases as it was put in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from recado.core.action import AddToGroup, ForwardToUrl, SendReply
from recado.core.number import NumberKind, NumberState
from recado.store.dialect import Connection
from recado.store.snapshot import load_routes, routing_version
from recado.testing.routing import INDIVIDUAL, SHARED, Configured, configure, keyword_with_rule

NOW = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=UTC)


@pytest.fixture
def configured(connection: Connection) -> Configured:
    with connection.transaction():
        return configure(connection, NOW)


def test_an_empty_database_has_no_numbers(connection: Connection) -> None:
    assert routing_version(connection) == 1
    assert load_routes(connection).numbers == {}


def test_numbers_keywords_rules_and_actions_are_compiled(connection: Connection, configured: Configured) -> None:
    routes = load_routes(connection)
    assert routes.version == 2
    shared, individual = routes.numbers[SHARED], routes.numbers[INDIVIDUAL]
    assert (shared.kind, shared.state, shared.account_id) == (NumberKind.SHARED_LONG, NumberState.ASSIGNED, None)
    assert (individual.account_id, individual.connection_id) == (configured.accounts[0], configured.connection_id)
    ((keyword,),) = shared.by_folded.values()
    (rule,) = keyword.rules
    assert rule.actions == (
        AddToGroup(configured.group_id, "Gardeners"),
        SendReply("Welcome."),
        ForwardToUrl(configured.destination_id, "Shop"),
    )


def test_periods_and_switches_survive(connection: Connection, configured: Configured) -> None:
    starts, ends = NOW, NOW + timedelta(days=1)
    stamp = connection.dialect.timestamp
    connection.execute("UPDATE keywords_keyword SET starts_at = ?, also_when_text_follows = ?", (stamp(starts), True))
    connection.execute("UPDATE keywords_rule SET ends_at = ?, is_enabled = ?", (stamp(ends), False))
    ((keyword,),) = load_routes(connection).numbers[SHARED].by_folded.values()
    assert (keyword.starts_at, keyword.ends_at, keyword.also_when_text_follows) == (starts, None, True)
    assert (keyword.rules[0].starts_at, keyword.rules[0].ends_at) == (None, ends)
    assert keyword.rules[0].refusal is not None


def test_the_snapshot_is_of_one_moment_and_leaves_no_transaction_open(
    connection: Connection, configured: Configured, connect_again: Callable[[], Connection]
) -> None:
    other = connect_again()
    with connection.reading():
        before = load_routes(connection)
        with other.transaction():
            keyword_with_rule(other, configured.accounts[0], configured.shared_id, "later", other.dialect.timestamp(NOW))
            other.execute("UPDATE numbers_routingversion SET version = version + 1")
        assert load_routes(connection) == before
    assert load_routes(connection).version == 3
    assert not connection.dialect.in_transaction(connection.raw)


def test_accounts_read_the_clock_in_their_zone_and_in_utc_where_it_is_unknown(connection: Connection, configured: Configured) -> None:
    first, second = configured.accounts
    connection.execute("UPDATE accounts_account SET time_zone = 'Europe/Warsaw' WHERE id = ?", (first,))
    connection.execute("UPDATE accounts_account SET time_zone = 'Nowhere/Atall' WHERE id = ?", (second,))
    profiles = load_routes(connection).profiles
    midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert [profiles[account].clock.local(midnight).day for account in (first, second)] == [2, 1]
