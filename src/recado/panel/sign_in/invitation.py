"""Taking an invitation: `/invite/<token>/`.

What belongs here: the page with its four states. What does not: inviting (the pages of the team), what taking does
(`apps.accounts.invitations`).
"""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from recado.apps.accounts.invitations import InvitationError, accept, find_invitation, join, login_of
from recado.apps.accounts.models import Invitation, User
from recado.apps.audit.services import record
from recado.panel.access import ACCOUNT_KEY
from recado.panel.sign_in.forms import JoinForm
from recado.panel.sign_in.mail import offered_role


@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody take the role a link offers: with a new login, or with the one they have."""
    found = find_invitation(token, timezone.now())
    if found is None:
        return render(request, "panel/sign_in/invitation_gone.html", status=404)
    if isinstance(request.user, User):
        return _for_who_is_signed_in(request, request.user, found)
    if login_of(found):
        return _page(request, found, "known")
    return _for_who_is_new(request, found)


def _for_who_is_signed_in(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    if user.email.lower() != found.email.lower():
        return _page(request, found, "other")
    if request.method != "POST":
        return _page(request, found, "mine")
    try:
        with transaction.atomic():
            accept(found, user)
            _note(found, user)
    except InvitationError:
        return render(request, "panel/sign_in/invitation_gone.html", status=404)
    return _enter(request, found)


def _for_who_is_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(found.email, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, "new", form)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            user = join(found, given["name"], given["password"], given["language"])
            _note(found, user)
    except InvitationError:
        return render(request, "panel/sign_in/invitation_gone.html", status=404)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    return _enter(request, found)


def _page(request: HttpRequest, found: Invitation, state: str, form: JoinForm | None = None) -> HttpResponse:
    values = {"invitation": found, "role": offered_role(found), "state": state, "form": form}
    return render(request, "panel/sign_in/invitation.html", values, status=422 if form and form.errors else 200)


def _note(found: Invitation, user: User) -> None:
    role = found.role or found.operator_role
    record(found.account, user, "invitation.accepted", found.email, found.pk, after={"role": role}, is_operator=found.account is None)


def _enter(request: HttpRequest, found: Invitation) -> HttpResponse:
    if found.account is None:
        return redirect("operator")
    request.session[ACCOUNT_KEY] = found.account.pk
    messages.success(request, _("You now work in %(account)s.") % {"account": found.account.name})
    return redirect(reverse("start"))
