"""Working hours, public holidays, the company's own days off, and its quiet hours.

What belongs here: the page and its forms. What does not: what the hours mean (`apps.accounts.working_hours`), and what is kept back
while it is quiet (`apps.outbox.quiet`).
"""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.company import hours_as_written, own_days_off, quiet_hours_as_written, save_days_off, save_hours, save_quiet_hours
from recado.apps.accounts.public_holidays import days_off, public_holidays
from recado.apps.accounts.working_hours import closing, from_json, next_opening
from recado.apps.numbers.services import bump_routing
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.company import DayOffForm, HoursForm, QuietHoursForm
from recado.panel.recording import note


@member_required
@may_read
def hours(request: MemberRequest) -> HttpResponse:
    """Show when the company is open; a posted form changes it."""
    if request.method == "POST":
        return _change(request)
    return _page(request)


@member_required
@may_configure
@require_POST
def add_day_off(request: MemberRequest) -> HttpResponse:
    """Close the company on one more day."""
    form = DayOffForm(request.POST)
    if not form.is_valid():
        return _page(request, day_form=form)
    day = form.cleaned_data["day"]
    with transaction.atomic():
        save_days_off(request.account, [*own_days_off(request.account), day])
        bump_routing()
        note(request, "day_off.added", day.isoformat())
    messages.success(request, _("%(day)s is a day off.") % {"day": date_format(day, "j.m.Y")})
    return redirect("settings-hours")


@member_required
@may_configure
@require_POST
def remove_day_off(request: MemberRequest, day: str) -> HttpResponse:
    """Open the company again on one of its own days off."""
    kept = own_days_off(request.account)
    gone = next((each for each in kept if each.isoformat() == day), None)
    if gone is None:
        raise Http404
    with transaction.atomic():
        save_days_off(request.account, [each for each in kept if each != gone])
        bump_routing()
        note(request, "day_off.removed", day)
    messages.success(request, _("%(day)s is a usual day again.") % {"day": date_format(gone, "j.m.Y")})
    return redirect("settings-hours")


@member_required
@may_configure
@require_POST
def quiet_hours(request: MemberRequest) -> HttpResponse:
    """Say when people are left alone."""
    form = QuietHoursForm(request.account, request.POST)
    if not form.is_valid():
        return _page(request, quiet_form=form)
    before = quiet_hours_as_written(request.account)
    with transaction.atomic():
        save_quiet_hours(request.account, form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"])
        note(request, "quiet_hours.changed", before=before, after=quiet_hours_as_written(request.account))
    messages.success(request, _("Saved."))
    return redirect("settings-hours")


@may_configure
def _change(request: MemberRequest) -> HttpResponse:
    form = HoursForm(request.account, request.POST)
    if not form.is_valid():
        return _page(request, form)
    before = hours_as_written(request.account, from_json(request.account.working_hours))
    with transaction.atomic():
        save_hours(request.account, form.hours(), keeps_public_holidays=form.cleaned_data["keeps_public_holidays"])
        bump_routing()
        note(request, "hours.changed", before=before, after=hours_as_written(request.account, form.hours()))
    messages.success(request, _("Saved."))
    return redirect("settings-hours")


def _page(
    request: MemberRequest,
    form: HoursForm | None = None,
    day_form: DayOffForm | None = None,
    quiet_form: QuietHoursForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "form": form or HoursForm(request.account),
        "day_form": day_form or DayOffForm(),
        "quiet_form": quiet_form or QuietHoursForm(request.account),
        "own": own_days_off(request.account),
        "years": [(year, public_holidays(year, translation.get_language() or "en")) for year in (today.year, today.year + 1)],
        "today": today,
        **_now(request, today),
    }
    failed = any(each and each.errors for each in (form, day_form, quiet_form))
    return render(request, "panel/settings/hours.html", context, status=422 if failed else 200)


def _now(request: MemberRequest, today: date) -> dict[str, object]:
    """Say whether it is open now, until when, or when it opens, in the company's own time zone."""
    moment = timezone.now().astimezone(request.account.zone)
    usual, closed = from_json(request.account.working_hours), days_off(request.account, today)
    return {"closes": closing(usual, closed, moment), "opens": next_opening(usual, closed, moment)}
