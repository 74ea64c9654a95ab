"""Asking the members of groups: a group send whose text is the first question.

What belongs here: leading to the draft of one. What does not: choosing groups, cost and sending (`panel.sends`), the draft
(`apps.campaigns.of_surveys`).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.campaigns.of_surveys import draft_of_survey
from recado.apps.surveys.models import Survey
from recado.apps.surveys.queries import get_survey_for
from recado.core.survey import SurveyKind, SurveyState
from recado.panel.access import MemberRequest, may_send, member_required


@require_POST
@member_required
@may_send
def send(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Begin a group send that asks the first question."""
    found = get_survey_for(request.account, survey_id)
    if found.kind != SurveyKind.CONVERSATION or found.state != SurveyState.COLLECTING or found.number is None:
        messages.warning(request, _("Only a survey that collects answers on a number of yours can be sent to groups."))
        return redirect("survey", found.pk)
    return lead_to_send(request, found)


def lead_to_send(request: MemberRequest, found: Survey) -> HttpResponse:
    """Lead to the draft of the group send, where the groups are chosen."""
    return redirect("send-edit", draft_of_survey(found, request.user).pk)
