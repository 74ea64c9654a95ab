"""`/settings/security/`: how somebody signs in, and where they are signed in now.

What belongs here: the page and ending sessions. What does not: changes to a password, an app, a passkey or the codes; those are allauth's
views with our templates (`urls`).
"""

from typing import Any

from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.factors import factors_of, passkey_for, session_for, sessions_of
from recado.panel.sign_in.access import SignedInRequest, signed_in_required
from recado.panel.sign_in.sessions import device, is_phone


@require_safe
@never_cache
@signed_in_required
def security(request: SignedInRequest) -> HttpResponse:
    """Show password, two-step sign-in, passkeys, recovery codes and sessions."""
    UserSession.objects.create_from_request(request)  # who looks at the list is in it
    key = request.session.session_key
    sessions = [
        {"row": row, "device": device(row.user_agent), "is_phone": is_phone(row.user_agent), "is_here": row.session_key == key}
        for row in sessions_of(request.user)
    ]
    sessions.sort(key=lambda session: not session["is_here"])
    return render(request, "panel/sign_in/security.html", {"factors": factors_of(request.user), "sessions": sessions})


@require_POST
@signed_in_required
def session_end(request: SignedInRequest, session_id: int) -> HttpResponse:
    """End one session; ending the one in use is signing out."""
    found = session_for(request.user, session_id)
    if found is None:
        raise Http404
    is_here = found.session_key == request.session.session_key
    end_sessions(request, [found])
    if is_here:
        return redirect("account_login")
    messages.success(request, _("The session is ended: %(device)s.") % {"device": device(found.user_agent)})
    return redirect("mfa_index")


@require_POST
@signed_in_required
def other_sessions_end(request: SignedInRequest) -> HttpResponse:
    """End every session but the one in use."""
    count = len(sessions_of(request.user)) - 1
    end_other_sessions(request, request.user)
    text = ngettext("%(count)d other session is ended.", "%(count)d other sessions are ended.", count)
    messages.success(request, text % {"count": count})
    return redirect("mfa_index")


def own_passkey(view: Any) -> Any:
    """Answer 404 where the passkey is not the person's own, before anybody is asked for a password."""

    def guarded(request: SignedInRequest, pk: int, **kwargs: Any) -> HttpResponse:
        if passkey_for(request.user, pk) is None:
            raise Http404
        response: HttpResponse = view(request, pk=pk, **kwargs)
        return response

    return guarded
