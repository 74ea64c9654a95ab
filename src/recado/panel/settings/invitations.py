"""Inviting people to the team: offering a role by e-mail, sending the offer again, withdrawing it.

What belongs here: requests and responses. What does not: taking an invitation (`panel.sign_in.invitation`), what offers are
(`apps.accounts.invitations`), sending them (`panel.sign_in.inviting`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.invitations import AlreadyThereError, get_invitation_for, invite, revoke
from recado.apps.accounts.models import Invitation, Role
from recado.apps.accounts.team import roles_given_by
from recado.panel.access import MemberRequest, may_manage, member_required
from recado.panel.forms.team import InvitationForm
from recado.panel.recording import note
from recado.panel.settings.team import team_page
from recado.panel.sign_in.inviting import send


@member_required
@may_manage
@require_POST
def member_invite(request: MemberRequest) -> HttpResponse:
    """Offer somebody a role."""
    form = InvitationForm(request.membership.role, request.POST)
    if not form.is_valid():
        return team_page(request, form)
    try:
        with transaction.atomic():
            invitation, token = invite(request.account, form.cleaned_data["email"], form.chosen(), request.user, timezone.now())
            note(request, "invitation.sent", invitation.email, invitation.pk, after={"role": invitation.role})
    except AlreadyThereError:
        form.add_error("email", _("Somebody with this address works here already."))
        return team_page(request, form)
    send(request, invitation, token, request.account.language)
    return redirect("settings-team")


@member_required
@may_manage
@require_POST
def invitation_resend(request: MemberRequest, invitation_id: int) -> HttpResponse:
    """Send an offer again, with a new link that lasts a week from now; the old link ends."""
    offered = _offered(request, invitation_id)
    with transaction.atomic():
        invitation, token = invite(request.account, offered.email, Role(offered.role), request.user, timezone.now())
        note(request, "invitation.sent_again", invitation.email, invitation.pk, after={"role": invitation.role})
    send(request, invitation, token, request.account.language)
    return redirect("settings-team")


@member_required
@may_manage
@require_POST
def invitation_revoke(request: MemberRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an offer."""
    offered = _offered(request, invitation_id)
    with transaction.atomic():
        revoke(offered)
        note(request, "invitation.revoked", offered.email, offered.pk, before={"role": offered.role})
    messages.success(request, _("The invitation of %(email)s is withdrawn; its link no longer works.") % {"email": offered.email})
    return redirect("settings-team")


def _offered(request: MemberRequest, invitation_id: int) -> Invitation:
    """Find an open offer of a role that this member may give."""
    found = get_invitation_for(request.account, invitation_id, timezone.now())
    if found.role not in roles_given_by(request.membership.role):
        raise PermissionDenied
    return found
