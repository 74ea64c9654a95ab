"""Starting a survey: what is missing, what it costs, by which words or groups people come to it. Later more words can be added here.

What belongs here: requests and responses. What does not: the form (`panel.forms.survey_start`), starting (`apps.keywords.survey_starts`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.survey_starts import WordRefusedError, add_words, start_with_words
from recado.apps.surveys.content import content_of
from recado.apps.surveys.costs import run_cost
from recado.apps.surveys.errors import SurveyRefusal, SurveyRefusedError
from recado.apps.surveys.models import Survey
from recado.apps.surveys.problems import problems_of
from recado.apps.surveys.queries import get_survey_for
from recado.core.survey import SurveyKind, SurveyState
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.survey_start import SurveyStartForm, suggested_word
from recado.panel.ids import id_of
from recado.panel.keywords.availability import free_on_number
from recado.panel.recording import note
from recado.panel.survey_words import problem_sentence, refusal_sentence
from recado.panel.surveys.asking import lead_to_send


@member_required
@may_configure
def start(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Ask how people come to it, and begin."""
    found = get_survey_for(request.account, survey_id)
    if found.state == SurveyState.CLOSED:
        return redirect("survey-results", found.pk)
    keywords = keywords_of(request.account, Kind.ANSWER_SURVEY, found.pk)
    initial = {"by_keyword": not keywords, "word": "" if keywords else suggested_word(found.name)}
    form = SurveyStartForm(
        request.account, found, request.POST if request.method == "POST" else None, has_words=bool(keywords), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        if found.state == SurveyState.DRAFT and form.cleaned_data.get("by_group") and not request.may_send:
            form.add_error("by_group", _("Your role may not send to groups."))
        elif _begin(request, found, form):
            return lead_to_send(request, found) if form.cleaned_data.get("by_group") else redirect("survey-results", found.pk)
    problems = [problem_sentence(one) for one in problems_of(content_of(found))] if found.state == SurveyState.DRAFT else []
    context = {
        "survey": found,
        "form": form,
        "is_vote": found.kind == SurveyKind.VOTE,
        "is_started": found.state != SurveyState.DRAFT,
        "keywords": keywords,
        "problems": problems,
        "cost": run_cost(found),
    }
    return render(request, "panel/surveys/start.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
@member_required
@may_configure
def free(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Say whether the word for an answer is free, as a fragment of the form; `field` is the one it stands in."""
    get_survey_for(request.account, survey_id)
    number_id = id_of(request.GET.get("number"))
    word = " ".join(request.GET.get(request.GET.get("field", ""), "").split())
    if number_id is None:
        return HttpResponse()
    said = {**free_on_number(request, number_id, word), "free": ()}
    return render(request, "panel/keywords/_availability.html", {"asked": bool(word), **said})


def _begin(request: MemberRequest, found: Survey, form: SurveyStartForm) -> bool:
    is_new = found.state == SurveyState.DRAFT
    try:
        with transaction.atomic():
            made = start_with_words(found, form.words(), now=timezone.now()) if is_new else add_words(found, form.words())
            _note(request, found, made, is_new=is_new)
    except WordRefusedError as error:
        form.refuse(error)
        return False
    except SurveyRefusedError as error:
        if error.reason is not SurveyRefusal.NOT_READY:  # what is missing stands on the page anyway
            form.add_error(None, refusal_sentence(error))
        return not is_new and found.state == SurveyState.COLLECTING
    if is_new:
        messages.success(request, _("%(name)s collects answers now.") % {"name": found.name})
    elif made:
        messages.success(request, _("People can take part by the new word, too."))
    return True


def _note(request: MemberRequest, found: Survey, made: list[Keyword], *, is_new: bool) -> None:
    if is_new:
        note(request, "survey.started", found.name, found.pk)
    for keyword in made:
        note(request, "keyword.reserve", keyword.word, keyword.pk, after={"number": keyword.number.digits, "activities": found.name})
