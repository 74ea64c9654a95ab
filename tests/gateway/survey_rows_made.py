"""Surveys written with plain SQL, for tests that receive without Django.

What belongs here: a vote and a conversation on the individual number, with their keywords. What does not: what is expected of them.
"""

from dataclasses import dataclass
from typing import Any

from gateway.test_receive import NOW, World
from recado.store.dialect import Connection
from recado.testing.routing import insert, keyword_with_rule


@dataclass(frozen=True, slots=True)
class Made:
    """Ids of a survey."""

    survey_id: int
    questions: tuple[int, ...]
    options: tuple[int, ...]


def survey(con: Connection, world: World, *, name: str, at: Any, number_id: int | None, kind: str = "conversation", **fields: Any) -> int:
    """Write a survey that collects answers."""
    given = {
        "state": "collecting",
        "counting": "first",
        "late": "resume",
        "idle_minutes": 1440,
        "session_minutes": 10080,
        "reask_limit": 3,
        "intro_text": "",
        "end_text": "Thanks!",
        "reminder_text": "",
        "already_text": "",
        "closed_text": "",
        "gave_up_text": "",
        "public_token": name,
        "is_public": False,
        "created_at": at,
        **fields,
    }
    return insert(con, "surveys_survey", account_id=world.ids.accounts[0], number_id=number_id, name=name, kind=kind, **given)


def question(con: Connection, survey_id: int, position: int, kind: str, text: str, **fields: Any) -> int:
    """Add a question."""
    given = {"reask_text": "", "ends": False, **fields}
    return insert(con, "surveys_question", survey_id=survey_id, position=position, kind=kind, text=text, **given)


def option(con: Connection, question_id: int, position: int, label: str, text: str, **fields: Any) -> int:
    """Add an answer to choose."""
    given = {"synonyms": "", "ends": False, **fields}
    return insert(con, "surveys_option", question_id=question_id, position=position, label=label, text=text, **given)


def leads_to(con: Connection, world: World, word: str, survey_id: int, number_id: int, option_id: int | None = None) -> int:
    """Let a keyword lead to a survey, or stand for one of its answers; return the rule."""
    _, rule = keyword_with_rule(con, world.ids.accounts[0], number_id, word, con.dialect.timestamp(NOW))
    insert(con, "keywords_ruleaction", rule_id=rule, position=0, kind="answer_survey", text="", survey_id=survey_id, option_id=option_id)
    return rule


def pizza(world: World, word: str = "PIZZA", name: str = "Pizza", **fields: Any) -> Made:
    """Write a conversation: which pizza (A, B), how many points, what else; A ends it early."""
    con, number = world.con, world.ids.individual_id
    with con.transaction():
        at = con.dialect.timestamp(NOW)
        key = survey(con, world, name=name, at=at, number_id=number, **fields)
        first = question(con, key, 1, "choice", "Which one?")
        second = question(con, key, 2, "number", "How many points?", low=1, high=10)
        third = question(con, key, 3, "text", "What else?")
        options = (option(con, first, 1, "A", "Margherita"), option(con, first, 2, "B", "Capricciosa", goes_to_id=third))
        leads_to(con, world, word, key, number)
    return Made(key, (first, second, third), options)


def vote(world: World, counting: str = "first", words: tuple[str, str] = ("CATS", "DOGS")) -> Made:
    """Write a vote on the shared number, a keyword for each answer."""
    con = world.con
    with con.transaction():
        at = con.dialect.timestamp(NOW)
        key = survey(con, world, name="Pets", at=at, number_id=None, kind="vote", counting=counting, end_text="Counted.")
        first = question(con, key, 1, "choice", "Cats or dogs?")
        options = tuple(option(con, first, place, label, word) for place, (label, word) in enumerate(zip("AB", words, strict=True), 1))
        for word, each in zip(words, options, strict=True):
            leads_to(con, world, word, key, world.ids.shared_id, each)
    return Made(key, (first,), options)
