"""What a button does with a survey: close, open again, copy, delete it.

What belongs here: requests and responses. What does not: checks and writes (`apps.surveys.services`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.surveys.audited import facts
from recado.apps.surveys.content import LONGEST_NAME
from recado.apps.surveys.errors import SurveyRefusedError
from recado.apps.surveys.queries import get_survey_for
from recado.apps.surveys.services import close_survey, copy_survey, delete_draft, reopen_survey
from recado.core.survey import SurveyState
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.recording import note
from recado.panel.survey_words import refusal_sentence
from recado.panel.undo import offer_undo


@require_POST
@member_required
@may_configure
def close(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Count no more answers, and offer to open it again."""
    found = get_survey_for(request.account, survey_id)
    try:
        with transaction.atomic():
            close_survey(found, now=timezone.now())
            note(request, "survey.closed", found.name, found.pk)
    except SurveyRefusedError as error:
        messages.warning(request, refusal_sentence(error))
    else:
        words = _("%(name)s is closed. Nobody is asked anything more.") % {"name": found.name}
        offer_undo(request, words, reverse("survey-reopen", args=[found.pk]), {})
    return redirect("survey-results", found.pk)


@require_POST
@member_required
@may_configure
def reopen(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Count answers again."""
    found = get_survey_for(request.account, survey_id)
    try:
        with transaction.atomic():
            reopen_survey(found, now=timezone.now())
            note(request, "survey.reopened", found.name, found.pk)
    except SurveyRefusedError as error:
        messages.warning(request, refusal_sentence(error))
    else:
        messages.success(request, _("%(name)s collects answers again.") % {"name": found.name})
    return redirect("survey-results", found.pk)


@require_POST
@member_required
@may_configure
def copy(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Make a new survey that asks the same, and show it."""
    found = get_survey_for(request.account, survey_id)
    with transaction.atomic():
        name = (_("Copy of %(name)s") % {"name": found.name})[:LONGEST_NAME]
        copied = copy_survey(found, name, author=request.user)
        note(request, "survey.copied", copied.name, copied.pk, after=facts(copied))
    messages.success(request, _("This is the copy. It asks nobody until you start it."))
    return redirect("survey", copied.pk)


@member_required
@may_configure
def delete(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Ask, and forget a draft."""
    found = get_survey_for(request.account, survey_id)
    if found.state != SurveyState.DRAFT:
        messages.warning(request, _("A survey that has started is not deleted: people answered it. Close it."))
        return redirect("survey-results", found.pk)
    if request.method != "POST":
        return render(request, "panel/surveys/delete.html", {"survey": found})
    with transaction.atomic():
        note(request, "survey.deleted", found.name, found.pk, before=facts(found))
        delete_draft(found)
    messages.success(request, _("The draft is deleted."))
    return redirect("surveys")
