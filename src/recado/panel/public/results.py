"""The results of a survey for everybody who has the address: bars and figures, no phones, people's own words where that is switched on.

What belongs here: this page and its piece that changes. What does not: switching it on (`panel.surveys.publishing`), counting
(`apps.surveys.results`).
"""

from functools import partial
from typing import Any

from django.http import HttpRequest

from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.models import Keyword
from recado.apps.surveys.given import answers_to
from recado.apps.surveys.models import Option, Survey
from recado.apps.surveys.queries import get_public_survey
from recado.apps.surveys.results import EVERYTHING, TOO_FEW, SurveyResult, results_of
from recado.core.survey import AnswerKind, SurveyKind, SurveyState
from recado.panel.public.pages import PublicPage, public_page
from recado.panel.surveys.figures import shown_questions

SECONDS_BETWEEN_LOOKS = 5
SHOWN_TEXTS = 30


@public_page
def results(_request: HttpRequest, token: str) -> PublicPage:
    """Show the results on a phone or a computer."""
    return _page(token, "panel/public/results.html", wall=False)


@public_page
def wall(_request: HttpRequest, token: str) -> PublicPage:
    """Show the results on a screen on the wall."""
    return _page(token, "panel/public/results.html", wall=True)


@public_page
def live(_request: HttpRequest, token: str) -> PublicPage:
    """Give the figures as they are now, as a piece of the page."""
    return _page(token, "panel/public/_results.html", wall=False)


def _page(token: str, template: str, *, wall: bool) -> PublicPage:
    survey = get_public_survey(token)
    return PublicPage(survey.account, template, partial(_context, survey, wall=wall))


def _context(survey: Survey, *, wall: bool) -> dict[str, Any]:
    figures = results_of(survey)
    return {
        "survey": survey,
        "figures": figures,
        "questions": shown_questions(figures),
        "texts": _texts(survey, figures),
        "is_vote": survey.kind == SurveyKind.VOTE,
        "is_collecting": survey.state == SurveyState.COLLECTING,
        "too_few": TOO_FEW,
        "is_wall": wall,
        "keywords": _ways_in(survey),
        "seconds": SECONDS_BETWEEN_LOOKS,
    }


def _ways_in(survey: Survey) -> list[Keyword]:
    """Return the words by which people can take part now, those of a vote in the order of its answers."""
    if survey.state != SurveyState.COLLECTING:
        return []
    found = [one for one in keywords_of(survey.account, Kind.ANSWER_SURVEY, survey.pk) if one.state == Keyword.State.LIVE]
    places = {option: place for place, option in enumerate(Option.objects.filter(question__survey=survey).values_list("pk", flat=True))}
    return sorted(found, key=lambda one: places.get(getattr(one, "option_id", None) or 0, -1))


def _texts(survey: Survey, figures: SurveyResult) -> dict[int, list[str]]:
    """Return what people wrote in their own words, by question, where everybody may read it; addresses never."""
    if not survey.shows_texts:
        return {}
    asked = [one.question for one in figures.questions if one.question.kind == AnswerKind.TEXT and one.has_shares]
    return {question.pk: [one.text for one in answers_to(survey, question, EVERYTHING, None, SHOWN_TEXTS).items] for question in asked}
