"""Entries from message to row, on both databases: what counts, what is answered, what the next message of a group sees."""

from datetime import timedelta

import pytest
from contest_world import ANNA, INDIVIDUAL, JAN, NOW, SHARED, World, part

from recado.core.action import EnterContest, GiveCode
from recado.core.contest_texts import POLISH, ContestText
from recado.core.message import Encoding, InboundMessage
from recado.core.ownership import find_owner
from recado.store.activities import play_for
from recado.store.dialect import Connection
from recado.testing.contests import contest, keyword_for, pool


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def running(world: World, *, reply: str = "Thank you, {entry}.", number: int | None = None, **columns: object) -> int:
    with world.con.transaction():
        key = contest(world.con, world.account, NOW, **columns)
        keyword_for(world.con, world.account, number or world.made.individual_id, "BIKE", world.at, reply, contest=key)
    return key


def test_an_entry_is_counted_answered_and_told_in_the_trail(world: World) -> None:
    running(world)
    assert world.text("bike") == "Thank you, 1."
    assert world.text("bike", JAN) == "Thank you, 2."
    assert world.text("Bike") == POLISH[ContestText.ALREADY]
    assert world.entries("msisdn, state, reason, sequence, ordinal, day_ordinal, day") == [
        (ANNA, "accepted", "", 1, 1, 1, "2026-11-27"),
        (JAN, "accepted", "", 2, 1, 1, "2026-11-27"),
        (ANNA, "refused", "total", None, None, None, "2026-11-27"),
    ]
    trails = [row[0] for row in world.con.rows("SELECT trail FROM inbox_message ORDER BY id")]
    assert '"deed": "entered"' in trails[0].replace('":"', '": "')
    assert "total" in trails[2]


def test_messages_of_one_group_see_each_other(world: World) -> None:
    running(world, entry_rule="first", every=2)
    world.receive(part("bike"), part("bike"), part("bike", JAN), part("bike", "48501222555"))
    assert world.entries("state, sequence, is_winner") == [
        ("accepted", 1, True), ("refused", None, False), ("accepted", 2, True), ("accepted", 3, False)
    ]  # fmt: skip
    assert world.con.rows("SELECT msisdn, place FROM contests_win ORDER BY place") == [(ANNA, 1), (JAN, 2)]


def test_limits_of_a_day_follow_the_accounts_calendar(world: World) -> None:
    running(world, limit_total=None, limit_per_day=1)
    world.con.execute("UPDATE accounts_account SET time_zone = 'Europe/Warsaw'")
    for hours in (0, 10, 11.5):  # 13:00, 23:00, and half past midnight in Warsaw
        world.text("bike", now=NOW + timedelta(hours=hours))
    assert world.entries("state, day, day_ordinal, ordinal") == [
        ("accepted", "2026-11-27", 1, 1), ("refused", "2026-11-27", None, None), ("accepted", "2026-11-28", 1, 2)
    ]  # fmt: skip


def test_a_simulated_phone_uses_up_nothing_real(world: World) -> None:
    running(world, entry_rule="first", every=1)
    assert world.text("bike", is_test=True) == POLISH[ContestText.WIN].format(entry=1)
    assert world.text("bike", is_test=True) == POLISH[ContestText.ALREADY]
    assert world.text("bike") == POLISH[ContestText.WIN].format(entry=1)
    assert world.entries("is_test, sequence, is_winner") == [(True, 1, True), (True, None, False), (False, 1, True)]
    assert world.con.rows("SELECT msisdn, place, notified_at IS NULL FROM contests_win") == [(ANNA, 1, False)]


def test_who_won_before_or_is_in_the_excluded_group_may_not_enter(world: World) -> None:
    stamp = world.con.dialect.timestamp
    first = running(world, entry_rule="every", limit_total=None, excludes_earlier_winners=True)
    world.receive(part("bike"), part("bike"))  # the second knows that the first won
    with world.con.transaction():
        second = contest(
            world.con, world.account, NOW, excludes_earlier_winners=True, excluded_group_id=world.made.group_id, public_token="second"
        )
        keyword_for(world.con, world.account, world.made.shared_id, "CAR", world.at, "In.", contest=second)
    world.text("gardener", JAN, SHARED)  # joins the group
    for sender in (ANNA, JAN, "48501222555"):
        world.text("car", sender, SHARED)
    assert world.entries("contest_id, state, reason") == [
        (first, "accepted", ""), (first, "refused", "earlier_winner"),
        (second, "refused", "earlier_winner"), (second, "refused", "excluded"), (second, "accepted", ""),
    ]  # fmt: skip
    world.con.execute("UPDATE contests_win SET won_at = ?", (stamp(NOW - timedelta(days=366)),))
    world.text("car", ANNA, SHARED)
    assert world.entries("state")[-1] == ("accepted",)


def test_an_age_is_asked_for_and_the_next_year_is_the_answer(world: World) -> None:
    key = running(world, min_age=18, age_text="Year?", entry_rule="first", every=1, win_text="You won with {entry}!")
    assert world.text("bike") == "Year?"
    assert world.text("bike") == "Year?"
    assert world.text("what?") is None
    assert world.text("1990", JAN) is None
    assert world.text("1990") == "You won with 1!"
    assert world.text("1990") is None
    world.receive(part("bike", JAN), part("2015", JAN))  # asked and answered within one group
    world.receive(part("bike", JAN))
    assert world.entries("msisdn, state, reason, sequence, is_winner, answer") == [
        (ANNA, "accepted", "", 1, True, ""), (JAN, "refused", "under_age", None, False, ""), (JAN, "refused", "under_age", None, False, "")
    ]  # fmt: skip
    assert world.con.rows("SELECT contest_id, msisdn, place FROM contests_win") == [(key, ANNA, 1)]


def test_an_answer_after_a_day_or_to_another_number_is_none(world: World) -> None:
    running(world, min_age=18, closes_at=NOW + timedelta(days=9))
    world.text("bike")
    assert world.text("1990", recipient=SHARED) is None
    assert world.text("1990", now=NOW + timedelta(hours=24)) is None
    assert world.entries("state") == [("pending",)]
    assert world.text("bike", now=NOW + timedelta(hours=25)) == POLISH[ContestText.AGE]
    assert world.text("36 lat", now=NOW + timedelta(hours=26)) == POLISH[ContestText.ENTERED].format(entry=1)


def test_an_entry_is_kept_where_nobody_may_be_answered(world: World) -> None:
    running(world)
    assert world.text("bike", SHARED) is None  # one of our own numbers
    assert world.entries("msisdn, state") == [(SHARED, "accepted")]


def test_who_opted_out_is_refused_in_silence(world: World) -> None:
    running(world)
    world.text("bike", JAN)
    world.text("stop", JAN)
    assert world.text("bike", JAN) is None
    assert world.entries("state, reason")[-1] == ("refused", "opted_out")


def test_a_dry_run_asks_outside_of_a_transaction_and_uses_up_nothing(world: World) -> None:
    contest_id = running(world)
    with world.con.transaction():
        pool_id = pool(world.con, world.account, NOW, 1)
        keyword_for(world.con, world.account, world.made.individual_id, "CODE", world.at, "{code}", pool=pool_id)
    for word, place in (("bike", (EnterContest, contest_id)), ("code", (GiveCode, pool_id))):
        message = InboundMessage(1, 1, ANNA, INDIVIDUAL, word, Encoding.GSM7, NOW)
        match = find_owner(world.routes(), message.sender, message.recipient, message.text, NOW)
        assert list(play_for(world.con, message, match, NOW).seen) == [place]
    assert world.entries() == []
