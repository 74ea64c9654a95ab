"""Replies of accounts that pay before: as many as their credit reaches for, on both databases, and no message is lost for want of it."""

import pytest

from gateway.test_receive import ANNA, NOW, World
from recado.core.trail import SkipReason
from recado.gateway.receive import receive_group
from recado.store.charging import CreditGoneError, open_wallet
from recado.store.dialect import Connection
from recado.store.snapshot import load_routes

PHONES = [f"4860122233{digit}" for digit in range(5)]


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def give(world: World, balance: int, floor: int | None = 0) -> int:
    account = world.ids.accounts[0]
    with world.con.transaction():
        open_wallet(world.con, account, NOW)
        world.con.execute("UPDATE billing_wallet SET balance = ?, floor = ? WHERE account_id = ?", (balance, floor, account))
    return account


def wallet(world: World) -> tuple[object, ...]:
    return world.con.rows("SELECT balance, reserved FROM billing_wallet")[0]


@pytest.mark.parametrize("together", [True, False])
def test_as_many_are_answered_as_the_credit_reaches_for(world: World, together: bool) -> None:
    give(world, 20)
    groups = [[world.part("gardener", phone) for phone in PHONES]]
    for group in groups if together else [[part] for part in groups[0]]:
        world.receive(*group)
    assert len(world.texts()) == len(PHONES)
    assert world.all("outbox_outboundmessage", "recipient, cost, charge_state") == [(phone, 9, "reserved") for phone in PHONES[:2]]
    assert wallet(world) == (20, 18)
    trails = [row[0] for row in world.all("inbox_message", "trail")]
    assert [SkipReason.NO_CREDIT.value in trail for trail in trails] == [False, False, True, True, True]
    assert world.con.rows("SELECT 1 FROM billing_wallet WHERE refused_at IS NOT NULL") == [(1,)]


def test_who_may_owe_any_amount_is_always_answered_and_what_it_costs_is_reserved(world: World) -> None:
    world.receive(*[world.part("gardener", phone) for phone in PHONES], world.part("gardener", ANNA, is_test=True))
    assert wallet(world) == (0, 9 * len(PHONES))
    assert [row[0] for row in world.all("outbox_outboundmessage", "charge_state")] == ["reserved"] * len(PHONES) + [""]


def test_a_group_whose_money_others_took_meanwhile_is_decided_again_without_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    account = give(world, 5)
    monkeypatch.setattr("recado.store.answered.left", lambda _con, _accounts: {account: 1000})  # as it was when the group was loaded
    part, routes = world.part("gardener"), load_routes(world.con)
    stream = world.generator.stream(int(NOW.timestamp() * 1000))
    with pytest.raises(CreditGoneError) as raised, world.con.transaction():
        receive_group(world.con, [part], routes, stream, NOW)
    assert raised.value.account_ids == {account}
    with world.con.transaction():
        receive_group(world.con, [part], routes, stream, NOW, broke=raised.value.account_ids)
    assert len(world.texts()) == 1
    assert world.all("outbox_outboundmessage", "id") == []
