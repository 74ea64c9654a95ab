"""Making a place messages go to, and changing one.

What belongs here: requests and responses. What does not: fields (`forms.forward`), checks and writes (`apps.outbox.destinations`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.inbox.forward_costs import would_have_cost
from recado.apps.outbox.call_preview import MACROS, filled
from recado.apps.outbox.destinations import (
    DestinationError,
    change,
    content_of,
    create,
    estimate_phone,
    get_destination_for,
)
from recado.apps.outbox.destinations.facts import facts
from recado.apps.outbox.mail_preview import ShownSubject, mails_can_be_answered, shown_subject
from recado.apps.outbox.models import Destination
from recado.apps.outbox.samples import sample_of
from recado.apps.outbox.secrets import make_secret, signed_alike
from recado.apps.outbox.standing import waits_for_code
from recado.core.mail_subject import usual_subject
from recado.core.phone_form import PhoneForm
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.forward import FORMS, ForwardForm
from recado.panel.forwards.confirming import ask
from recado.panel.forwards.secret import show_once
from recado.panel.forwards.words import CHOICES, KINDS
from recado.panel.recording import note

PREVIEW = "preview"
"""The button that only shows what a call looks like; with scripts nobody needs it."""


@member_required
@may_configure
def new(request: MemberRequest) -> HttpResponse:
    """Make one of the kind `?kind=`; without it ask which."""
    kind = request.GET.get("kind", "")
    if kind not in FORMS:
        return render(request, "panel/forwards/choose.html", {"ways": [(kind, KINDS[kind]) for kind in CHOICES]})
    form = FORMS[kind](request.POST or None)
    if not _is_to_be_saved(request, form):
        return _page(request, form)
    try:
        with transaction.atomic():
            made = create(request.account, form.content())
            note(request, "forward.added", made.name, made.pk, after=facts(made))
            secret = make_secret(made, timezone.now()) if made.kind == Destination.Kind.WEBHOOK else None
    except DestinationError as error:
        form.refuse(error.problems)
        return _page(request, form)
    messages.success(request, _("%(name)s is there. Now choose what goes there: in a keyword, or in a number.") % {"name": made.name})
    if waits_for_code(made):
        return ask(request, made)
    if secret is None:
        return redirect("forward", made.pk)
    show_once(request, secret)
    return redirect("forward-secret", made.pk)


@member_required
@may_configure
def edit(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Change one."""
    found = get_destination_for(request.account, destination_id)
    if found.kind not in FORMS:
        raise Http404
    content = content_of(found)
    form = FORMS[found.kind](request.POST or None, content=content)
    if not _is_to_be_saved(request, form):
        return _page(request, form, found)
    before = facts(found)
    try:
        with transaction.atomic():
            change(found, form.content())
            if (after := facts(found)) != before:
                note(request, "forward.changed", found.name, found.pk, before=before, after=after)
            secret = None if signed_alike(content, form.content()) else make_secret(found, timezone.now())
    except DestinationError as error:
        form.refuse(error.problems)
        return _page(request, form, get_destination_for(request.account, destination_id))
    if waits_for_code(found) and found.msisdn != content.msisdn:
        return ask(request, found)
    messages.success(request, _("Saved. The next message goes there this way."))
    if secret is None:
        return redirect("forward", found.pk)
    show_once(request, secret)
    return redirect("forward-secret", found.pk)


@require_POST
@member_required
@may_configure
def preview(request: MemberRequest) -> HttpResponse:
    """Show what a call of the address, or the subject of a mail, looks like, while it is being written."""
    if "subject" in request.POST:
        return render(request, "panel/forwards/_subject.html", {"shown": _shown(request, request.POST["subject"])})
    written = [request.POST.get(name, "") for name in ("url", "method", "phone_form")]
    return render(request, "panel/forwards/_preview.html", {"filled": _filled(request, *written)})


def _is_to_be_saved(request: MemberRequest, form: ForwardForm) -> bool:
    return request.method == "POST" and PREVIEW not in request.POST and form.is_valid()


def _filled(request: MemberRequest, url: str, method: str, phone_form: str) -> object:
    sample = sample_of(request.account)
    return filled(method, url, timezone.now(), **sample, phone_form=phone_form or PhoneForm.DIGITS) if url.strip() else None


def _shown(request: MemberRequest, subject: str) -> ShownSubject:
    return shown_subject(request.account, subject, sample_of(request.account))


def _page(request: MemberRequest, form: ForwardForm, found: Destination | None = None) -> HttpResponse:
    if request.method == "POST" and PREVIEW in request.POST:
        form = type(form)(initial=request.POST.dict() | {name: name in request.POST for name in ("takes_replies", "has_attachments")})
    context: dict[str, Any] = {"form": form, "destination": found, "kind": form.kind, "words": KINDS[form.kind], "macros": MACROS}
    if form.kind == Destination.Kind.URL:
        context["filled"] = _filled(request, *(str(form[name].value() or "") for name in ("url", "method", "phone_form")))
    if form.kind == Destination.Kind.EMAIL:
        context |= {
            "shown": _shown(request, str(form["subject"].value() or "")),
            "can_be_answered": mails_can_be_answered(),
            "usual": usual_subject(request.account.language),
        }
    if form.kind == Destination.Kind.PHONE:
        context["estimate"] = estimate_phone(request.account, found, now=timezone.now())
        context["would_have_cost"] = None if found else would_have_cost(request.account, timezone.now())
    is_refused = form.is_bound and form.errors
    return render(request, "panel/forwards/form.html", context, status=422 if is_refused else 200)
