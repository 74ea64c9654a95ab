"""The team: who works in the account, in which role, and taking people out.

What belongs here: requests and responses. What does not: inviting (`panel.settings.invitations`), the rules (`apps.accounts.team`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.accounts.invitations import open_invitations
from recado.apps.accounts.models import Membership, Role
from recado.apps.accounts.queries import get_member_for, members_of
from recado.apps.accounts.team import Refusal, TeamError, change_role, remove_member, roles_given_by
from recado.panel.access import MemberRequest, may_manage, may_see_company, member_required
from recado.panel.forms.team import REFUSALS, InvitationForm, RoleForm
from recado.panel.recording import note
from recado.panel.settings.roles import abilities


@require_safe
@member_required
@may_see_company
def team(request: MemberRequest) -> HttpResponse:
    """Show who works here and what the roles mean."""
    return team_page(request)


def team_page(request: MemberRequest, form: InvitationForm | None = None) -> HttpResponse:
    """Show the team, to those who manage it with open invitations and a form for another one."""
    context: dict[str, object] = {"members": members_of(request.account), "roles": list(Role), "abilities": abilities()}
    if request.may_manage:
        given = roles_given_by(request.membership.role)
        offered = [(each, each.role in given) for each in open_invitations(request.account, timezone.now())]
        context |= {"form": form or InvitationForm(request.membership.role), "offered": offered}
    return render(request, "panel/settings/team.html", context, status=422 if form and form.errors else 200)


@member_required
@may_manage
def member(request: MemberRequest, member_id: int) -> HttpResponse:
    """Show somebody of the team; a posted form gives them another role."""
    found = get_member_for(request.account, member_id)
    if request.method == "POST":
        return _change(request, found, RoleForm(request.membership.role, request.POST))
    return _page(request, found, RoleForm(request.membership.role, initial={"role": found.role}))


@member_required
@may_manage
def member_remove(request: MemberRequest, member_id: int) -> HttpResponse:
    """Ask whether somebody is really to go, and take them out of the account."""
    found = get_member_for(request.account, member_id)
    if request.method != "POST":
        return render(request, "panel/settings/member_remove.html", {"member": found})
    before = {"role": found.role}
    try:
        with transaction.atomic():
            remove_member(request.membership, found)
            note(request, "member.removed", str(found.user), before=before)
    except TeamError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("settings-member", member_id)
    messages.success(request, _("%(person)s does not work here any more.") % {"person": found.user})
    return redirect("settings-team")


def _change(request: MemberRequest, found: Membership, form: RoleForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, found, form)
    before = {"role": found.role}
    try:
        with transaction.atomic():
            change_role(request.membership, found, form.chosen())
            note(request, "member.role_changed", str(found.user), found.pk, before=before, after={"role": found.role})
    except TeamError as error:
        form.add_error("role", str(REFUSALS[error.reason]))
        return _page(request, get_member_for(request.account, found.pk), form)
    messages.success(request, _("Saved."))
    return redirect("settings-team")


def _page(request: MemberRequest, found: Membership, form: RoleForm) -> HttpResponse:
    context = {"member": found, "form": form, "refusal": _refusal(request, found)}
    return render(request, "panel/settings/member.html", context, status=422 if form.errors else 200)


def _refusal(request: MemberRequest, found: Membership) -> str:
    """Say why this member cannot be changed by this person; empty where they can."""
    if found.user_id == request.user.pk:
        return str(REFUSALS[Refusal.OWN_ROLE])
    if found.role not in roles_given_by(request.membership.role):
        return str(REFUSALS[Refusal.NOT_YOURS_TO_GIVE])
    return ""
