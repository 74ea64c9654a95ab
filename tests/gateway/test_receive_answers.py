"""Automatic replies of a group of messages, on both databases: who answers, what is counted, where loops and costs end."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.test_receive import ANNA, NOW, World
from recado.core.breaker import MOST_ANSWERS, MOST_IDENTICAL, STANDARD_CEILING, STOPPED_FOR
from recado.gateway.notices import notices_of
from recado.store.dialect import Connection
from recado.testing.routing import INDIVIDUAL, SHARED, autoresponder, insert

BOB = "48601222333"
LONG = "Thank you, we got your message and will call you tomorrow."


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def answering(world: World, text: str = LONG, **columns: object) -> int:
    return autoresponder(world.con, world.ids.accounts[0], text, world.con.dialect.timestamp(NOW), **columns)


def sent(world: World) -> list[tuple[object, ...]]:
    return world.all("outbox_outboundmessage", "recipient, text, autoresponder_id, rule_id, segment_count, cost")


def trips(world: World, columns: str = "msisdn, reason, autoresponder_id") -> list[tuple[object, ...]]:
    return world.all("autoresponders_breakertrip", columns)


def test_an_autoresponder_answers_and_its_cost_is_counted(world: World) -> None:
    responder = answering(world, "Ż" * 71)
    result = world.receive(world.part("hello", recipient=INDIVIDUAL), world.part("hello", BOB, INDIVIDUAL))
    assert sent(world) == [(phone, "Ż" * 71, responder, None, 2, 18) for phone in (ANNA, BOB)]
    days = world.all("autoresponders_answerday", "account_id, source, source_id, day, answers, segments, cost, stopped_ceiling")
    assert days == [(world.ids.accounts[0], "autoresponder", responder, "2026-11-22", 2, 4, 36, None)]
    assert result.job_count == 2
    world.receive(world.part("again", recipient=INDIVIDUAL))
    assert world.all("autoresponders_answerday", "answers, segments, cost") == [(3, 6, 54)]


def test_a_rules_reply_is_counted_too_and_a_test_costs_nothing(world: World) -> None:
    world.receive(world.part("gardener"), world.part("gardener", BOB, is_test=True))
    assert sent(world) == [(ANNA, "Welcome.", None, world.ids.rule_id, 1, 9), (BOB, "Welcome.", None, world.ids.rule_id, 1, 0)]
    assert world.all("autoresponders_answerday", "source, source_id, answers, cost") == [("rule", world.ids.rule_id, 1, 9)]


@pytest.mark.parametrize("together", [True, False])
def test_a_phone_that_repeats_itself_gets_the_same_text_three_times(world: World, together: bool) -> None:
    responder = answering(world)
    groups = [[world.part("hello", recipient=INDIVIDUAL) for _ in range(20)]]
    for group in groups if together else [[part] for part in groups[0]]:
        world.receive(*group)
    assert len(world.texts()) == 20
    assert len(sent(world)) == MOST_IDENTICAL
    assert trips(world) == [(ANNA, "identical", responder)]
    assert world.all("autoresponders_breakertrip", "account_id, number_id, rule_id, lifted_at, notified_at") == [
        (world.ids.accounts[0], world.ids.individual_id, None, None, None)
    ]
    world.receive(world.part("hello", BOB, INDIVIDUAL))
    assert len(sent(world)) == MOST_IDENTICAL + 1


@pytest.mark.parametrize("together", [True, False])
def test_a_phone_gets_five_texts_in_ten_minutes(world: World, together: bool) -> None:
    answering(world, "{number} {argument} hello {date}", keyword_id=world.ids.keyword_id)
    answering(world, "Sent once", position=1, once_minutes=60)
    answering(world, "Sent once as well", position=2, once_minutes=60)
    answering(world, "And this", position=3, once_minutes=60)
    last = answering(world, "And this one", position=4)
    parts = [world.part("hello", recipient=INDIVIDUAL) for _ in range(12)]
    for group in [parts] if together else [[part] for part in parts]:
        world.receive(*group)
    texts = [row[1] for row in sent(world)]
    assert texts == ["Sent once", "Sent once as well", "And this", "And this one", "And this one"]
    assert len(texts) == MOST_ANSWERS
    assert trips(world) == [(ANNA, "too_many", last)]


def test_answers_begin_again_after_a_day_or_when_somebody_lets_them(world: World) -> None:
    answering(world)
    for _ in range(5):
        world.receive(world.part("hello", recipient=INDIVIDUAL))
    assert len(sent(world)) == 3
    later = NOW + timedelta(minutes=1)
    world.con.execute("UPDATE autoresponders_breakertrip SET lifted_at = ?", (world.con.dialect.timestamp(later),))
    world.receive(world.part("hello", recipient=INDIVIDUAL), now=later + timedelta(seconds=1))
    assert (len(sent(world)), len(trips(world))) == (4, 1)
    for _ in range(3):
        world.receive(world.part("hello", recipient=INDIVIDUAL), now=later + timedelta(seconds=2))
    assert (len(sent(world)), len(trips(world))) == (6, 2)
    world.receive(world.part("hello", recipient=INDIVIDUAL), now=later + STOPPED_FOR)
    assert len(sent(world)) == 6
    world.receive(world.part("hello", recipient=INDIVIDUAL), now=later + STOPPED_FOR + timedelta(seconds=3))
    assert len(sent(world)) == 7


def test_trips_and_counts_of_a_simulated_phone_are_its_own(world: World) -> None:
    answering(world)
    world.receive(*[world.part("hello", recipient=INDIVIDUAL, is_test=True) for _ in range(5)])
    assert [bool(row[0]) for row in trips(world, "is_test")] == [True]
    world.receive(world.part("hello", recipient=INDIVIDUAL))
    assert len(sent(world)) == MOST_IDENTICAL + 1


@pytest.mark.parametrize("sender", [SHARED, INDIVIDUAL, "4301", "INFO", ""])
def test_our_own_numbers_short_codes_and_names_are_kept_and_not_answered(world: World, sender: str) -> None:
    answering(world)
    world.receive(world.part("gardener", sender), world.part("hello", sender, INDIVIDUAL))
    assert len(world.texts()) == 2
    assert sent(world) == []
    assert trips(world) == []
    assert all('"send_reply"' in str(row[0]) for row in world.all("inbox_message", "trail"))


def test_an_echo_of_what_went_to_the_phone_or_lately_from_the_account_is_no_question(world: World) -> None:
    responder = answering(world)
    world.receive(world.part("hello", recipient=INDIVIDUAL))
    world.receive(world.part(f"{LONG.upper()} ", recipient=INDIVIDUAL), world.part(LONG, BOB, INDIVIDUAL))
    assert [row[0] for row in sent(world)] == [ANNA]
    assert trips(world) == [(ANNA, "echo", responder), (BOB, "echo", responder)]


def test_an_echo_within_the_group_is_recognised(world: World) -> None:
    answering(world)
    world.receive(world.part("hello to you all!", recipient=INDIVIDUAL), world.part(LONG, BOB, INDIVIDUAL))
    assert [row[0] for row in sent(world)] == [ANNA]


def test_an_automatic_text_is_kept_its_other_actions_done_and_not_answered(world: World) -> None:
    world.con.execute("UPDATE keywords_keyword SET also_when_text_follows = ?", (True,))
    result = world.receive(world.part("Gardener. This is an automatic reply."))
    assert sent(world) == []
    assert trips(world, "reason, rule_id") == [("automatic", world.ids.rule_id)]
    assert len(world.all("contacts_groupmembership", "id")) == 1
    assert ("autoresponders", world.ids.accounts[0]) in {(one.kind, one.account_id) for one in notices_of(result)}


@pytest.mark.parametrize("together", [True, False])
def test_the_ceiling_of_a_day_stops_answers_to_everybody_until_the_day_ends(world: World, together: bool) -> None:
    responder = answering(world, daily_ceiling=20)
    parts = [world.part("hello", f"4860122233{count}", INDIVIDUAL) for count in range(6)]
    for group in [parts] if together else [[part] for part in parts]:
        world.receive(*group)
    assert [row[0] for row in sent(world)] == ["48601222330", "48601222331"]
    assert trips(world) == [("48601222332", "ceiling", responder)]
    assert world.all("autoresponders_answerday", "answers, cost, stopped_ceiling") == [(2, 18, 20)]
    ((until,),) = trips(world, "until")
    assert world.con.dialect.moment(until) == datetime(2026, 11, 23, tzinfo=UTC)
    world.receive(world.part("hello", BOB, INDIVIDUAL), now=NOW + timedelta(hours=12))
    assert len(sent(world)) == 3
    world.con.execute("UPDATE autoresponders_autoresponder SET daily_ceiling = 40")
    world.receive(world.part("hello", BOB, INDIVIDUAL), now=NOW + timedelta(hours=1))
    assert len(sent(world)) == 4


def test_the_standard_ceiling_holds_for_rules(world: World) -> None:
    day = {"source": "rule", "source_id": world.ids.rule_id, "day": "2026-11-22", "answers": 0, "segments": 0, "cost": STANDARD_CEILING}
    insert(world.con, "autoresponders_answerday", id=1, account_id=world.ids.accounts[0], **day)
    world.receive(world.part("gardener"))
    assert sent(world) == []
    assert trips(world, "reason, rule_id") == [("ceiling", world.ids.rule_id)]


def test_once_in_a_while_for_each_person(world: World) -> None:
    answering(world, once_minutes=24 * 60)
    world.receive(*[world.part("hello", phone, INDIVIDUAL) for phone in (ANNA, ANNA, BOB)])
    world.receive(world.part("hello", recipient=INDIVIDUAL), now=NOW + timedelta(hours=23))
    assert [row[0] for row in sent(world)] == [ANNA, BOB]
    world.receive(world.part("hello", recipient=INDIVIDUAL), now=NOW + timedelta(hours=24, seconds=1))
    assert [row[0] for row in sent(world)] == [ANNA, BOB, ANNA]


def test_groups_keywords_and_names_that_only_autoresponders_ask_about_are_known(world: World) -> None:
    group, keyword = world.ids.group_id, world.ids.keyword_id
    answering(world, "Member {first_name}", in_group_id=group)
    answering(world, "Again", keyword_id=keyword, occasion="again", position=1)
    world.receive(world.part("hello", recipient=INDIVIDUAL))
    world.receive(world.part("gardener"))
    world.con.execute("UPDATE contacts_contact SET first_name = 'Anna'")
    world.receive(world.part("hello", recipient=INDIVIDUAL))
    world.receive(world.part("gardener"))
    assert [row[1] for row in sent(world)] == ["Welcome.", "Member Anna", "Again"]


def test_what_is_nobodys_and_about_consent_is_not_answered_by_autoresponders(world: World) -> None:
    answering(world)
    world.receive(world.part("nothing of ours"), world.part("stop", recipient=INDIVIDUAL))
    assert [(row[1] == LONG, row[2], row[3]) for row in sent(world)] == [(False, None, None)]


def test_an_opt_out_is_confirmed_whatever_stopped_other_answers(world: World) -> None:
    answering(world)
    world.receive(*[world.part("hello", recipient=INDIVIDUAL) for _ in range(9)])
    world.receive(world.part("stop", recipient=INDIVIDUAL))
    assert len(sent(world)) == MOST_IDENTICAL + 1
    assert world.all("contacts_optout", "scope") == [("account",)]


def test_an_answer_to_the_one_account_that_wrote_is_answered_for_it(world: World) -> None:
    answering(world)
    world.receive(world.part("gardener"))
    world.receive(world.part("when do you open"))
    assert [row[1] for row in sent(world)] == ["Welcome.", LONG]


def test_plain_receiving_asks_nothing_about_answers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recado.gateway.answerable.load_answered", lambda *_: pytest.fail("something was asked"))
    world.receive(world.part("hello", recipient=INDIVIDUAL), world.part("nothing of ours"))
    assert len(world.texts()) == 2
