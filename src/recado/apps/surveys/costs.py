"""What one person costs who goes all the way through a survey: texts sent, the SMS they take, and their price.

What belongs here: the longest and the shortest way. What does not: the texts (`core.survey_steps`), replies to texts that are no answers.
"""

from collections.abc import Callable
from dataclasses import dataclass

from recado.apps.plans.queries import prices_for
from recado.apps.surveys.models import Survey as SurveyRow
from recado.apps.surveys.shapes import shape_of
from recado.core.price import Service, cost
from recado.core.survey import Question, Survey, SurveyKind
from recado.core.survey_steps import first_text, next_question, question_text
from recado.protocols.gsm.segment import segments


@dataclass(frozen=True, slots=True)
class RunCost:
    """What is sent to one person."""

    fewest: int
    """SMS on the shortest way to the end."""
    most: int
    cost: int
    """Of the most, in minor units."""
    longest: int
    """SMS that the longest single text takes."""


def run_cost(survey: SurveyRow) -> RunCost:
    """Say what one person costs who answers everything; of a vote, what one answer to a vote costs."""
    shape = shape_of(survey)
    end = _count(shape.end_text)
    if shape.kind is SurveyKind.VOTE:
        fewest = most = longest = end
    elif not shape.questions:
        fewest = most = longest = 0
    else:
        sizes = {one.id: _count(question_text(one)) for one in shape.questions}
        sizes[shape.questions[0].id] = _count(first_text(shape))
        fewest, most = _way(shape, sizes, end, min), _way(shape, sizes, end, max)
        longest = max([*sizes.values(), end])
    return RunCost(fewest, most, cost(prices_for(survey.account), Service.FULL, most), longest)


def _way(shape: Survey, sizes: dict[int, int], end: int, choose: Callable[[list[int]], int]) -> int:
    """Add up from the last question to the first: each leads to later ones only."""
    from_here: dict[int, int] = {}
    for question in reversed(shape.questions):
        from_here[question.id] = sizes[question.id] + choose([from_here[one.id] if one else end for one in _following(shape, question)])
    return from_here[shape.questions[0].id]


def _following(shape: Survey, question: Question) -> list[Question | None]:
    return [next_question(shape, question, option.id) for option in question.options] or [next_question(shape, question)]


def _count(text: str) -> int:
    return segments(text).count if text.strip() else 0
