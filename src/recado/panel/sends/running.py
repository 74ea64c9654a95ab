"""What is done to a group send that is more than a draft: stopping it, taking back its time, copying it.

What belongs here: requests and responses. What does not: the writes (`apps.campaigns`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.campaigns.report import progress
from recado.apps.campaigns.running import stop
from recado.apps.campaigns.services import cancel_schedule, copy
from recado.panel.access import MemberRequest, may_send, member_required
from recado.panel.recording import note
from recado.panel.sends.progress import RUNNING
from recado.panel.templatetags.formats import count as written


@member_required
@may_send
def stop_it(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Ask whether it is really to stop, saying for how many people, and stop it."""
    campaign = get_campaign_for(request.account, campaign_id)
    if request.method == "POST":
        with transaction.atomic():
            stopped = stop(campaign, now=timezone.now())
            if stopped:
                note(request, "send.stopped", campaign.name, campaign.pk)
        if stopped:
            messages.success(request, _("Stopped. What is being handed over at this moment still goes."))
        else:
            messages.warning(request, _("It was over already."))
        return redirect("send", campaign_id)
    if campaign.state not in RUNNING:
        return redirect("send", campaign_id)
    waiting = progress(campaign, timezone.now()).waiting
    said = ngettext("Stop: %(count)s person will not get it", "Stop: %(count)s people will not get it", waiting)
    return render(request, "panel/sends/stop.html", {"campaign": campaign, "stop": said % {"count": written(waiting)}})


@require_POST
@member_required
@may_send
def cancel(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Make a scheduled group send a draft again."""
    campaign = get_campaign_for(request.account, campaign_id)
    with transaction.atomic():
        cancelled = cancel_schedule(campaign)
        if cancelled:
            note(request, "send.cancelled", campaign.name, campaign.pk)
    if cancelled:
        messages.success(request, _("It is a draft again. Nothing was sent."))
        return redirect("send-edit", campaign_id)
    messages.warning(request, _("Its time has come already."))
    return redirect("send", campaign_id)


@require_POST
@member_required
@may_send
def copy_it(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Begin a new draft like this one."""
    made = copy(get_campaign_for(request.account, campaign_id), author=request.user)
    messages.success(request, _("This is a copy. Change what is to be different."))
    return redirect("send-edit", made.pk)
