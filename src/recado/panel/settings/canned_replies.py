"""Texts ready to be sent: the list, adding, changing and deleting one, trying it on somebody.

What belongs here: requests and responses; who may change what is shared. What does not: reads and writes (`apps.dialogues.canned_replies`).
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import User
from recado.apps.dialogues.canned_replies import (
    add_canned_reply,
    canned_replies_for,
    delete_canned_reply,
    edit_canned_reply,
    get_canned_reply_for,
    ready_texts_for,
)
from recado.apps.dialogues.models import CannedReply
from recado.core.personal import person_values, read
from recado.panel.access import MemberRequest, may_answer, may_read, member_required
from recado.panel.forms.canned_reply import CannedReplyForm
from recado.panel.undo import offer_undo
from recado.protocols.gsm.segment import segments

SAMPLES = (person_values("Hanna", "Nowak", "48503340503"), person_values("", "", "48503340503"))
"""Whom a text is tried on: somebody with a name, and somebody of whom nothing but the phone is known."""


@member_required
@may_read
def canned_replies(request: MemberRequest) -> HttpResponse:
    """Show the texts this person can use; a posted form adds one."""
    if request.method == "POST":
        return _add(request, CannedReplyForm(request.POST, may_share=request.may_configure))
    return _list(request, CannedReplyForm(may_share=request.may_configure, initial={"is_shared": True}))


@member_required
@may_answer
def canned_reply(request: MemberRequest, reply_id: int) -> HttpResponse:
    """Show one text and change it."""
    found = _changeable(request, reply_id)
    if request.method == "POST":
        form = CannedReplyForm(request.POST, may_share=request.may_configure)
        if form.is_valid() and "preview" not in request.POST:
            given = form.cleaned_data
            edit_canned_reply(found, given["name"], given["text"], _owner(request, form), given["use"])
            messages.success(request, _("Saved."))
            return redirect("canned-replies")
    else:
        values = {"name": found.name, "text": found.text, "use": found.use, "is_shared": found.owner_id is None}
        form = CannedReplyForm(initial=values, may_share=request.may_configure)
    context = {"form": form, "reply": found, **_preview(form)}
    return render(request, "panel/settings/canned_reply.html", context, status=422 if form.errors else 200)


@member_required
@may_answer
@require_POST
def canned_reply_delete(request: MemberRequest, reply_id: int) -> HttpResponse:
    """Delete one text; the notice about it brings it back."""
    found = _changeable(request, reply_id)
    fields = {"name": found.name, "text": found.text, "use": found.use} | ({"is_shared": "on"} if found.owner_id is None else {})
    delete_canned_reply(found)
    offer_undo(request, _("%(name)s is deleted.") % {"name": found.name}, reverse("canned-replies"), fields)
    return redirect("canned-replies")


@may_answer
def _add(request: MemberRequest, form: CannedReplyForm) -> HttpResponse:
    if not form.is_valid() or "preview" in request.POST:
        return _list(request, form)
    given = form.cleaned_data
    added = add_canned_reply(request.account, given["name"], given["text"], _owner(request, form), given["use"])
    words = (
        _("%(name)s is there. It waits where you write a group send.")
        if added.use == CannedReply.Use.CAMPAIGN
        else _("%(name)s is there. Type / in a conversation to use it.")
    )
    messages.success(request, words % {"name": added.name})
    return redirect("canned-replies")


def _changeable(request: MemberRequest, reply_id: int) -> CannedReply:
    found = get_canned_reply_for(request.account, request.user, reply_id)
    if found.owner_id is None and not request.may_configure:
        raise PermissionDenied
    return found


def _owner(request: MemberRequest, form: CannedReplyForm) -> User | None:
    return None if form.cleaned_data.get("is_shared") else request.user


def _preview(form: CannedReplyForm) -> dict[str, Any]:
    """Return how a text that was typed reads for the samples, with its segments."""
    text = form.cleaned_data.get("text", "") if form.is_bound and form.is_valid() else ""
    written = dict.fromkeys(read(text).fill(sample) for sample in SAMPLES) if text else {}
    return {"previews": [(each, segments(each).count) for each in written]}


def _list(request: MemberRequest, form: CannedReplyForm) -> HttpResponse:
    use, whose = request.GET.get("use", ""), request.GET.get("whose", "")
    found = canned_replies_for(request.account, request.user)
    if use in {CannedReply.Use.DIALOGUE, CannedReply.Use.CAMPAIGN}:
        found = ready_texts_for(request.account, request.user, CannedReply.Use(use))
    if whose in {"shared", "mine"}:
        found = found.filter(owner__isnull=whose == "shared")
    context = {
        "replies": found,
        "has_any": bool(found) or canned_replies_for(request.account, request.user).exists(),
        "form": form,
        "uses": [(each.value, each.label) for each in (CannedReply.Use.DIALOGUE, CannedReply.Use.CAMPAIGN)],
        "use": use,
        "whose": whose,
        **_preview(form),
    }
    return render(request, "panel/settings/canned_replies.html", context, status=422 if form.errors else 200)
