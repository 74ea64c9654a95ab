"""Where a program of the company hears how its messages ended: the default address of delivery reports.

What belongs here: the page. What does not: saving (`apps.outbox.destinations`), calling the address (`delivery`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from recado.apps.outbox.destinations import default_receipts_destination, set_default_receipts
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.delivery_reports import DeliveryReportsForm
from recado.panel.recording import note


@member_required
@may_configure
def delivery_reports(request: MemberRequest) -> HttpResponse:
    """Show the address; a posted form changes it, an empty one switches reports off."""
    before = default_receipts_destination(request.account)
    if request.method != "POST":
        initial = {"url": before.url, "method": before.method} if before else None
        return _page(request, DeliveryReportsForm(initial=initial))
    form = DeliveryReportsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    with transaction.atomic():
        after = set_default_receipts(request.account, form.cleaned_data["url"], method=form.cleaned_data["method"])
        if after != before:
            told = [{"forwards": place.name} if place else {} for place in (before, after)]
            note(request, "delivery_reports.changed", before=told[0], after=told[1])
    messages.success(request, _("Saved.") if after else _("Delivery reports are off."))
    return redirect("settings-delivery-reports")


def _page(request: MemberRequest, form: DeliveryReportsForm) -> HttpResponse:
    return render(
        request,
        "panel/settings/delivery_reports.html",
        {"form": form, "destination": default_receipts_destination(request.account)},
        status=422 if form.errors else 200,
    )
