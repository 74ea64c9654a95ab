"""Which question a text answers: keywords, opt-outs, exact answers, free text, and when the sender is asked."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from core.people_in_surveys import ACCOUNT, ANNA, DIGITS, ROUTES, Person, Place
from recado.core.action import AnswerSurvey, OptOut, SendReply
from recado.core.answer import Answers
from recado.core.autoresponder import Autoresponder
from recado.core.decide import decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.survey import Counting, Late
from recado.core.survey_asked import Filed
from recado.core.taking_part import Play
from recado.core.trail import TrailStep

BEGIN = [("pizza", None), ("cinema", None)]
"""Which pizza (A, B, C) is asked first, the favourite film (any text) after it."""


def person() -> Person:
    one = Person(Random(1))
    usual = {"counting": Counting.FIRST, "late": Late.RESUME, "idle": timedelta(days=1), "lasts": timedelta(days=7), "reask_limit": 3}
    one.book.surveys = {key: replace(survey, **usual) for key, survey in one.book.surveys.items()}
    return one


def deeds(one: Person, *said: tuple[str, Place | None]) -> list[str]:
    """Write texts one after the other; return what each did."""
    done = []
    for text, place in said:
        one.now += timedelta(minutes=1)
        trail = one.write(text, place).trail
        done.append(next((str(entry.values["deed"]) for entry in trail if entry.step is TrailStep.SURVEY), ""))
    return done


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("A", (1, 11))], ["asked_which"]),  # exactly what the older one wants, and any text for the newer
        ([("A", (1, 11)), ("2", (1, 11))], ["asked_which", "answered"]),
        ([("A", (1, 11)), ("pizza of the year", (1, 11))], ["asked_which", "answered"]),
        ([("A", (1, 11)), ("info", None), ("It was good", (3, 31))], ["asked_which", "", "answered"]),
        ([("Casablanca", (3, 31)), ("Funny!", (3, 32)), ("A", (1, 11))], ["answered", "answered", "answered"]),
        ([("Casablanca", (3, 31)), ("hm", (3, 32))], ["answered", "asked_again"]),
        ([("info", None)], [""]),  # a whole keyword is a keyword
        ([("pizza", None)], ["asked_again"]),
    ],
)
def test_after_two_surveys_have_begun(said: list[tuple[str, Place | None]], expected: list[str]) -> None:
    one = person()
    assert deeds(one, *BEGIN) == ["began", "began"]
    assert deeds(one, *said) == expected


def test_an_exact_answer_to_the_question_asked_last_is_that_and_a_text_for_an_older_one_is_asked_about() -> None:
    one = person()
    deeds(one, *BEGIN, ("Casablanca", (3, 31)))  # now the film's kind is asked: 1 or 2
    assert deeds(one, ("comedy", (3, 32))) == ["answered"]
    one = person()
    deeds(one, ("cinema", None), ("visit", None))  # the film is asked, then whether they were here
    assert deeds(one, ("tak", (2, 21))) == ["answered"]
    assert deeds(one, ("Casablanca", (3, 31))) == ["asked_which"]  # a date is asked last


def test_a_keyword_that_is_just_what_was_asked_for_answers() -> None:
    one = person()
    question = one.book.surveys[1].questions[0]
    options = (*question.options, replace(question.options[0], id=99, label="D", text="info"))
    one.book.surveys[1] = replace(one.book.surveys[1], questions=(replace(question, options=options), *one.book.surveys[1].questions[1:]))
    assert deeds(one, ("pizza", None), ("info", (1, 11))) == ["began", "answered"]


@pytest.mark.parametrize("days", [0, 3])
def test_stop_is_never_an_answer(days: int) -> None:
    one = person()
    deeds(one, *BEGIN)
    one.now += timedelta(days=days)
    decision = one.write("Stop.", None)
    assert any(isinstance(action, OptOut) for action in decision.actions)
    assert not any(isinstance(action, AnswerSurvey) for action in decision.actions)
    assert deeds(one, ("A", None), ("It was good", None), ("pizza", None)) == ["", "", "opted_out"]


def test_an_autoresponder_of_the_keyword_does_not_take_the_place_of_the_first_question() -> None:
    one = person()
    message = InboundMessage(1, 1, ANNA, DIGITS, "pizza", Encoding.GSM7, one.now)
    match = find_owner(ROUTES, ANNA, DIGITS, "pizza", one.now)
    seen = one.book.seen(1, ANNA, is_test=False)
    assert seen is not None
    busy = Autoresponder(1, ACCOUNT, "Busy", "We are busy.", keyword_id=1)
    decision = decide(message, match, one.sender, one.now, answers=Answers({ACCOUNT: (busy,)}), play=Play({(AnswerSurvey, 1): seen}))
    assert [action.text for action in decision.actions if isinstance(action, SendReply)] == [
        "Which?\nA - Margherita\nB - Hawaii\nC - Nothing"
    ]
    assert any(isinstance(action, AnswerSurvey) and isinstance(action.result, Filed) for action in decision.actions)
