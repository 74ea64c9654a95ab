"""Single answers, as people gave them.

What belongs here: lists of answers with who gave them and where their conversation is. What does not: sums (`results`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.paging import Page, page_of
from recado.apps.surveys.models import Answer, Question, Survey
from recado.apps.surveys.results import EVERYTHING, Narrowed, answers_of


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer with whose it is."""

    answer: Answer
    name: str
    """As the contact is called; empty where there is none."""
    dialogue_id: int | None
    """The conversation it stands in, None where it is gone."""


def answers_to(
    survey: Survey, question: Question, narrowed: Narrowed, before: int | None, size: int, *, late: bool = False
) -> Page[Answer]:
    """Return answers to one question, the latest first: those that count, or those that came too late."""
    rows = answers_of(survey, narrowed).filter(question=question, is_late=late)
    return page_of(rows if late else rows.filter(counts=True), before, size)


def all_answers(survey: Survey, narrowed: Narrowed = EVERYTHING, before: int | None = None, size: int = 50) -> Page[Answer]:
    """Return all answers to a survey, the latest first, those that do not count among them."""
    return page_of(answers_of(survey, narrowed).select_related("option"), before, size)


def with_people(account: Account, answers: Sequence[Answer], places: Mapping[int, int | None]) -> list[GivenAnswer]:
    """Say whose each answer is; `places` are the conversations of their messages."""
    contacts = contacts_by_number(account, {one.msisdn for one in answers})
    names = {msisdn: str(contact.full_name) for msisdn, contact in contacts.items()}
    return [GivenAnswer(one, names.get(one.msisdn, ""), places.get(one.message_id)) for one in answers]
