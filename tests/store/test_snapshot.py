"""The configuration comes out of both databases as it was put in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from recado.core.action import AddToGroup, ForwardToUrl, SendReply
from recado.core.autoresponder import Autoresponder
from recado.core.condition import Condition, OfficeHours, Standing
from recado.core.number import NumberKind, NumberState
from recado.core.price import Service
from recado.store.dialect import Connection
from recado.store.snapshot import load_autoresponders, load_changes, load_routes, routing_version
from recado.testing.routing import INDIVIDUAL, SHARED, Configured, action, autoresponder, configure, insert, keyword_with_rule

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


def test_accounts_bring_their_hours_and_what_they_pay(connection: Connection, configured: Configured) -> None:
    first, second = configured.accounts
    at = connection.dialect.timestamp(NOW)
    plan = insert(connection, "plans_plan", name="Dear", is_default=False, overrides="{}", keyword_quotas="{}", created_at=at)
    for day, price in ((0, 12), (7, 15)):
        starts_at = connection.dialect.timestamp(NOW + timedelta(days=day))
        prices = f'{{"full": {price}}}'
        insert(connection, "plans_pricelist", plan_id=plan, starts_at=starts_at, prices=prices, fees="[]", created_at=at)
    connection.execute(
        "UPDATE accounts_account SET plan_id = ?, working_hours = ? WHERE id = ?", (plan, '{"sun": ["10:00", "13:00"]}', first)
    )
    for moment, price in ((NOW - timedelta(microseconds=1), 9), (NOW, 12), (NOW + timedelta(days=7), 15)):
        profiles = load_routes(connection, moment).profiles
        assert [profiles[account].prices[Service.FULL] for account in (first, second)] == [price, 9]
    assert [profiles[account].clock.is_open(NOW) for account in (first, second)] == [True, False]


def test_conditions_and_ceilings_of_rules_survive(connection: Connection, configured: Configured) -> None:
    connection.execute("UPDATE keywords_rule SET office_hours = 'closed', standing = 'opted_out', daily_ceiling = 300")
    ((keyword,),) = load_routes(connection).numbers[SHARED].by_folded.values()
    assert keyword.rules[0].condition == Condition(office_hours=OfficeHours.CLOSED, standing=Standing.OPTED_OUT)
    assert keyword.rules[0].ceiling == 300


def test_autoresponders_come_in_the_order_of_their_account(connection: Connection, configured: Configured) -> None:
    first, second = configured.accounts
    at, ends = connection.dialect.timestamp(NOW), NOW + timedelta(days=1)
    late = autoresponder(connection, first, "Late", at, position=2)
    stamp = connection.dialect.timestamp(ends)
    early = autoresponder(
        connection, first, "Early", at, position=1, keyword_id=configured.keyword_id, weekdays="67", once_minutes=90, ends_at=stamp
    )
    autoresponder(connection, first, "Off", at, is_enabled=False)
    other = autoresponder(connection, second, "Other", at, number_id=configured.shared_id, daily_ceiling=100)
    found = load_routes(connection).autoresponders
    assert dict(found) == {
        first: (
            Autoresponder(
                early,
                first,
                "Early",
                "Early",
                keyword_id=configured.keyword_id,
                condition=Condition(frozenset({6, 7})),
                ends_at=ends,
                once=timedelta(minutes=90),
            ),
            Autoresponder(late, first, "Late", "Late"),
        ),
        second: (Autoresponder(other, second, "Other", "Other", configured.shared_id, ceiling=100),),
    }


def bump(con: Connection, *changed: tuple[int, int], account_id: int = 0) -> None:
    con.execute("UPDATE numbers_routingversion SET version = version + 1")
    for number_id, keyword_id in changed or ([(0, 0)] if account_id else []):
        place = {"number_id": number_id, "keyword_id": keyword_id, "account_id": account_id}
        insert(con, "numbers_routingchange", version=routing_version(con), **place)


def test_the_autoresponders_of_an_account_are_exchanged_alone(
    connection: Connection, configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = configured.accounts
    at = connection.dialect.timestamp(NOW)
    autoresponder(connection, second, "Other", at)
    routes = load_routes(connection)
    monkeypatch.setattr("recado.store.snapshot._keywords", lambda *_: pytest.fail("keywords were read"))
    one = autoresponder(connection, first, "One", at)
    bump(connection, account_id=first)
    history = [
        ("UPDATE autoresponders_autoresponder SET text = 'Two' WHERE id = ?", one),
        ("UPDATE autoresponders_autoresponder SET position = 5 WHERE id <> ?", one),
        ("UPDATE autoresponders_autoresponder SET is_enabled = FALSE WHERE id = ?", one),
        ("DELETE FROM autoresponders_autoresponder WHERE account_id = ?", second),
    ]
    for statement, key in history:
        after = load_changes(connection, routes)
        assert after is not None
        assert after.autoresponders == load_autoresponders(connection)
        assert after.numbers == routes.numbers
        routes = after
        connection.execute(statement, (key,))
        bump(connection, account_id=first)
        bump(connection, account_id=second)
    after = load_changes(connection, routes)
    assert after is not None
    assert after.autoresponders == load_autoresponders(connection) == {}


def test_keywords_and_autoresponders_are_exchanged_together(connection: Connection, configured: Configured) -> None:
    before = load_routes(connection)
    autoresponder(connection, configured.accounts[0], "One", connection.dialect.timestamp(NOW))
    bump(connection, account_id=configured.accounts[0])
    connection.execute("UPDATE keywords_keyword SET also_when_text_follows = TRUE WHERE id = ?", (configured.keyword_id,))
    bump(connection, (configured.shared_id, configured.keyword_id))
    assert load_changes(connection, before) == load_routes(connection)


def test_changed_keywords_are_exchanged_without_reading_the_others(connection: Connection, configured: Configured) -> None:
    before = load_routes(connection)
    at, number = connection.dialect.timestamp(NOW), configured.shared_id
    added, rule = keyword_with_rule(connection, configured.accounts[1], number, "tulip rose", at)
    action(connection, rule, "send_reply", text="Hello")
    bump(connection, (number, added))
    connection.execute("UPDATE keywords_keyword SET also_when_text_follows = ? WHERE id = ?", (True, configured.keyword_id))
    connection.execute("UPDATE keywords_ruleaction SET text = 'Anew' WHERE kind = 'send_reply' AND rule_id = ?", (configured.rule_id,))
    bump(connection, (number, configured.keyword_id))
    after = load_changes(connection, before)
    assert after == load_routes(connection) != before
    connection.execute("UPDATE keywords_keyword SET asks_back = ? WHERE id = ?", (True, configured.keyword_id))
    bump(connection, (number, configured.keyword_id))
    after = load_changes(connection, after or before)
    assert after == load_routes(connection)
    assert after is not None
    assert any(one.typos for one in after.numbers.values())
    connection.execute("DELETE FROM keywords_ruleaction WHERE rule_id = ?", (rule,))
    connection.execute("DELETE FROM keywords_rule WHERE id = ?", (rule,))
    connection.execute("DELETE FROM keywords_keyword WHERE id = ?", (added,))
    bump(connection, (number, added))
    assert load_changes(connection, after) == load_routes(connection)


def test_where_more_than_keywords_changed_everything_must_be_read(connection: Connection, configured: Configured) -> None:
    before = load_routes(connection)
    assert load_changes(connection, before) == before
    bump(connection, (configured.shared_id, configured.keyword_id))
    bump(connection)
    assert load_changes(connection, before) is None
    bump(connection, (987_654, configured.keyword_id))
    assert load_changes(connection, replace(load_routes(connection), version=routing_version(connection) - 1)) is None
