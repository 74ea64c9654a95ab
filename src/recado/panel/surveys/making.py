"""A new survey: one of a few examples, or an empty one.

What belongs here: requests and responses. What does not: the examples (`beginnings`), writing it (`building`).
"""

from dataclasses import replace

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from recado.apps.surveys.audited import facts
from recado.apps.surveys.services import create_survey, own_numbers
from recado.core.survey import SurveyKind
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.recording import note
from recado.panel.surveys.beginnings import BEGINNINGS


@member_required
@may_configure
def new_survey(request: MemberRequest) -> HttpResponse:
    """Offer examples; the one that is taken becomes a draft."""
    beginning = BEGINNINGS.get(request.POST.get("example", ""))
    numbers = own_numbers(request.account)
    if request.method != "POST" or beginning is None:
        return render(request, "panel/surveys/new.html", {"beginnings": BEGINNINGS, "has_numbers": bool(numbers)})
    content = beginning.content()
    if content.kind is SurveyKind.CONVERSATION and numbers:
        content = replace(content, number=numbers[0])
    with transaction.atomic():
        made = create_survey(request.account, content, author=request.user)
        note(request, "survey.added", made.name, made.pk, after=facts(made))
    return redirect("survey", made.pk)
