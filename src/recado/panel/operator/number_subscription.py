"""The subscription of a customer's number, where the operator adds or ends it by hand.

What belongs here: the request. What does not: subscriptions that follow a number by themselves (`apps.billing.subscriptions`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.audit.services import record
from recado.apps.billing.subscriptions import SubscriptionError, end, subscribe, subscription_of, today_of
from recado.apps.numbers.queries import get_number
from recado.core.number import NumberKind
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required
from recado.panel.subscription_words import REFUSALS


@require_POST
@operator_required(MAY_SUPPORT)
def number_subscription(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Let the owner of a number pay for it from today, or no longer."""
    found = get_number(number_id)
    owner, running = found.account, subscription_of(found)
    if owner is None:
        messages.error(request, _("The number belongs to nobody: there is nobody to pay for it."))
        return redirect("operator-number", number_id)
    today = today_of(owner, timezone.now())
    try:
        with transaction.atomic():
            if running is None:
                subscribe(owner, NumberKind(found.kind), "", found, today)
                action = "number.subscription_added"
            else:
                end(running, max(today, running.starts_on))
                action = "number.subscription_ended"
            record(owner, request.user, action, found.digits, found.pk, is_operator=True)
    except SubscriptionError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, _("Saved."))
    return redirect("operator-number", number_id)
