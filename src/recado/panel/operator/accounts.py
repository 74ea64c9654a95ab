"""Customers: the list, one account with what it has and uses, opening, suspending and resuming accounts, the operators' note.

What belongs here: requests and responses. What does not: reads and writes (`apps.installation.customers`), opening an account as customer
(`visits`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.invitations import open_invitations
from recado.apps.accounts.models import Account
from recado.apps.accounts.queries import get_account, members_of
from recado.apps.audit.queries import LogSearch, entries_of
from recado.apps.audit.services import record
from recado.apps.billing.subscriptions import last_day, running_of, today_of
from recado.apps.installation.customers import (
    customer_page,
    open_account,
    received_by_day,
    resume_account,
    rows_of,
    suspend_account,
    write_note,
)
from recado.apps.keywords.queries import keywords_of
from recado.apps.plans.queries import plan_of
from recado.panel.audit_words import sentence
from recado.panel.forms.operator_account import AccountForm, NoteForm, SuspendForm
from recado.panel.forms.operator_plan import AccountPlanForm, OwnLimitForm
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required
from recado.panel.operator.account_terms import own_limit_of
from recado.panel.operator.plans import may_edit
from recado.panel.sign_in.inviting import send
from recado.panel.sparkline import sparkline

SHOWN = 20


@require_safe
@operator_required()
def accounts(request: OperatorRequest) -> HttpResponse:
    """Show the customers by name."""
    search, only_suspended = request.GET.get("q", "").strip()[:100], request.GET.get("state") == "suspended"
    page = customer_page(search, request.GET.get("page"), only_suspended=only_suspended)
    context = {
        "page": page,
        "rows": rows_of(list(page), timezone.now()),
        "search": search,
        "only_suspended": only_suspended,
    }
    return render(request, "panel/operator/accounts/list.html", context)


@operator_required(MAY_SUPPORT)
def account_new(request: OperatorRequest) -> HttpResponse:
    """Open an account for a customer and invite who will own it."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "panel/operator/accounts/new.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    with transaction.atomic():
        opened, invitation, token = open_account(given["name"], given["email"], given["language"], request.user, timezone.now())
        record(opened, request.user, "account.created", opened.name, opened.pk, after={"language": opened.language}, is_operator=True)
        record(opened, request.user, "invitation.sent", invitation.email, invitation.pk, after={"role": invitation.role}, is_operator=True)
    send(request, invitation, token, opened.language)
    return redirect("operator-account", opened.pk)


@require_safe
@operator_required()
def account(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Show a customer with what it has and uses."""
    return _page(request, get_account(account_id))


@operator_required(MAY_SUPPORT)
def account_suspend(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Ask why an account is to be suspended, and suspend it."""
    found = get_account(account_id)
    form = SuspendForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "panel/operator/accounts/suspend.html", {"account": found, "form": form}, status=422 if form.errors else 200)
    with transaction.atomic():
        if suspend_account(found, form.cleaned_data["reason"]):
            after = {"reason": found.suspended_reason}
            record(found, request.user, "account.suspended", found.name, found.pk, after=after, is_operator=True)
    messages.success(request, _("%(account)s is suspended. Messages are still received and kept.") % {"account": found.name})
    return redirect("operator-account", account_id)


@require_POST
@operator_required(MAY_SUPPORT)
def account_resume(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Let the people and programs of an account in again."""
    found = get_account(account_id)
    before = {"reason": found.suspended_reason}
    with transaction.atomic():
        if resume_account(found):
            record(found, request.user, "account.resumed", found.name, found.pk, before=before, is_operator=True)
    messages.success(request, _("%(account)s is open again.") % {"account": found.name})
    return redirect("operator-account", account_id)


@require_POST
@operator_required(MAY_SUPPORT)
def account_note(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Keep the operators' note. The log says that it changed, not what it says, because customers read their log."""
    found, form = get_account(account_id), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    with transaction.atomic():
        write_note(found, form.cleaned_data["note"])
        record(None, request.user, "account.note_changed", found.name, found.pk, is_operator=True)
    messages.success(request, _("Saved."))
    return redirect("operator-account", account_id)


def _page(request: OperatorRequest, found: Account, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    by_day = received_by_day(found, now)
    context = {
        "account": found,
        "form": form or NoteForm(initial={"note": found.operator_note}),
        "plan": plan_of(found),
        "plan_form": AccountPlanForm(initial={"plan": plan_of(found)}),
        "limit_form": OwnLimitForm(initial={"own_limit": own_limit_of(found)}),
        "own_limit": own_limit_of(found),
        "may_limit": may_edit(request),
        "subscriptions": [(each, last_day(each)) for each in running_of(found, today_of(found, now))],
        "members": members_of(found),
        "invitations": open_invitations(found, now),
        "numbers": found.numbers.select_related("connection").order_by("digits")[:SHOWN],
        "keywords": keywords_of(found)[:SHOWN],
        "by_day": by_day,
        "chart": sparkline([count for _day, count in by_day], height=40),
        "activity": [(entry, sentence(entry)) for entry in entries_of(found, LogSearch())[:SHOWN]],
        "may_visit": request.may_see_messages,
    }
    return render(request, "panel/operator/accounts/detail.html", context, status=status)
