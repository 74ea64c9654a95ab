"""Reading texts as answers: each kind of question, what people type around an answer, and what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.survey import AnswerKind, Option, Question
from recado.core.survey_reading import read
from recado.core.taking_part import Fit

TODAY = date(2026, 11, 27)  # a Friday
FOOD = Question(
    1,
    AnswerKind.CHOICE,
    "?",
    (Option(1, "A", "Pizza", ("pica",)), Option(2, "B", "Kebab"), Option(3, "C", "Sałatka z kurczakiem")),
)
GRADES = Question(2, AnswerKind.CHOICE, "?", (Option(1, "2", "bad"), Option(2, "1", "good")))
POINTS = Question(3, AnswerKind.NUMBER, "?", low=1, high=10)
AMOUNT = Question(4, AnswerKind.NUMBER, "?")
CAME = Question(5, AnswerKind.YES_NO, "?")
COMES = Question(6, AnswerKind.YES_NO, "?", (Option(7, "BĘDĘ", "przyjdę"), Option(8, "NIE", "nie przyjdę")))
DAY, MAIL = Question(7, AnswerKind.DATE, "?"), Question(8, AnswerKind.EMAIL, "?")
QUESTIONS = (FOOD, GRADES, POINTS, AMOUNT, CAME, COMES, DAY, MAIL, Question(9, AnswerKind.TEXT, "?"), Question(10, AnswerKind.PHOTO, "?"))


FIRST = "A|a| a) |A.|(A)|odp. A|Odpowiedź: a|answer A!|pizza|PIZZA!!|pica|1|A - Pizza|nr 1|wybieram A|pizzza"
THIRD = "c|sałatka z kurczakiem|SALATKA Z KURCZAKIEM|3.|Sałatka z kurczakem"
NO_CHOICE = "D|4|A B|A i B|A - Kebab|what?|I had pizza yesterday|| |?|0|kot"
SEVEN = "7| 7. |7 pkt|7pkt|daję 7|ocena: 7|7/10|7 na 10|7 of 10|siedem|seven points|around 7"
NO_NUMBER = "0|11|7,5|7 or 8|7/12|call me at 5|5?|I came at 5 with my two kids|-3|seven up is what I like"
SUNDAY = (
    "29.11.2026|29.11.26|29/11|29-11-2026|2026-11-29|29 listopada|29 lis|Nov 29|29th of November|pojutrze|the day after tomorrow"
    "|za 2 dni|in 2 days|w niedzielę|on Sunday|niedziela 29.11|29 . 11"
)
NO_DAY = "32.11|31.04|29.11?|29.11 or 30.11|on the 29th at 6 pm|someday|11|29.11 o 18 z Anią"


def each(texts: str, meaning: object) -> list[tuple[str, object]]:
    return [(text, meaning) for text in texts.split("|")]


def value(text: str, question: Question) -> object:
    found = read(text, question, TODAY)
    if found is None:
        return None
    return found.option_id if question.kind is AnswerKind.CHOICE else found.value


@pytest.mark.parametrize(("text", "option"), [*each(FIRST, 1), *each(THIRD, 3), *each(NO_CHOICE, None)])
def test_a_choice_is_named_by_label_place_text_or_synonym(text: str, option: int | None) -> None:
    assert value(text, FOOD) == option


def test_labels_that_are_numbers_leave_no_places() -> None:
    assert [value(text, GRADES) for text in ("1", "2", "good", "3")] == [2, 1, 2, None]


def test_one_slip_is_near_and_two_options_a_slip_away_are_none() -> None:
    rivals = Question(1, AnswerKind.CHOICE, "?", (Option(1, "A", "kebab"), Option(2, "B", "kebaby")))
    near = read("kebabb", rivals, TODAY)
    assert near is None
    found = read("kebap", FOOD, TODAY)
    assert found is not None
    assert (found.fit, found.option_id) == (Fit.NEAR, 2)


@pytest.mark.parametrize(("text", "number"), [*each(SEVEN, "7"), ("10/10!", "10"), *each(NO_NUMBER, None)])
def test_a_number_within_its_bounds_is_read_with_what_people_write_around_it(text: str, number: str | None) -> None:
    assert value(text, POINTS) == number


@pytest.mark.parametrize(
    ("text", "number"), [("1 200 zł", "1200"), ("-5", "-5"), ("12 345 678", "12345678"), ("007", "7"), ("9" * 30, None)]
)
def test_a_number_without_bounds(text: str, number: str | None) -> None:
    assert value(text, AMOUNT) == number


@pytest.mark.parametrize(
    ("text", "answer"), [*each("tak|TAK!|Yes please", "yes"), *each("nie|Nie, dziękuję.", "no"), *each("tak?|może", None)]
)
def test_yes_and_no_in_any_language(text: str, answer: str | None) -> None:
    assert value(text, CAME) == answer


def test_options_of_yes_and_no_say_where_each_leads() -> None:
    found = [read(text, COMES, TODAY) for text in ("bede", "nie", "tak", "No thanks")]
    assert [(one.value, one.option_id) for one in found if one is not None] == [("yes", 7), ("no", 8), ("yes", 7), ("no", 8)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *each(SUNDAY, "2026-11-29"),
        ("dziś", "2026-11-27"),
        ("jutro", "2026-11-28"),
        ("w piątek", "2026-12-04"),  # never today
        ("3 maja", "2027-05-03"),
        ("20.10", "2026-10-20"),  # lately
        ("12/24", "2026-12-24"),
        ("29.02", "2028-02-29"),
        ("1.2.69", "2069-02-01"),
        ("1.2.85", "1985-02-01"),
        *each(NO_DAY, None),
    ],
)
def test_a_day_in_all_sensible_forms(text: str, day: str | None) -> None:
    assert value(text, DAY) == day


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna@example.com", "anna@example.com"),
        ("Mój mail to Anna.Nowak@Example.com.", "anna.nowak@example.com"),
        ("anna @ example.pl", "anna@example.pl"),
        ("anna@example", None),
        ("a@b.pl or c@d.pl", None),
        ("write to my friend who lives in Radom at a@b.pl, please, thanks", None),
    ],
)
def test_an_address(text: str, address: str | None) -> None:
    assert value(text, MAIL) == address


@given(st.text(max_size=60), st.sampled_from(QUESTIONS))
def test_whatever_is_texted_is_an_answer_of_its_kind_or_none(text: str, question: Question) -> None:
    found = read(text, question, TODAY)
    if question.kind is AnswerKind.PHOTO or not text.strip():
        assert found is None
    if found is None:
        return
    assert len(found.value) <= 200
    assert (found.fit is Fit.LOOSE) == (question.kind is AnswerKind.TEXT)
    if question.kind is AnswerKind.CHOICE:
        assert question.option(found.option_id) is not None
    if question is POINTS:
        assert 1 <= int(found.value) <= 10
    if question is DAY:
        date.fromisoformat(found.value)
