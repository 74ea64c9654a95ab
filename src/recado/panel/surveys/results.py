"""The results of a survey: figures that change while people answer, and the file of all who took part.

What belongs here: requests and responses. What does not: counting (`apps.surveys.results`), drawing (`figures`), single answers
(`answers`).
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.contacts.queries import group_names_of
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.surveys.exporting import persons_of
from recado.apps.surveys.models import Answer, Question, Survey
from recado.apps.surveys.queries import get_survey_for
from recado.apps.surveys.results import TOO_FEW, has_tests, results_of
from recado.core.survey import AnswerKind, SessionState, SurveyKind, SurveyState
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.exporting import Cell, export_response
from recado.panel.survey_words import SESSION_STATES, value_in_words
from recado.panel.surveys.figures import shown_questions
from recado.panel.surveys.narrowing import Narrowing, narrowing_of

SECONDS_BETWEEN_LOOKS = 5


@require_safe
@member_required
@may_read
def results(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Show what was answered; a draft is gone on with, unless somebody tried it."""
    found = get_survey_for(request.account, survey_id)
    narrowing = narrowing_of(request)
    if found.state == SurveyState.DRAFT and not narrowing.is_test:
        return redirect("survey", found.pk)
    context = {
        **_live(found, narrowing),
        "groups": group_names_of(request.account),
        "keywords": keywords_of(request.account, Kind.ANSWER_SURVEY, found.pk),
        "public_url": request.build_absolute_uri(reverse("public-results", args=[found.public_token])),
    }
    return render(request, "panel/surveys/results.html", context)


@require_safe
@member_required
@may_read
def live(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Give the figures as they are now, as a piece of the page."""
    found = get_survey_for(request.account, survey_id)
    return render(request, "panel/surveys/_results.html", _live(found, narrowing_of(request)))


@require_safe
@member_required
@may_read
def export(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Give everybody who took part as a file: one row each, what was read and what was typed for each question."""
    found = get_survey_for(request.account, survey_id)
    questions = list(found.questions.all())
    name = f"recado-survey-{found.pk}-{timezone.localdate():%Y-%m-%d}"
    rows = _rows(found, questions, narrowing_of(request))
    return export_response(request.GET.get("as", ""), name, _header(questions), rows)


def _live(found: Survey, narrowing: Narrowing) -> dict[str, Any]:
    figures = results_of(found, narrowing.narrowed)
    states = [(SESSION_STATES[state], figures.states.get(state, 0)) for state in SessionState if figures.states.get(state)]
    return {
        "survey": found,
        "narrowing": narrowing,
        "figures": figures,
        "questions": shown_questions(figures),
        "states": states,
        "is_vote": found.kind == SurveyKind.VOTE,
        "too_few": TOO_FEW,
        "has_tests": narrowing.is_test or has_tests(found),
        "asks_itself": SECONDS_BETWEEN_LOOKS if found.state == SurveyState.COLLECTING or narrowing.is_test else 0,
    }


def _header(questions: list[Question]) -> list[str]:
    header = [_("Phone"), _("Name"), _("Started"), _("Finished"), _("State")]
    for question in questions:
        header += [question.text, _("%(question)s (as typed)") % {"question": question.text}]
    return header


def _rows(found: Survey, questions: list[Question], narrowing: Narrowing) -> Iterator[list[Cell]]:
    for person in persons_of(found, narrowing.narrowed):
        row: list[Cell] = [f"+{person.msisdn}", person.name, person.started_at, person.finished_at]
        row.append(str(SESSION_STATES[SessionState(person.state)]))
        for question in questions:
            row += _cells(question, person.answers.get(question.pk))
        yield row


def _cells(question: Question, answer: Answer | None) -> list[Cell]:
    if answer is None:
        return ["", ""]
    kind = AnswerKind(question.kind)
    if kind is AnswerKind.NUMBER and answer.value.removeprefix("-").isdecimal():
        return [int(answer.value), answer.text]
    if kind is AnswerKind.CHOICE and answer.option is not None:
        return [answer.option.text or answer.option.label, answer.text]
    return [value_in_words(kind, answer.value) or answer.text, answer.text]
