"""Packages of keywords on shared numbers: what each includes and costs, taking one, another one, giving it up.

What belongs here: requests and responses. What does not: subscriptions (`apps.billing.subscriptions`), what a package costs (`apps.plans`).
"""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Subscription
from recado.apps.billing.subscriptions import (
    SubscriptionError,
    SubscriptionRefusal,
    change_package,
    end_of_month,
    end_with_month,
    keep_package,
    last_day,
    package_taken,
    subscribe,
    today_of,
)
from recado.apps.plans.price_lists import fees_of
from recado.apps.plans.queries import is_payable, keyword_quota, keywords_held, plan_of
from recado.core.fees import Package
from recado.core.number import NumberKind
from recado.core.plan import QUOTA_KINDS
from recado.panel.access import MemberRequest, may_manage, may_read, member_required
from recado.panel.number_words import short_name
from recado.panel.recording import note
from recado.panel.subscription_words import REFUSALS
from recado.panel.templatetags.formats import calendar_day


@dataclass(frozen=True, slots=True)
class Offer:
    """A package as it is offered."""

    package: Package
    is_taken: bool
    is_short: bool
    """Whether it includes fewer keywords than the account holds."""


@member_required
@may_read
def packages(request: MemberRequest) -> HttpResponse:
    """Show the packages of a shared kind; a posted form takes one, gives it up, or keeps it after all."""
    asked = request.GET.get("kind") or NumberKind.SHARED_LONG.value
    kind = next((kind for kind in QUOTA_KINDS if kind.value == asked), None)
    if kind is None:
        raise Http404
    return _change(request, kind) if request.method == "POST" else _page(request, kind)


@may_manage
def _change(request: MemberRequest, kind: NumberKind) -> HttpResponse:
    taken, wanted = package_taken(request.account, kind), request.POST.get("package", "")
    try:
        with transaction.atomic():
            words = _kept(request, kind, taken, wanted)
    except SubscriptionError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, words)
    return redirect(f"{reverse('number-packages')}?kind={kind.value}")


def _kept(request: MemberRequest, kind: NumberKind, taken: Subscription | None, wanted: str) -> str:
    account, today = request.account, today_of(request.account, timezone.now())
    if wanted:
        made = change_package(taken, wanted, today) if taken else subscribe(account, kind, wanted, None, today)
        facts = {"before": {"package": taken.package if taken else ""}, "after": {"package": wanted}}
        note(request, "number.package_taken", short_name(kind), made.pk, **facts)
        return _("You have the package %(package)s from today.") % {"package": wanted}
    if taken is None:
        raise SubscriptionError(SubscriptionRefusal.ENDED)
    if "keep" in request.POST:
        keep_package(taken)
        note(request, "number.package_kept", short_name(kind), taken.pk, after={"package": taken.package})
        return _("You keep the package %(package)s.") % {"package": taken.package}
    last = end_with_month(taken, today)
    note(request, "number.package_ended", short_name(kind), taken.pk, before={"package": taken.package})
    return _("The package %(package)s ends with %(day)s.") % {"package": taken.package, "day": calendar_day(last)}


def _page(request: MemberRequest, kind: NumberKind) -> HttpResponse:
    account = request.account
    taken, held = package_taken(account, kind), keywords_held(account, kind)
    context = {
        "kind": kind.value,
        "name": short_name(kind),
        "offers": _offers(account, kind, taken, held),
        "taken": taken,
        "last_day": (last_day(taken) if taken else None) or end_of_month(today_of(account)),
        "held": held,
        "quota": keyword_quota(account, kind),
        "is_payable": is_payable(plan_of(account), kind),
        "why": REFUSALS[SubscriptionRefusal.NOT_PAYABLE],
    }
    return render(request, "panel/numbers/packages.html", context)


def _offers(account: Account, kind: NumberKind, taken: Subscription | None, held: int) -> list[Offer]:
    return [
        Offer(each, bool(taken and taken.package == each.name), each.keyword_count is not None and each.keyword_count < held)
        for each in fees_of(account, kind, timezone.now())
    ]
