"""The key a webhook is signed with: shown once after it was made, and exchanged for another.

What belongs here: requests and responses. What does not: making keys (`apps.outbox.secrets`), signing (`delivery`).
"""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.outbox.destinations import get_destination_for
from recado.apps.outbox.models import Destination, SigningSecret
from recado.apps.outbox.secrets import public_key, rotate_secret
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.recording import note

KEY = "signing_secret"
"""Session key of a secret that is still to be shown."""
SHOWN_FOR = timedelta(minutes=15)


def show_once(request: MemberRequest, secret: SigningSecret) -> None:
    """Remember a new key for the page that shows it."""
    request.session[KEY] = [secret.destination_id, secret.pk, timezone.now().timestamp()]


@member_required
@may_configure
def secret(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Show a key just made, until the person says that it is kept somewhere, or a quarter of an hour is over."""
    found = _webhook(request, destination_id)
    if request.method == "POST":
        request.session.pop(KEY, None)
        return redirect("forward", found.pk)
    key = _to_be_shown(request, found)
    if key is None:
        return redirect("forward", found.pk)
    context = {"destination": found, "secret": key, "public_key": public_key(key) if key.signature == "ed25519" else ""}
    response = render(request, "panel/forwards/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


@member_required
@may_configure
@require_POST
def rotate(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Make another key; the old one signs beside it for a day."""
    found = _webhook(request, destination_id)
    with transaction.atomic():
        key = rotate_secret(found, timezone.now())
        note(request, "forward.secret_made", found.name, found.pk)
    if key.signature == "twilio":
        messages.success(request, _("There is a new secret. Calls are signed with it from now on."))
    else:
        messages.success(
            request, _("There is a new secret. For 24 hours calls are signed with both, so that nothing is refused meanwhile.")
        )
    show_once(request, key)
    return redirect("forward-secret", found.pk)


def _webhook(request: MemberRequest, destination_id: int) -> Destination:
    found = get_destination_for(request.account, destination_id)
    if found.kind != Destination.Kind.WEBHOOK:
        raise Http404
    return found


def _to_be_shown(request: MemberRequest, destination: Destination) -> SigningSecret | None:
    kept = request.session.get(KEY)
    if not kept or kept[0] != destination.pk or timezone.now().timestamp() - kept[2] > SHOWN_FOR.total_seconds():
        return None
    return SigningSecret.objects.filter(destination=destination, pk=kept[1]).first()
