"""Surveys as they are stored, on both databases: begun, answered, voted in, stopped, and never filed in the wrong place."""

from datetime import timedelta

import pytest

from gateway.survey_rows_made import Made, leads_to, pizza, question, survey, vote
from gateway.test_receive import ANNA, NOW, World
from recado.core.mms import InboundMms, MmsPart, PartRole
from recado.store.dialect import Connection
from recado.testing.routing import INDIVIDUAL, insert, keyword_with_rule

ANSWERS = "question_id, option_id, value, text, counts, once"


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def say(world: World, *texts: str, apart: timedelta = timedelta(minutes=1), begin: timedelta = timedelta(), **fields: object) -> list[str]:
    """Text one after the other; return what was replied."""
    before = len(replies(world))
    for place, text in enumerate(texts):
        at = NOW + begin + place * apart
        world.receive(world.part(text, recipient=INDIVIDUAL, received_at=at, **fields), now=at)
    return replies(world)[before:]


def replies(world: World) -> list[str]:
    return [str(row[0]) for row in world.all("outbox_outboundmessage", "text")]


def states(world: World) -> list[object]:
    return [row[0] for row in world.all("surveys_session", "state")]


def answers(world: World) -> list[tuple[object, ...]]:
    return [(*row[:4], bool(row[4]), row[5]) for row in world.all("surveys_answer", ANSWERS)]


@pytest.mark.parametrize("is_one_group", [True, False])
def test_a_conversation_from_the_keyword_to_the_end(world: World, is_one_group: bool) -> None:
    made = pizza(world, intro_text="Hello!")
    texts = ("pizza", "a)", "7 pkt", "More olives, please")
    if is_one_group:
        world.receive(*(world.part(text, recipient=INDIVIDUAL) for text in texts))
    else:
        say(world, *texts)
    assert replies(world) == [
        "Hello!\nWhich one?\nA - Margherita\nB - Capricciosa",
        "How many points?",
        "What else?",
        "Thanks!",
    ]
    assert answers(world) == [
        (made.questions[0], made.options[0], "Margherita", "a)", True, ANNA),
        (made.questions[1], None, "7", "7 pkt", True, ANNA),
        (made.questions[2], None, "", "More olives, please", True, ANNA),
    ]
    assert world.all("surveys_session", "state, question_id, due_at, round, number_id, msisdn") == [
        ("done", None, None, 1, world.ids.individual_id, ANNA)
    ]
    assert world.all("outbox_outboundmessage", "survey_id, rule_id") == [(made.survey_id, None)] * 4
    assert world.all("autoresponders_answerday", "source, source_id, answers") == [("survey", made.survey_id, 4)]


def test_an_option_leads_past_questions_and_a_repeated_keyword_is_told_of(world: World) -> None:
    made = pizza(world)
    said = say(world, "PIZZA", "capricciosa", "anything", "PIZZA", "hello")
    assert said[1:] == ["What else?", "Thanks!", "Mamy juz Twoja odpowiedz. Dziekujemy!"]
    assert [row[0] for row in answers(world)] == [made.questions[0], made.questions[2]]


def test_what_is_no_answer_is_asked_again_up_to_the_limit(world: World) -> None:
    pizza(world, reask_limit=2, gave_up_text="Another time, then.")
    said = say(world, "PIZZA", "hm", "what?", "no idea", "A")
    again = "Nie rozumiemy odpowiedzi. Odpisz A albo B.\nWhich one?\nA - Margherita\nB - Capricciosa"
    assert said[1:4] == [again, again, "Another time, then."]
    assert said[4] == "How many points?"  # late is better than never
    assert states(world) == ["open"]


def test_stop_days_later_is_an_opt_out_and_ends_the_session(world: World) -> None:
    pizza(world, session_minutes=99999, idle_minutes=99999)
    say(world, "PIZZA", "B")
    said = say(world, "STOP", "it was good", begin=timedelta(days=5))
    assert states(world) == ["stopped"]
    assert len(world.all("contacts_optout", "id")) == 1
    assert len(answers(world)) == 1
    assert len(said) == 1  # the confirmation


def test_stop_in_the_group_of_an_answer(world: World) -> None:
    pizza(world)
    world.receive(*(world.part(text, recipient=INDIVIDUAL) for text in ("PIZZA", "B", "STOP", "good")))
    assert states(world) == ["stopped"]
    assert len(answers(world)) == 1


def test_several_surveys_at_once_and_the_question_which_was_meant(world: World) -> None:
    first, second = pizza(world, name="Best pizza"), pizza(world, "PASTA", "Best pasta")
    said = say(world, "PIZZA", "PASTA", "B", "1.")
    assert said[2:] == ["Na co odpowiadasz? Odpisz 1: Best pasta, 2: Best pizza.", "What else?"]
    messages = [row[0] for row in world.all("inbox_message", "id")]
    assert world.all("surveys_answer", "survey_id, text, message_id") == [(second.survey_id, "B", messages[2])]
    said = say(world, "all fine", "A", begin=timedelta(hours=1))
    assert said == ["Thanks!", "How many points?"]
    assert [row[0] for row in answers(world)][1:] == [second.questions[2], first.questions[0]]


@pytest.mark.parametrize("between", [["GARDENING"], ["A - Margherita"]], ids=["a keyword", "another clear answer"])
def test_the_question_which_was_meant_is_dropped(world: World, between: list[str]) -> None:
    first, second = pizza(world, name="Best pizza"), pizza(world, "PASTA", "Best pasta")
    with world.con.transaction():
        keyword_with_rule(world.con, world.ids.accounts[0], world.ids.individual_id, "GARDENING", world.con.dialect.timestamp(NOW))
    world.con.execute("UPDATE surveys_option SET label = 'X', text = 'x' WHERE id = ?", (second.options[0],))
    say(world, "PIZZA", "PASTA", "B", *between, "2")
    filed = [row[3] for row in answers(world)]
    assert "B" not in filed
    assert (first.questions[0] in [row[0] for row in answers(world)]) is (between != ["GARDENING"])


def test_a_keyword_beats_free_text(world: World) -> None:
    pizza(world)
    pizza(world, "PASTA", "Pasta")
    said = say(world, "PIZZA", "B", "PASTA", "GARDENER is nothing here", "2")
    assert said[1] == "What else?"
    assert said[2].startswith("Which one?")
    assert said[3:] == ["Na co odpowiadasz? Odpisz 1: Pasta, 2: Pizza.", "Thanks!"]
    assert [row[3] for row in answers(world)] == ["B", "GARDENER is nothing here"]


@pytest.mark.parametrize(("counting", "counted", "rows"), [("first", "CATS", 1), ("last", "DOGS", 2), ("every", None, 2)])
def test_votes_count_as_set(world: World, counting: str, counted: str | None, rows: int) -> None:
    made = vote(world, counting)
    world.receive(world.part("cats"))
    world.receive(world.part("dogs"))
    found = world.all("surveys_answer", "option_id, counts, once")
    assert len(found) == rows
    if counted is not None:
        assert [row[0] for row in found if row[2] == ANNA and row[1]] == [made.options[("CATS", "DOGS").index(counted)]]
    else:
        assert [(bool(row[1]), row[2]) for row in found] == [(True, None)] * 2


def test_simulated_people_are_kept_apart(world: World) -> None:
    pizza(world)
    say(world, "PIZZA", "A", is_test=True)
    say(world, "PIZZA")
    assert [(bool(row[0]), row[1]) for row in world.all("surveys_session", "is_test, question_id IS NULL")] == [
        (True, False),
        (False, False),
    ]
    assert len(world.all("surveys_session", "id")) == 2


def test_a_closed_survey_says_so_once(world: World) -> None:
    pizza(world)
    say(world, "PIZZA")
    world.con.execute("UPDATE surveys_survey SET state = 'closed', closed_at = ?", (world.con.dialect.timestamp(NOW),))
    said = say(world, "A", "A", "PIZZA", begin=timedelta(hours=1))
    assert said == ["Ta ankieta jest zakonczona. Dziekujemy!"] * 2
    assert answers(world) == []


def test_another_account_that_gets_the_number_gets_none_of_its_sessions(world: World) -> None:
    pizza(world)
    say(world, "PIZZA")
    world.con.execute("UPDATE numbers_number SET account_id = ? WHERE id = ?", (world.ids.accounts[1], world.ids.individual_id))
    assert say(world, "A", begin=timedelta(hours=1)) == []
    assert answers(world) == []


def test_the_answers_message_is_handed_on_by_the_numbers_rule(world: World) -> None:
    made: Made = pizza(world)
    con = world.con
    at = con.dialect.timestamp(NOW)
    rule = insert(
        con,
        "keywords_rule",
        account_id=world.ids.accounts[0],
        number_id=world.ids.individual_id,
        priority=0,
        is_enabled=True,
        created_at=at,
    )
    insert(con, "keywords_ruleaction", rule_id=rule, position=0, kind="forward_to_url", destination_id=world.ids.destination_id, text="")
    insert(con, "keywords_ruleaction", rule_id=rule, position=1, kind="send_reply", text="We have your message.")
    assert say(world, "PIZZA", "A")[1] == "How many points?"
    assert [row[0] for row in world.all("outbox_job", "kind") if row[0] != "submit"] == ["forward_url"]
    assert world.all("outbox_outboundmessage", "survey_id, rule_id")[1] == (made.survey_id, None)


def test_texts_of_a_survey_name_the_person(world: World) -> None:
    con = world.con
    pizza(world, intro_text="Hello {first_name}!", end_text="Thanks, {first_name}.")
    empty = dict.fromkeys(("last_name", "company", "email", "tax_id", "address", "city", "description"), "")
    account, at = world.ids.accounts[0], con.dialect.timestamp(NOW)
    insert(con, "contacts_contact", id=7, account_id=account, msisdn=ANNA, first_name="Anna", source="manual", created_at=at, **empty)
    said = say(world, "PIZZA", "PIZZA", "B", "fine")
    assert said[0].startswith("Hello Anna!")
    assert said[1] == "Which one?\nA - Margherita\nB - Capricciosa"  # asked once more, not told that it was not understood
    assert said[3] == "Thanks, Anna."


def test_a_picture_is_asked_for_until_an_mms_brings_one(world: World) -> None:
    con, at = world.con, world.con.dialect.timestamp(NOW)
    with con.transaction():
        key = survey(con, world, name="Garden", at=at, number_id=world.ids.individual_id)
        asked = question(con, key, 1, "photo", "Show us your garden")
        leads_to(con, world, "GARDEN", key, world.ids.individual_id)
    part = MmsPart(PartRole.MEDIA, "a" * 64, 10, "image/jpeg", name="garden.jpg")
    assert say(world, "garden", "here it is")[0] == "Show us your garden"
    assert answers(world) == []
    for text in ("", "from above"):
        say(world, text, begin=timedelta(minutes=5), mms=InboundMms("", text, (part,)))
    assert [row[:4] for row in answers(world)] == [(asked, None, "garden.jpg", "")]
    assert replies(world)[-1] == "Thanks!"
