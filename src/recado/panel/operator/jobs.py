"""Jobs in the console: what waits, what was given up, one job with its attempts, another chance.

What belongs here: requests and answers. What does not: which jobs there are and what redelivering does (`apps.outbox.dead_letters`),
quarantine (`quarantined`).
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from recado.apps.connections.ports import installation
from recado.apps.installation.health import problems
from recado.apps.installation.queries import facts
from recado.apps.outbox.backlog import backlogs, retries
from recado.apps.outbox.dead_letters import (
    AT_ONCE,
    DeadFilter,
    dead_count,
    dead_jobs,
    get_job,
    redeliver,
    redeliver_all,
)
from recado.apps.outbox.models import JobKind
from recado.apps.paging import page_of
from recado.panel.ids import id_of
from recado.panel.operator.access import MAY_ENGINEER, OperatorRequest, operator_required
from recado.panel.operator.problem_words import told

ABOUT_JOBS = frozenset({"delivery", "late_jobs"})
"""Trouble that keeps all jobs from being done."""


@require_safe
@operator_required()
def job_list(request: OperatorRequest) -> HttpResponse:
    """Show what waits by kind, the places that take nothing, and a page of what was given up."""
    wanted, before = _wanted(request), request.GET.get("before", "")
    page = page_of(dead_jobs(wanted), id_of(before))
    known, now = facts(), timezone.now()
    context = {
        "problems": [told(problem) for problem in problems(installation().status(), known, now) if problem.code in ABOUT_JOBS],
        "waiting": known.waiting,
        "backlogs": backlogs(),
        "retries": retries(),
        "quarantine_count": known.quarantine_count,
        "page": page,
        "count": dead_count(wanted) if before or page.next_before else len(page.items),
        "wanted": wanted,
        "query": urlencode(wanted.as_query()),
        "kinds": JobKind.choices,
        "at_once": AT_ONCE,
    }
    return render(request, "panel/operator/jobs/list.html", context)


@require_safe
@operator_required()
def job(request: OperatorRequest, job_id: int) -> HttpResponse:
    """Show a job with every attempt, what was asked and what was answered."""
    return render(request, "panel/operator/jobs/detail.html", {"job": get_job(job_id)})


@require_POST
@operator_required(MAY_ENGINEER)
def job_again(request: OperatorRequest, job_id: int) -> HttpResponse:
    """Give one job another chance."""
    found = get_job(job_id)
    if redeliver(request.user, [found]):
        is_held = found.destination is not None and found.destination.paused_at is not None and not found.url
        messages.success(
            request, _("The job waits with the others until its place is resumed.") if is_held else _("The job is tried again now.")
        )
    else:
        messages.error(
            request,
            _(
                "Nothing was tried again: the job was not given up; or, of a text, the carrier may have it already, it was erased, the "
                "person has opted out, or the credit of the account does not reach."
            ),
        )
    return redirect("operator-job", job_id)


@require_POST
@operator_required(MAY_ENGINEER)
def jobs_again(request: OperatorRequest) -> HttpResponse:
    """Give all jobs of a filter another chance, some hundreds at once."""
    wanted = _wanted(request)
    count = redeliver_all(request.user, wanted)
    told = ngettext("%(count)d job is tried again now.", "%(count)d jobs are tried again now.", count)
    messages.success(request, told % {"count": count})
    return redirect(f"{reverse('operator-jobs')}?{urlencode(wanted.as_query())}#dead")


def _wanted(request: HttpRequest) -> DeadFilter:
    given = request.POST if request.method == "POST" else request.GET
    kind, destination, account = given.get("kind", ""), given.get("destination", ""), given.get("account", "")
    return DeadFilter(
        kind if kind in JobKind.values else "",
        id_of(destination),
        id_of(account),
    )
