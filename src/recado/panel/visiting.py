"""What a visit of an operator means for the pages of the account: nothing is changed unless the visit may, and it ends in time (ADR 0016).

What belongs here: the check of every request made during a visit, the end of one whose time is up. What does not: beginning and leaving
(`panel.operator.visits`), the rows (`apps.accounts.visits`).
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from recado.apps.accounts.models import User, Visit
from recado.apps.accounts.visits import end_visit, unended_visit
from recado.apps.audit.services import record

VISIT_KEY = "visit_id"
"""Session key of the visit an operator pays to a customer's account."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_forbidden(request: HttpRequest, visit: Visit | None) -> bool:
    """Say whether a request would change something during a visit that only looks; asked of every address alike, whatever it does."""
    return visit is not None and not visit.may_change and request.method not in SAFE


def note_end(visit: Visit) -> None:
    """End a visit and write it into the customer's activity log, once."""
    with transaction.atomic():
        if end_visit(visit, timezone.now()):
            record_end(visit)


def record_end(visit: Visit) -> None:
    """Write the end of a visit into the customer's activity log; call in the transaction that ends it."""
    record(visit.account, visit.user, "visit.ended", visit.reason, visit.pk, after={"changes": visit.may_change}, is_operator=True)


def lead_back(request: HttpRequest, user: User, session: SessionBase) -> HttpResponse | None:
    """Lead an operator whose visit is over back to the console with a sentence, whatever was asked; None for everybody else."""
    visit_id = session.pop(VISIT_KEY, None)
    if visit_id is None or not user.operator_role:
        return None
    visit = unended_visit(user, visit_id)
    if visit is not None:
        note_end(visit)
    translation.activate(user.language or settings.LANGUAGE_CODE)
    messages.info(request, _("The visit is over. To go on, open the account as customer once more."))
    target = reverse("operator-account", args=[visit.account_id]) if visit else reverse("operator")
    if request.headers.get("HX-Request-Type") != "partial":
        return redirect(target)
    response = HttpResponse(status=200)
    response["HX-Redirect"] = target
    return response
