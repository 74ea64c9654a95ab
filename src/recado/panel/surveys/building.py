"""Building a survey: a draft that is kept with every change, beside a phone that plays it; one that has started can only be reworded.

What belongs here: requests and responses. What does not: the form (`panel.forms.survey`), questions from and to the page (`reading`,
`shown`), the phone's engine (`apps.surveys.preview`), starting (`starting`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.surveys.audited import facts
from recado.apps.surveys.content import SurveyContent, content_of
from recado.apps.surveys.costs import run_cost
from recado.apps.surveys.editing import moved, new_question, with_option, with_question, without_option, without_question
from recado.apps.surveys.errors import SurveyRefusedError
from recado.apps.surveys.models import Survey
from recado.apps.surveys.preview import Bubble, play
from recado.apps.surveys.problems import problems_of
from recado.apps.surveys.queries import get_survey_for
from recado.apps.surveys.services import correct_survey, own_numbers, write_survey
from recado.apps.surveys.undo import TooLateError, put_back, seal_option, seal_question
from recado.core.survey import AnswerKind, SurveyKind, SurveyState
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.survey import SurveyForm
from recado.panel.ids import id_of
from recado.panel.recording import note
from recado.panel.survey_words import ANSWER_KINDS, KIND_ICONS, OFFERED_KINDS, problem_sentence, refusal_sentence
from recado.panel.surveys.reading import with_posted_questions
from recado.panel.surveys.shown import shown_questions
from recado.panel.undo import offer_undo

MOST_SAID = 60
_LONGEST_SAID = 500


@member_required
@may_read
def survey(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Show a survey; what is posted is kept, then done what the button says."""
    found = get_survey_for(request.account, survey_id)
    if request.method == "POST":
        return _posted(request, found)
    return _page(request, found, _form(request, found))


@require_POST
@member_required
@may_configure
def keep(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Keep what is written so far, and give the piece of the page that says what is missing and plays it."""
    found = get_survey_for(request.account, survey_id)
    if _is_started(found):  # its words are corrected by the button, not while they are typed
        return HttpResponse(status=204)
    form = _form(request, found)
    form.is_valid()  # what is wrong is left as it was, and said when a button is pressed
    try:
        write_survey(found, with_posted_questions(form.given(), request.POST))
    except SurveyRefusedError as error:
        return render(request, "panel/surveys/_beside.html", {**_beside(request, found), "refusal": refusal_sentence(error)})
    return render(request, "panel/surveys/_beside.html", _beside(request, found))


@require_POST
@member_required
@may_read
def preview(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Play the survey one text further; without scripts on the whole page."""
    found = get_survey_for(request.account, survey_id)
    if request.headers.get("HX-Request-Type") == "partial":
        return render(request, "panel/surveys/_phone.html", _phone(request, found))
    return _page(request, found, SurveyForm(request.account, content_of(found), is_started=_is_started(found)))


@require_POST
@member_required
@may_configure
def restore(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Put a question or an answer that was taken out back to its place."""
    found = get_survey_for(request.account, survey_id)
    try:
        with transaction.atomic():
            write_survey(found, put_back(found, content_of(found), request.POST.get("taken", "")))
    except (TooLateError, SurveyRefusedError):
        messages.warning(request, _("It is too late to undo this."))
    else:
        messages.success(request, _("It is back."))
    return redirect("survey", found.pk)


@may_configure
def _posted(request: MemberRequest, found: Survey) -> HttpResponse:
    asked = request.POST.get("do", "")
    form = _form(request, found)
    if not form.is_valid():
        return _page(request, found, form)
    content = with_posted_questions(form.given(), request.POST)
    if _is_started(found):
        return _corrected(request, found, form, content)
    changed, focus, taken = _done(found, content, asked)
    before = facts(found)
    try:
        with transaction.atomic():
            write_survey(found, changed)
            if asked == "save" and (after := facts(found)) != before:
                note(request, "survey.changed", found.name, found.pk, before=before, after=after)
    except SurveyRefusedError as error:
        form.add_error(None, refusal_sentence(error))
        return _page(request, found, form)
    if taken:
        words = _("The question is taken out.") if asked.startswith("drop-") else _("The answer is taken out.")
        offer_undo(request, words, reverse("survey-restore", args=[found.pk]), {"taken": taken})
    if asked == "start":
        return redirect("survey-start", found.pk)
    if asked == "save":
        messages.success(request, _("The draft is kept."))
    return redirect(f"{reverse('survey', args=[found.pk])}{focus}")


def _corrected(request: MemberRequest, found: Survey, form: SurveyForm, content: SurveyContent) -> HttpResponse:
    before = facts(found)
    try:
        with transaction.atomic():
            correct_survey(found, content)
            note(request, "survey.reworded", found.name, found.pk, before=before, after=facts(found))
    except SurveyRefusedError as error:
        form.add_error(None, refusal_sentence(error))
        return _page(request, found, form)
    messages.success(request, _("Saved. Whoever is asked from now on reads the new words."))
    return redirect("survey", found.pk)


def _done(found: Survey, content: SurveyContent, asked: str) -> tuple[SurveyContent, str, str]:
    """Do what a button says: return the survey, where the page goes on, and what was taken out, sealed."""
    what, _dash, rest = asked.partition("-")
    if what == "add" and rest in set(AnswerKind):
        added = with_question(content, new_question(AnswerKind(rest)))
        last = len(added.questions)
        return added, _place(last, "text"), ""
    first, _dash, second = rest.partition("-")
    place, at = id_of(first) or 0, id_of(second) or 0
    if not 1 <= place <= len(content.questions):
        return content, "", ""
    if what in {"drop", "cut"}:
        return _taken_out(found, content, place, at if what == "cut" else None)
    if what in {"up", "down"}:
        by = -1 if what == "up" else 1
        return moved(content, place, by), _place(place + by, what), ""
    if what == "option":
        more = with_option(content, place)
        return more, _place(place, f"o{len(more.questions[place - 1].options)}-text"), ""
    return content, _place(place, "kind") if what == "kind" else "", ""


def _taken_out(found: Survey, content: SurveyContent, place: int, at: int | None) -> tuple[SurveyContent, str, str]:
    """Take out a question, or one of its answers."""
    if at is None:
        return without_question(content, place), f"#question-{max(place - 1, 1)}", seal_question(found, content, place)
    if not 1 <= at <= len(content.questions[place - 1].options):
        return content, "", ""
    return without_option(content, place, at), _place(place, "add"), seal_option(found, content, place, at)


def _place(place: int, field: str) -> str:
    """Return the piece of an address that goes on at a field of a question."""
    return f"?focus=q{place}-{field}#question-{place}"


def _form(request: MemberRequest, found: Survey) -> SurveyForm:
    return SurveyForm(request.account, content_of(found), request.POST if request.method == "POST" else None, is_started=_is_started(found))


def _is_started(found: Survey) -> bool:
    return found.state != SurveyState.DRAFT


def _page(request: MemberRequest, found: Survey, form: SurveyForm) -> HttpResponse:
    content = content_of(found)
    if form.is_bound and form.errors:
        content = with_posted_questions(content, request.POST)
    context: dict[str, Any] = {
        **_beside(request, found),
        "form": form,
        "questions": shown_questions(content),
        "kinds": [(kind.value, ANSWER_KINDS[kind], KIND_ICONS[kind]) for kind in OFFERED_KINDS],
        "focus": request.GET.get("focus", ""),
        "has_numbers": bool(form.numbers) or bool(own_numbers(request.account)),
    }
    return render(request, "panel/surveys/survey.html", context, status=422 if form.is_bound and form.errors else 200)


def _beside(request: MemberRequest, found: Survey) -> dict[str, Any]:
    """Give what stands beside the questions: what is missing, what it costs, the phone."""
    content = content_of(found)
    return {
        **_phone(request, found),
        "is_started": _is_started(found),
        "is_vote": content.kind is SurveyKind.VOTE,
        "problems": [problem_sentence(one) for one in problems_of(content)] if not _is_started(found) else [],
        "cost": run_cost(found),
        "keywords": keywords_of(request.account, Kind.ANSWER_SURVEY, found.pk),
    }


def _phone(request: MemberRequest, found: Survey) -> dict[str, Any]:
    said = [] if request.POST.get("again") else [text[:_LONGEST_SAID] for text in request.POST.getlist("said") if text.strip()][:MOST_SAID]
    bubbles: list[Bubble] = play(found, said, timezone.now()) if found.questions.exists() else []
    return {"survey": found, "said": said, "bubbles": bubbles}
