"""The answers to one question, one by one: what people wrote in their own words, or what came too late.

What belongs here: the request and its response. What does not: which answers there are (`apps.surveys.given`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.inbox.queries import messages_by_id
from recado.apps.surveys.given import answers_to, with_people
from recado.apps.surveys.queries import get_question_of, get_survey_for
from recado.core.survey import AnswerKind
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.ids import id_of
from recado.panel.survey_words import value_in_words
from recado.panel.surveys.narrowing import narrowing_of

PAGE = 50


@require_safe
@member_required
@may_read
def answers(request: MemberRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Show them, the latest first, each with the conversation it stands in."""
    found = get_survey_for(request.account, survey_id)
    question = get_question_of(found, question_id)
    narrowing, is_late = narrowing_of(request), bool(request.GET.get("late"))
    page = answers_to(found, question, narrowing.narrowed, id_of(request.GET.get("before")), PAGE, late=is_late)
    kind = AnswerKind(question.kind)
    found_in = messages_by_id(request.account, [one.message_id for one in page.items])
    places = {key: message.dialogue_id for key, message in found_in.items()}
    context = {
        "survey": found,
        "question": question,
        "narrowing": narrowing,
        "is_late": is_late,
        "page": page,
        "answers": [(one, value_in_words(kind, one.answer.value)) for one in with_people(request.account, page.items, places)],
    }
    return render(request, "panel/surveys/answers.html", context)
