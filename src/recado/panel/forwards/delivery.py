"""One delivery: every attempt with what was asked and what was answered, and making it once more.

What belongs here: requests and responses. What does not: words for errors (`explained`), what was signed (`signed`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.outbox.deliveries import as_curl, get_delivery_for
from recado.apps.outbox.models import Destination, Job, JobState
from recado.apps.outbox.redelivering_many import CALLED
from recado.apps.outbox.redelivery import StillWaitingError, redeliver_job
from recado.apps.outbox.secrets import secrets_in_force
from recado.apps.outbox.signed import signed_by
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.forward_deliveries import read_url
from recado.panel.forwards.explained import explanation
from recado.panel.forwards.listed import listed_deliveries
from recado.panel.forwards.words import KINDS
from recado.panel.recording import note

OVER = {JobState.DONE, JobState.DEAD}


@require_safe
@member_required
@may_read
def delivery(request: MemberRequest, destination_id: int, job_id: int) -> HttpResponse:
    """Show a delivery with its attempts."""
    return _page(request, _found(request, destination_id, job_id))


@require_safe
@member_required
@may_read
def live_piece(request: MemberRequest, destination_id: int, job_id: int) -> HttpResponse:
    """Give the pieces that change by themselves anew."""
    return render(request, "panel/live/delivery.html", _context(request, _found(request, destination_id, job_id)))


@require_POST
@member_required
@may_configure
def once_more(request: MemberRequest, destination_id: int, job_id: int) -> HttpResponse:
    """Make a delivery once more, where it was meant to go or to another address."""
    job = _found(request, destination_id, job_id)
    try:
        url = read_url(request.POST.get("url", ""))
    except ValidationError as error:
        return _page(request, job, wrong_url=error.messages[0])
    try:
        with transaction.atomic():
            made = redeliver_job(request.account, job.pk, url=url or None)
            note(request, "forward.delivered_again", str(job.destination), job.destination_id, after={"deliveries": 1})
    except StillWaitingError:
        messages.warning(request, _("It is still on its way: it is tried again by itself."))
        return redirect("forward-delivery", destination_id, job.pk)
    messages.success(request, _("It is being delivered once more. This page shows the new delivery."))
    return redirect("forward-delivery", destination_id, made.pk)


def _found(request: MemberRequest, destination_id: int, job_id: int) -> Job:
    """Find a delivery to a place of the account; one to another place is not found."""
    job = get_delivery_for(request.account, job_id)
    if job.destination_id != destination_id:
        raise Job.DoesNotExist
    return job


def _page(request: MemberRequest, job: Job, wrong_url: str = "") -> HttpResponse:
    context = _context(request, job) | {"wrong_url": wrong_url, "written_url": request.POST.get("url", "")}
    return render(request, "panel/forwards/delivery.html", context, status=422 if wrong_url else 200)


def _context(request: MemberRequest, job: Job) -> dict[str, Any]:
    assert job.destination is not None  # noqa: S101  # `get_delivery_for` finds none without
    is_called = job.destination.kind in CALLED
    keys = secrets_in_force(job.destination, timezone.now()) if job.destination.kind == Destination.Kind.WEBHOOK else []
    attempts = [
        {
            "attempt": attempt,
            "explanation": explanation(attempt.error),
            "curl": as_curl(attempt) if is_called and attempt.request else "",
            "signed": signed_by(attempt, keys),
        }
        for attempt in job.attempts.all()
    ]
    return {
        "destination": job.destination,
        "words": KINDS[job.destination.kind],
        "row": listed_deliveries(request.account, [job])[0],
        "job": job,
        "attempts": attempts,
        "is_called": is_called,
        "may_repeat": job.state in OVER and job.sample is None and job.destination.removed_at is None and request.may_configure,
    }
