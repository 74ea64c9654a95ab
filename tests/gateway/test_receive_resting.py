"""The neutral answer to a resting word as it is stored, on both databases: the installation's own, once a day, seen by no account."""

from datetime import timedelta

import pytest

from gateway.test_receive import ANNA, NOW, World
from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.store.dialect import POSTGRESQL, Connection
from recado.store.insert import BIGINT, TEXT, TIMESTAMP
from recado.store.load import _OURS_LATELY, load_told_resting
from recado.store.statements import OUTBOUND_MESSAGE
from recado.testing.routing import keyword_with_rule

ANSWER = "To haslo SMS juz nie dziala."
DAY = timedelta(days=1)


@pytest.fixture
def world(connection: Connection) -> World:
    made = World(connection)
    with connection.transaction():
        release(made, made.ids.keyword_id)
        for word in ("TULIP", "STAYS"):
            key, _ = keyword_with_rule(connection, made.ids.accounts[1], made.ids.shared_id, word, connection.dialect.timestamp(NOW))
            if word == "TULIP":
                release(made, key)
    return made


def release(world: World, keyword_id: int) -> None:
    ended = world.con.dialect.timestamp(NOW - DAY)
    world.con.execute("UPDATE keywords_keyword SET state = 'quarantine', ends_at = ? WHERE id = ?", (ended, keyword_id))


def answers(world: World) -> list[tuple[object, ...]]:
    return world.all("outbox_outboundmessage", "account_id, recipient, text")


def test_the_answer_and_its_job_are_the_installations_own_and_the_message_stays_nobodys(world: World) -> None:
    result = world.receive(world.part("Gardener"))
    assert answers(world) == [(None, ANNA, ANSWER)]
    columns = "dialogue_id, number_id, connection_id, in_reply_to_id, rule_id, state"
    (message_id,) = result.message_ids
    assert world.all("outbox_outboundmessage", columns) == [
        (None, world.ids.shared_id, world.ids.connection_id, message_id, None, "queued")
    ]
    assert world.all("outbox_job", "account_id, kind, message_id, state") == [(None, "submit", message_id, "waiting")]
    ((account, discarded),) = world.all("inbox_message", "account_id, is_discarded")
    assert (account, bool(discarded)) == (None, False)
    assert world.all("dialogues_dialogue", "id") == []
    assert (result.messages, result.unmatched_count, result.job_count) == ([], 1, 1)


def test_a_phone_gets_it_once_in_24_hours_whatever_resting_words_it_sends(world: World) -> None:
    world.receive(world.part("gardener"), world.part("tulip"), world.part("gardener", sender="48502000000"))
    world.receive(world.part("TULIP", received_at=NOW + DAY - timedelta(seconds=1)), now=NOW + DAY - timedelta(seconds=1))
    assert answers(world) == [(None, ANNA, ANSWER), (None, "48502000000", ANSWER)]
    assert ["answered_lately" in str(row[0]) for row in world.all("inbox_message", "trail")] == [False, True, False, True]
    world.receive(world.part("tulip", received_at=NOW + DAY), now=NOW + DAY)
    assert len(answers(world)) == 3


def test_a_simulated_phone_neither_uses_up_nor_misses_the_answer_of_a_real_one(world: World) -> None:
    world.receive(world.part("gardener", is_test=True))
    world.receive(world.part("gardener"))
    assert [bool(row[0]) for row in world.all("outbox_outboundmessage", "is_test")] == [True, False]


def test_other_messages_of_the_installation_do_not_count(world: World) -> None:
    at = world.con.dialect.timestamp(NOW)
    row = (
        1,
        None,
        world.ids.shared_id,
        None,
        None,
        "48503340503",
        ANNA,
        "You will get no more messages.",
        None,
        None,
        None,
        None,
        1,
        0,
        "",
        False,
        at,
    )
    with world.con.transaction():
        OUTBOUND_MESSAGE.run(world.con, [row])
    assert load_told_resting(world.con, [(world.ids.shared_id, ANNA)], NOW) == set()


@pytest.mark.parametrize("text", ["stays", "gardener please", "hello"])
def test_nothing_is_answered_where_another_keyword_matches_or_none(world: World, text: str) -> None:
    world.receive(world.part(text))
    assert answers(world) == []


def test_a_word_taken_again_by_its_former_owner_does_what_it_did(world: World) -> None:
    at = world.con.dialect.timestamp(NOW)
    with world.con.transaction():
        keyword_with_rule(world.con, world.ids.accounts[0], world.ids.shared_id, "GARDENER", at)
    world.receive(world.part("gardener"))
    assert answers(world) == []
    assert world.all("inbox_message", "account_id") == [(world.ids.accounts[0],)]


def test_after_90_days_nothing_is_answered(world: World) -> None:
    later = NOW + 89 * DAY
    world.receive(world.part("gardener", received_at=later), now=later)
    assert answers(world) == []
    assert world.all("inbox_message", "account_id") == [(None,)]


def test_an_answer_of_the_installation_makes_nobody_the_writer_to_a_phone(world: World) -> None:
    world.receive(world.part("gardener"))
    world.receive(world.part("thank you"))
    assert world.all("inbox_message", "account_id") == [(None,), (None,)]


def test_a_receipt_finishes_it_and_tells_no_account(world: World) -> None:
    world.receive(world.part("gardener"))
    link = world.ids.connection_id
    world.con.execute(
        "INSERT INTO outbox_segment (id, outbound_message_id, position, connection_id, carrier_message_id, state, carrier_state,"
        " carrier_error, updated_at) SELECT 1, id, 1, ?, 'x1', 'sent', '', '', created_at FROM outbox_outboundmessage",
        (link,),
    )
    result = world.receive(DeliveryReceipt(link, "x1", "DELIVRD", "000", NOW, b"", OutboundState.DELIVERED))
    assert world.all("outbox_outboundmessage", "state, account_id") == [("delivered", None)]
    assert (result.receipt_count, result.outbound) == (1, [])


def test_looking_for_earlier_answers_reads_the_installations_own_messages_alone(world: World) -> None:
    con = world.con
    keys = [(world.ids.shared_id, ANNA, con.dialect.timestamp(NOW))]
    explain = "EXPLAIN " if con.dialect is POSTGRESQL else "EXPLAIN QUERY PLAN "
    if con.dialect is POSTGRESQL:
        con.execute("SET enable_seqscan = off")
    plan = str(con.rows_for(explain + _OURS_LATELY, (BIGINT, TEXT, TIMESTAMP), keys))
    assert "outbound_of_installation" in plan
