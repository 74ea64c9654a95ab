"""Making a key, and changing what it may do.

What belongs here: requests and responses. What does not: fields (`forms.api_user`), checks and writes (`apps.accounts.api_users`), showing
secrets (`secret`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from recado.apps.accounts.api_users import ApiUserError, change_key, facts, get_api_user_for, make_key
from recado.apps.accounts.models import ApiUser
from recado.panel.access import MemberRequest, may_develop, member_required
from recado.panel.developers.secret import show_once
from recado.panel.forms.api_user import REFUSALS, KeyForm
from recado.panel.recording import note


def refuse_visitors(request: MemberRequest) -> None:
    """Refuse an operator on a visit: what they were shown would open the account after the visit is over."""
    if request.visit is not None:
        raise PermissionDenied


@member_required
@may_develop
def new(request: MemberRequest) -> HttpResponse:
    """Make a key; its secrets are shown next."""
    refuse_visitors(request)
    form = KeyForm(request.account, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        with transaction.atomic():
            made, secrets = make_key(request.account, form.content(), username=form.cleaned_data["username"], by=request.user)
            note(request, "api_user.added", str(made), made.pk, after=facts(made))
    except ApiUserError as error:
        form.add_error("username", str(REFUSALS[error.refusal]))
        return _page(request, form)
    return show_once(request, made, token=secrets.token, password=secrets.password)


@member_required
@may_develop
def edit(request: MemberRequest, key_id: int) -> HttpResponse:
    """Change what a key is called, what it may do, from where and until when; its secrets stay."""
    found = get_api_user_for(request.account, key_id)
    form = KeyForm(request.account, request.POST or None, found=found)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, found)
    before = facts(found)
    with transaction.atomic():
        change_key(found, form.content())
        if (after := facts(found)) != before:
            note(request, "api_user.changed", str(found), found.pk, before=before, after=after)
    messages.success(request, _("Saved. It holds from the next call on."))
    return redirect("developers-key", found.pk)


def _page(request: MemberRequest, form: KeyForm, found: ApiUser | None = None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "panel/developers/key_form.html", {"form": form, "key": found}, status=status)
