"""Who must not be written to, and whom the account does not want to hear from: one page for opt-outs and blocked senders.

What belongs here: requests and responses. What does not: writes (`apps.contacts.opt_outs`, `blocking`), words (`consent_words`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.contacts.blocking import block, blocked_senders, get_blocked_for, unblock
from recado.apps.contacts.opt_outs import PAGE, get_opt_out_for, lift, opt_out, opt_out_page
from recado.apps.contacts.queries import contacts_by_number
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.consent_words import names_for, scope_words
from recado.panel.forms.consent import BlockForm, LiftForm, OptOutForm
from recado.panel.ids import id_of
from recado.panel.recording import note
from recado.panel.templatetags.recado import msisdn as shown_number
from recado.panel.undo import offer_undo

SENDERS = 500
"""More blocked senders than this are shown by nobody's page."""


@require_safe
@member_required
@may_read
def blocked(request: MemberRequest) -> HttpResponse:
    """Show the opt-outs in force, or the lifted ones, and the blocked senders."""
    typed = {"msisdn": request.GET.get("msisdn", "")}
    return _page(request, OptOutForm(request.account, initial=typed), BlockForm(initial={"sender": typed["msisdn"]}))


@require_POST
@member_required
@may_configure
def opt_out_add(request: MemberRequest) -> HttpResponse:
    """Note an opt-out by hand."""
    form = OptOutForm(request.account, request.POST)
    if not form.is_valid():
        return _page(request, form, BlockForm())
    phone, (scope, target_id) = form.cleaned_data["msisdn"], form.scope()
    with transaction.atomic():
        noted = opt_out(
            request.account, phone, scope, target_id, now=timezone.now(), user=request.user, text=form.cleaned_data["text"].strip()
        )
        words = scope_words(noted, names_for(request.account, opt_outs=[noted]))
        note(request, "opt_out.noted", f"+{phone}", noted.pk, after={"scope": words})
    messages.success(request, _("The opt-out of %(phone)s is noted: %(scope)s.") % {"phone": shown_number(phone), "scope": words})
    return redirect("blocked")


@member_required
@may_configure
def opt_out_lift(request: MemberRequest, opt_out_id: int) -> HttpResponse:
    """Ask why somebody may be written to again, and end their opt-out."""
    found = get_opt_out_for(request.account, opt_out_id)
    words = scope_words(found, names_for(request.account, opt_outs=[found]))
    form = LiftForm(request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            lift(found, now=timezone.now(), user=request.user, reason=form.cleaned_data["reason"])
            note(request, "opt_out.lifted", f"+{found.msisdn}", found.pk, before={"scope": words})
        messages.success(request, _("%(phone)s may be written to again.") % {"phone": shown_number(found.msisdn)})
        return redirect("blocked")
    context = {"opt_out": found, "scope": words, "form": form}
    return render(request, "panel/contacts/lift.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
@may_configure
def sender_block(request: MemberRequest) -> HttpResponse:
    """Block a phone or a sender's name."""
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _page(request, OptOutForm(request.account), form)
    sender = form.cleaned_data["sender"]
    with transaction.atomic():
        found, is_new = block(request.account, sender, form.cleaned_data["reason"].strip(), user=request.user)
        if is_new:
            note(request, "sender.blocked", shown_number(sender), found.pk)
    offer_undo(
        request,
        _("%(phone)s is blocked. What it sends is stored, and nothing else happens.") % {"phone": shown_number(sender)},
        reverse("sender-unblock", args=[found.pk]),
        {"next": _back(request)},
    )
    return redirect(_back(request))


@require_POST
@member_required
@may_configure
def sender_unblock(request: MemberRequest, blocked_id: int) -> HttpResponse:
    """Hear from somebody again."""
    found = get_blocked_for(request.account, blocked_id)
    with transaction.atomic():
        unblock(found)
        note(request, "sender.unblocked", shown_number(found.msisdn), blocked_id)
    offer_undo(
        request,
        _("%(phone)s is not blocked any more.") % {"phone": shown_number(found.msisdn)},
        reverse("sender-block"),
        {"sender": _typed(found.msisdn), "reason": found.reason, "next": _back(request)},
    )
    return redirect(_back(request))


def _page(request: MemberRequest, form: OptOutForm, block_form: BlockForm) -> HttpResponse:
    shows_history = request.GET.get("show") == "history"
    typed = "".join(filter(str.isdecimal, request.GET.get("q", "")))[:20]
    rows = opt_out_page(request.account, lifted=shows_history, msisdn=typed, before=id_of(request.GET.get("before")))
    shown = rows[:PAGE]
    names = names_for(request.account, opt_outs=shown)
    contacts = contacts_by_number(request.account, [one.msisdn for one in shown])
    senders = list(blocked_senders(request.account)[:SENDERS])
    context: dict[str, Any] = {
        "rows": [
            (one, contacts.get(one.msisdn), scope_words(one, names), names.number(one.number_id), names.person(one.lifted_by_id))
            for one in shown
        ],
        "older": shown[-1].pk if len(rows) > PAGE else None,
        "is_paged": "before" in request.GET,
        "search": request.GET.get("q", ""),
        "shows_history": shows_history,
        "senders": senders,
        "people": contacts_by_number(request.account, [one.msisdn for one in senders]),
        "form": form,
        "block_form": block_form,
    }
    return render(request, "panel/contacts/blocked.html", context, status=422 if form.errors or block_form.errors else 200)


def _typed(sender: str) -> str:
    """Write a phone so that it is read as the same one."""
    return f"+{sender}" if shown_number(sender) != sender else sender


def _back(request: MemberRequest) -> str:
    given = request.POST.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) else reverse("blocked")
