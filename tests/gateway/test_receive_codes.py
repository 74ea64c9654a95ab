"""Codes from message to row, on both databases: who gets which, who gets none, and what is said."""

import pytest
from contest_world import ANNA, JAN, NOW, World, part

from recado.core.contest_texts import POLISH, ContestText
from recado.store.dialect import Connection
from recado.testing.contests import contest, keyword_for, pool
from recado.testing.routing import autoresponder


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def stocked(world: World, codes: int, *, reply: str = "Your code: {code}", **columns: object) -> None:
    with world.con.transaction():
        key = pool(world.con, world.account, NOW, codes, **columns)
        keyword_for(world.con, world.account, world.made.individual_id, "CODE", world.at, reply, pool=key)


def handed(world: World) -> list[tuple[object, ...]]:
    return world.con.rows("SELECT value, msisdn FROM codes_code WHERE msisdn IS NOT NULL ORDER BY id")


def deeds(world: World) -> list[str]:
    trails = [str(row[0]).replace('":"', '": "') for row in world.con.rows("SELECT trail FROM inbox_message ORDER BY id")]
    return [trail.rpartition('"deed": "')[2].partition('"')[0] for trail in trails]


def test_each_phone_has_one_code_for_ever_until_none_is_left(world: World) -> None:
    stocked(world, 2)
    assert world.text("code") == "Your code: C1"
    assert world.text("code") == "Your code: C1"
    assert world.text("code", is_test=True) == "Your code: TEST-CODE"
    world.receive(part("code", JAN), part("code", JAN), part("code", "48501222555"))
    assert world.text("code", "48501222666") == POLISH[ContestText.EMPTY]
    assert handed(world) == [("C1", ANNA), ("C2", JAN)]
    assert deeds(world) == ["given", "again", "test", "given", "again", "empty", "empty"]


def test_the_pool_has_texts_of_its_own(world: World) -> None:
    stocked(world, 1, empty_text="All gone.", already_text="You had {code}.")
    assert [world.text("code"), world.text("code"), world.text("code", JAN)] == ["Your code: C1", "You had C1.", "All gone."]


def test_codes_that_were_taken_out_are_not_given(world: World) -> None:
    stocked(world, 2)
    world.con.execute("UPDATE codes_code SET withdrawn_at = ? WHERE value = 'C1'", (world.at,))
    assert world.text("code") == "Your code: C2"


def test_who_wants_no_messages_uses_up_no_code(world: World) -> None:
    stocked(world, 1)
    world.text("hello")
    world.text("stop")
    assert world.text("code") is None
    assert handed(world) == []
    assert deeds(world)[-1] == "opted_out"


def test_of_a_contest_that_decides_at_once_only_winners_get_a_code(world: World) -> None:
    with world.con.transaction():
        bike = contest(world.con, world.account, NOW, entry_rule="kth", every=2, win_text="You won {code} with {entry}!")
        codes = pool(world.con, world.account, NOW, 1)
        keyword_for(world.con, world.account, world.made.individual_id, "BIKE", world.at, "Code: {code}", pool=codes, contest=bike)
    phones = [str(48_501_000_000 + place) for place in range(4)]
    said = [world.text("bike", phone) for phone in phones]
    assert said == [POLISH[ContestText.LOSE], "You won C1 with 2!", POLISH[ContestText.LOSE], POLISH[ContestText.EMPTY]]
    assert handed(world) == [("C1", phones[1])]


def test_no_autoresponder_goes_in_the_place_of_a_code(world: World) -> None:
    stocked(world, 1)
    ((keyword,),) = world.con.rows("SELECT id FROM keywords_keyword WHERE word = 'CODE'")
    with world.con.transaction():
        autoresponder(world.con, world.account, "We are closed.", world.at, keyword_id=keyword)
    assert world.text("code") == "Your code: C1"
