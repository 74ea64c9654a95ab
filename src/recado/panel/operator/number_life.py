"""The later life of a number in the operator's hands: suspended with a reason, in use again, released, back in stock, its end.

What belongs here: requests and responses. What does not: which state may follow which (`apps.numbers.lifecycle`).
"""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.audit.services import record
from recado.apps.billing.subscriptions import follow_number
from recado.apps.numbers.lifecycle import end_rest, release_number, resume_number, set_expiry, suspend_number
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number
from recado.apps.numbers.services import NumberError
from recado.core.number import NumberState
from recado.panel.forms.operator_account import SuspendForm
from recado.panel.forms.operator_number import REFUSALS, ExpiryForm
from recado.panel.number_words import STATES
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required

CHANGES: dict[str, Callable[[Number], None]] = {
    "resume": lambda number: resume_number(number, timezone.now()),
    "release": lambda number: release_number(number, timezone.now()),
    "end-rest": lambda number: end_rest(number, timezone.now()),
}


@require_POST
@operator_required(MAY_SUPPORT)
def number_change(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Resume or release a number, or end its rest."""
    found, change = get_number(number_id), request.POST.get("change", "")
    if change not in CHANGES:
        messages.error(request, _("Say what is to become of the number."))
        return redirect("operator-number", number_id)
    return _changed(request, found, CHANGES[change])


@operator_required(MAY_SUPPORT)
def number_suspend(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Ask why a number is to be suspended, and suspend it."""
    found = get_number(number_id)
    form = SuspendForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "panel/operator/numbers/suspend.html", {"number": found, "form": form}, status=422 if form.errors else 200)
    return _changed(request, found, lambda number: suspend_number(number, timezone.now(), form.cleaned_data["reason"]))


@require_safe
@operator_required(MAY_SUPPORT)
def number_release(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Ask whether the number is really to be taken from its owner, and say what goes with it."""
    return render(request, "panel/operator/numbers/release.html", {"number": get_number(number_id)})


@require_POST
@operator_required(MAY_SUPPORT)
def number_expiry(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Say until when the customer has the number."""
    found, form = get_number(number_id), ExpiryForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["last_day"]))
        return redirect("operator-number", number_id)
    before = {"expires_at": found.expires_at.isoformat() if found.expires_at else ""}
    try:
        with transaction.atomic():
            set_expiry(found, form.expires_at())
            after = {"expires_at": found.expires_at.isoformat() if found.expires_at else ""}
            changed = {"before": before, "after": after}
            record(found.account, request.user, "number.expiry_changed", found.digits, found.pk, **changed, is_operator=True)
    except NumberError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, _("Saved."))
    return redirect("operator-number", number_id)


def _changed(request: OperatorRequest, found: Number, change: Callable[[Number], None]) -> HttpResponse:
    owner, before = found.account, {"state": found.state}
    try:
        with transaction.atomic():
            change(found)
            follow_number(found, owner.pk if owner else None, timezone.now())
            after = {"state": found.state, "reason": found.suspended_reason}
            record(owner, request.user, "number.state_changed", found.digits, found.pk, before=before, after=after, is_operator=True)
    except NumberError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, _("The number is %(state)s now.") % {"state": str(STATES[NumberState(found.state)]).lower()})
    return redirect("operator-number", found.pk)
