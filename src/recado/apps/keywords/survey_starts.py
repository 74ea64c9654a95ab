"""Starting a survey with the keywords that lead to it, all in one transaction: either it begins with every word, or nothing changes.

What belongs here: this. What does not: starting alone (`apps.surveys.services`), what a keyword does besides (`rules`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recado.apps.keywords.activities import Activity, Kind
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.surveys.models import Option, Survey
from recado.apps.surveys.services import start_survey


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word that shall begin a survey, or stand for an answer of a vote."""

    number: Number
    word: str
    option: Option | None = None


class WordRefusedError(ValueError):
    """One of the words cannot be had: which of them, from 0, and why."""

    permanent = True

    def __init__(self, at: int, error: KeywordError) -> None:
        super().__init__(f"word {at} is refused: {error}")
        self.at = at
        self.error = error


@transaction.atomic
def start_with_words(survey: Survey, words: Sequence[WantedWord], *, now: datetime) -> list[Keyword]:
    """Reserve the words and begin to count answers; raise WordRefusedError or SurveyRefusedError."""
    keywords = add_words(survey, words)
    start_survey(survey, now=now)
    return keywords


@transaction.atomic
def add_words(survey: Survey, words: Sequence[WantedWord]) -> list[Keyword]:
    """Let more words lead to a survey; raise WordRefusedError."""
    made = []
    for at, wanted in enumerate(words):
        option = wanted.option
        activity = Activity(Kind.ANSWER_SURVEY, survey.pk, survey.name, option.pk if option else None, str(option) if option else "")
        try:
            made.append(reserve_keyword(survey.account, wanted.number, wanted.word, RuleContent(activities=(activity,))))
        except KeywordError as error:
            raise WordRefusedError(at, error) from error
    return made
