"""Showing results to everybody: switching that on and off, giving it another address.

What belongs here: requests and responses. What does not: the page itself (`panel.public.results`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.surveys.models import Survey
from recado.apps.surveys.queries import get_survey_for
from recado.apps.surveys.services import publish_results, renew_address
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.recording import note


@require_POST
@member_required
@may_configure
def publish(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Let everybody with the address see the results, or nobody."""
    found = get_survey_for(request.account, survey_id)
    before = _state(found)
    publish_on = request.POST.get("to") == "on"
    with transaction.atomic():
        publish_results(found, is_public=publish_on, shows_texts=bool(request.POST.get("shows_texts")))
        note(request, "survey.published", found.name, found.pk, before=before, after=_state(found))
    said = _("Everybody who has the address sees the results now.") if publish_on else _("Nobody but you sees the results now.")
    messages.success(request, said)
    return _back(found)


@require_POST
@member_required
@may_configure
def renew(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Give the results another address: the one that was shows nothing any more."""
    found = get_survey_for(request.account, survey_id)
    with transaction.atomic():
        renew_address(found)
        note(request, "survey.address_renewed", found.name, found.pk)
    messages.success(request, _("The results have a new address. The old one shows nothing any more."))
    return _back(found)


def _back(found: Survey) -> HttpResponse:
    return redirect(f"{reverse('survey-results', args=[found.pk])}#public")


def _state(found: Survey) -> dict[str, str]:
    return {"is_public": "yes" if found.is_public else "no", "shows_texts": "yes" if found.shows_texts else "no"}
