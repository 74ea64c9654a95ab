"""The installation's staff: who is an operator, inviting, changing roles, taking somebody out.

What belongs here: requests and responses. What does not: the rules (`apps.accounts.staff`), offers (`apps.accounts.invitations`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.invitations import AlreadyThereError, get_invitation_for, invite, open_invitations, revoke
from recado.apps.accounts.models import OperatorRole, User
from recado.apps.accounts.staff import StaffError, change_operator_role, get_operator, operators, remove_operator
from recado.apps.audit.services import record
from recado.panel.forms.operator_team import EXPLANATIONS, REFUSALS, OperatorInvitationForm, OperatorRoleForm
from recado.panel.operator.access import MAY_MANAGE_TEAM, OperatorRequest, operator_required
from recado.panel.sign_in.inviting import send
from recado.panel.visiting import record_end

MAY_LOOK = MAY_MANAGE_TEAM | {OperatorRole.AUDITOR}


@require_safe
@operator_required(MAY_LOOK)
def team(request: OperatorRequest) -> HttpResponse:
    """Show who runs the installation, and who is invited to."""
    return _page(request, OperatorInvitationForm())


@require_POST
@operator_required(MAY_MANAGE_TEAM)
def operator_invite(request: OperatorRequest) -> HttpResponse:
    """Offer somebody a role of the staff."""
    form = OperatorInvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        with transaction.atomic():
            invitation, token = invite(None, form.cleaned_data["email"], form.chosen(), request.user, timezone.now())
            after = {"operator_role": invitation.operator_role}
            record(None, request.user, "operator.invited", invitation.email, invitation.pk, after=after, is_operator=True)
    except AlreadyThereError:
        form.add_error("email", _("Somebody with this address is an operator already."))
        return _page(request, form)
    send(request, invitation, token, get_language() or "en")
    return redirect("operator-team")


@require_POST
@operator_required(MAY_MANAGE_TEAM)
def invitation_revoke(request: OperatorRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an offer."""
    offered = get_invitation_for(None, invitation_id, timezone.now())
    before = {"operator_role": offered.operator_role}
    with transaction.atomic():
        revoke(offered)
        record(None, request.user, "operator.invitation_revoked", offered.email, offered.pk, before=before, is_operator=True)
    messages.success(request, _("The invitation of %(email)s is withdrawn; its link no longer works.") % {"email": offered.email})
    return redirect("operator-team")


@operator_required(MAY_MANAGE_TEAM)
def operator(request: OperatorRequest, user_id: int) -> HttpResponse:
    """Show an operator; a posted form gives them another role."""
    found = get_operator(user_id)
    if request.method != "POST":
        return _operator_page(request, found, OperatorRoleForm(initial={"role": found.operator_role}))
    form, before = OperatorRoleForm(request.POST), {"operator_role": found.operator_role}
    if not form.is_valid():
        return _operator_page(request, found, form)
    try:
        with transaction.atomic():
            for ended in change_operator_role(request.user, found, form.chosen()):
                record_end(ended)
            after = {"operator_role": found.operator_role}
            record(None, request.user, "operator.role_changed", str(found), found.pk, before=before, after=after, is_operator=True)
    except StaffError as error:
        form.add_error("role", str(REFUSALS[error.reason]))
        return _operator_page(request, get_operator(user_id), form)
    messages.success(request, _("Saved."))
    return redirect("operator-team")


@operator_required(MAY_MANAGE_TEAM)
def operator_remove(request: OperatorRequest, user_id: int) -> HttpResponse:
    """Ask whether somebody is really to go, and take them out of the staff."""
    found = get_operator(user_id)
    if request.method != "POST":
        return render(request, "panel/operator/team/remove.html", {"operator": found})
    before = {"operator_role": found.operator_role}
    try:
        with transaction.atomic():
            for ended in remove_operator(request.user, found):
                record_end(ended)
            record(None, request.user, "operator.removed", str(found), found.pk, before=before, is_operator=True)
    except StaffError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("operator-team-member", user_id)
    messages.success(request, _("%(person)s is no operator any more.") % {"person": found})
    return redirect("operator-team")


def _page(request: OperatorRequest, form: OperatorInvitationForm) -> HttpResponse:
    context = {
        "operators": operators(),
        "invitations": open_invitations(None, timezone.now()),
        "form": form,
        "roles": [(role.label, EXPLANATIONS[role]) for role in OperatorRole],
    }
    return render(request, "panel/operator/team/team.html", context, status=422 if form.errors else 200)


def _operator_page(request: OperatorRequest, found: User, form: OperatorRoleForm) -> HttpResponse:
    return render(request, "panel/operator/team/operator.html", {"operator": found, "form": form}, status=422 if form.errors else 200)
