"""Why surveys are refused, as problems.

What belongs here: a code or a field for each reason of `apps.surveys.errors`; a test keeps them complete. What does not: the checks.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from recado.api.v1.problems import Problem, conflict, invalid
from recado.apps.surveys.content import LONGEST_NAME, MOST_OPTIONS, MOST_QUESTIONS, MOST_REASKS
from recado.apps.surveys.errors import SurveyRefusal, SurveyRefusedError

REFUSED: Mapping[SurveyRefusal, tuple[str, str]] = {
    SurveyRefusal.NAME: ("body.name", f"must be 1 to {LONGEST_NAME} characters"),
    SurveyRefusal.TEXT_TOO_LONG: ("body.questions", "hold a text that is too long"),
    SurveyRefusal.MINUTES: ("body.reminder_minutes", "must be shorter than `idle_minutes`; times are from a minute to sixty days"),
    SurveyRefusal.REASKS: ("body.reask_limit", f"must be 0 to {MOST_REASKS}"),
    SurveyRefusal.NUMBER: ("body.number_id", "must be one of your own numbers"),
    SurveyRefusal.TOO_MANY: ("body.questions", f"are more than {MOST_QUESTIONS}, or one has more than {MOST_OPTIONS} options"),
    SurveyRefusal.TARGET: ("body.questions", "go to a place where there is no question"),
    SurveyRefusal.CLOSES_IN_THE_PAST: ("body.closes_at", "must be later"),
}
CONFLICTS: Mapping[SurveyRefusal, tuple[str, str]] = {
    SurveyRefusal.STARTED: ("survey-started", "It has started, so only its wording can be corrected. Copy it to ask something else."),
    SurveyRefusal.NOT_A_DRAFT: ("survey-started", "It has started already."),
    SurveyRefusal.NOT_COLLECTING: ("not-collecting", "It does not collect answers now."),
    SurveyRefusal.NOT_CLOSED: ("not-closed", "It is not closed."),
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the services refuse into problems."""
    try:
        yield
    except SurveyRefusedError as error:
        raise refused(error) from error


def refused(error: SurveyRefusedError) -> Problem:
    """Say why a survey cannot be changed as asked."""
    if error.reason is SurveyRefusal.NOT_READY:
        said = ", ".join(f"{one.problem.value} (question {one.place})" if one.place else one.problem.value for one in error.found)
        return conflict("not-ready", f"Something is missing before it can start: {said}. `missing` of the survey lists it.")
    if error.reason in CONFLICTS:
        return conflict(*CONFLICTS[error.reason])
    return invalid(*REFUSED[error.reason])
