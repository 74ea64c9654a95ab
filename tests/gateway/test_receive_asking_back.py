"""Asking back as it is stored, on both databases: once a day, answered once, handed over, never for another account."""

from datetime import timedelta

import pytest

from gateway.test_receive import ANNA, NOW, World
from recado.store.dialect import Connection
from recado.testing.routing import INDIVIDUAL, SHARED, action, insert, keyword_with_rule

QUESTION = "account_id, number_id, msisdn, keyword_id, message_id, text, answered_at IS NULL"


@pytest.fixture
def world(connection: Connection) -> World:
    world = World(connection)
    with connection.transaction():
        connection.execute("UPDATE keywords_keyword SET asks_back = ?", (True,))
        at = connection.dialect.timestamp(NOW)
        _, rule = keyword_with_rule(connection, world.ids.accounts[0], world.ids.individual_id, "PROMO", at, asks_back=True)
        action(connection, rule, "send_reply", text="Ten percent.")
    return world


def replies(world: World) -> list[str]:
    return [str(row[0]) for row in world.all("outbox_outboundmessage", "text")]


def owners(world: World) -> list[object]:
    return [row[0] for row in world.all("inbox_message", "account_id")]


def test_a_slip_on_a_shared_number_is_asked_about_and_stays_nobodys(world: World) -> None:
    result = world.receive(world.part("gardner"))
    account = world.ids.accounts[0]
    ((*row, is_open),) = world.all("keywords_openquestion", QUESTION)
    assert row == [account, world.ids.shared_id, ANNA, world.ids.keyword_id, result.message_ids[0], "gardner"]
    assert is_open
    assert world.all("outbox_outboundmessage", "account_id, dialogue_id, text") == [(None, None, "Czy chodzilo o GARDENER? Odpisz TAK.")]
    assert world.all("outbox_job", "account_id, kind") == [(None, "submit")]
    assert owners(world) == [None]
    assert not any(world.all(table, "id") for table in ("contacts_contact", "dialogues_dialogue"))
    assert result.messages == []


@pytest.mark.parametrize("is_one_group", [True, False])
def test_yes_fires_the_keyword_and_hands_the_mistyped_message_over(world: World, is_one_group: bool) -> None:
    parts = world.part("gardner"), world.part("Tak!")
    for group in [parts] if is_one_group else [(one,) for one in parts]:
        world.receive(*group)
    account = world.ids.accounts[0]
    ((dialogue, *counts),) = world.all("dialogues_dialogue", "id, message_count, unread_count, last_text")
    assert counts == [3, 2, "Tak!"]
    assert world.all("inbox_message", "account_id, dialogue_id, keyword_id") == [
        (account, dialogue, None),
        (account, dialogue, world.ids.keyword_id),
    ]
    assert "handed_over" in str(world.all("inbox_message", "trail")[0])
    assert len(world.all("contacts_groupmembership", "id")) == 1
    assert replies(world) == ["Czy chodzilo o GARDENER? Odpisz TAK.", "Welcome."]
    assert not world.all("keywords_openquestion", QUESTION)[0][-1]
    world.receive(world.part("tak"))
    assert owners(world)[-1] != world.ids.accounts[1]
    assert replies(world)[2:] == []


def test_yes_on_an_own_number_answers_and_the_mistyped_message_was_theirs_already(world: World) -> None:
    world.receive(world.part("promoo", recipient=INDIVIDUAL))
    world.receive(world.part("OK", recipient=INDIVIDUAL))
    assert replies(world) == ["Czy chodzilo o PROMO? Odpisz TAK.", "Ten percent."]
    assert owners(world) == [world.ids.accounts[0]] * 2
    assert world.all("dialogues_dialogue", "message_count, unread_count") == [(4, 2)]


def test_no_closes_it_and_a_later_yes_does_nothing(world: World) -> None:
    world.receive(world.part("gardner"))
    world.receive(world.part("nie"))
    world.receive(world.part("tak"))
    assert owners(world) == [None] * 3
    assert len(replies(world)) == 1
    assert [bool(row[0]) for row in world.all("inbox_message", "is_discarded")] == [False, True, False]


def test_it_is_asked_once_a_day_and_answered_within_one(world: World) -> None:
    world.receive(world.part("gardner"), world.part("gardenr"))
    world.receive(world.part("gradener"))
    assert len(replies(world)) == 1
    later = NOW + timedelta(hours=24)
    world.receive(world.part("tak", received_at=later), now=later)
    assert owners(world) == [None] * 4
    world.receive(world.part("gardenerr", received_at=later), now=later)
    assert len(replies(world)) == 2
    assert world.all("keywords_openquestion", "text") == [("gardenerr",)]
    world.receive(world.part("tak", received_at=later), now=later + timedelta(hours=23))
    assert owners(world)[-1] == world.ids.accounts[0]


def test_another_phone_or_number_answers_nothing(world: World) -> None:
    world.receive(world.part("gardner"))
    world.receive(world.part("tak", sender="48501999888"), world.part("tak", recipient=INDIVIDUAL))
    assert len(replies(world)) == 1


def test_a_keyword_typed_meanwhile_works_as_usual_and_the_question_stays_open(world: World) -> None:
    with world.con.transaction():
        _, rule = keyword_with_rule(world.con, world.ids.accounts[0], world.ids.individual_id, "HOURS", world.con.dialect.timestamp(NOW))
        action(world.con, rule, "send_reply", text="9 to 5")
    for text in ("promoo", "hours", "tak"):
        world.receive(world.part(text, recipient=INDIVIDUAL))
    assert replies(world)[1:] == ["9 to 5", "Ten percent."]


def test_who_opted_out_or_is_blocked_is_not_asked(world: World) -> None:
    at = world.con.dialect.timestamp(NOW)
    insert(world.con, "contacts_blockedsender", account_id=world.ids.accounts[0], msisdn="48501999888", reason="", created_at=at)
    world.receive(world.part("stop", recipient=INDIVIDUAL))
    before = len(replies(world))
    world.receive(world.part("gardner"), world.part("promoo", recipient=INDIVIDUAL), world.part("gardner", sender="48501999888"))
    assert replies(world)[before:] == []


def test_stop_after_the_question_ends_it(world: World) -> None:
    world.receive(world.part("promoo", recipient=INDIVIDUAL))
    world.receive(world.part("stop", recipient=INDIVIDUAL))
    world.receive(world.part("tak", recipient=INDIVIDUAL))
    assert "Ten percent." not in replies(world)


def test_a_yes_after_somebody_wrote_to_the_phone_answers_them(world: World) -> None:
    world.receive(world.part("promoo", recipient=INDIVIDUAL))
    dialogue = world.all("dialogues_dialogue", "id")[0][0]
    world.con.execute(
        "INSERT INTO outbox_outboundmessage (id, account_id, number_id, dialogue_id, sender, recipient, text, state, reason, carrier_error,"
        " segment_count, is_test, created_at, origin) VALUES (1, ?, ?, ?, ?, ?, 'At five', 'sent', '', '', 1, ?, ?, 'agent')",
        (
            world.ids.accounts[0],
            world.ids.individual_id,
            dialogue,
            INDIVIDUAL,
            ANNA,
            False,
            world.con.dialect.timestamp(NOW + timedelta(minutes=1)),
        ),
    )
    world.receive(world.part("tak", recipient=INDIVIDUAL), now=NOW + timedelta(minutes=2))
    assert "Ten percent." not in replies(world)


def test_what_the_operator_gave_away_meanwhile_is_not_taken_back(world: World) -> None:
    world.receive(world.part("gardner"))
    world.con.execute("UPDATE inbox_message SET account_id = ?", (world.ids.accounts[1],))
    world.receive(world.part("tak"))
    assert owners(world) == [world.ids.accounts[1], world.ids.accounts[0]]
    assert world.all("dialogues_dialogue", "message_count, unread_count") == [(2, 1)]


def test_no_switch_no_question(world: World) -> None:
    world.con.execute("UPDATE keywords_keyword SET asks_back = ?", (False,))
    world.receive(world.part("gardner", recipient=SHARED), world.part("tak"))
    assert world.all("keywords_openquestion", "id") == []
    assert replies(world) == []
