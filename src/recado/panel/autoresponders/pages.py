"""The list of autoresponders with what was stopped and the tester, and the page of one.

What belongs here: requests and responses of these pages. What does not: changes a button makes (`changes`), the rows (`listing`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.autoresponders.audited import facts
from recado.apps.autoresponders.drafts import draft_of_content
from recado.apps.autoresponders.errors import AutoresponderRefusedError
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.queries import get_autoresponder_for
from recado.apps.autoresponders.services import add_autoresponder, check_content, content_of, edit_autoresponder, place_of
from recado.apps.autoresponders.standing import state_of
from recado.apps.autoresponders.trips import past_trips, trips_in_force
from recado.apps.keywords.errors import RuleRefusedError
from recado.core.draft import Draft
from recado.core.reply import PLACEHOLDERS
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.autoresponders.before_saving import settling, shown_before
from recado.panel.autoresponders.examples import EXAMPLES, example
from recado.panel.autoresponders.listing import listed
from recado.panel.autoresponders.preview import preview_of
from recado.panel.autoresponders.stopped import listed_trips
from recado.panel.forms.autoresponder import AutoresponderForm
from recado.panel.ids import id_of
from recado.panel.keywords.tester import standing_alone
from recado.panel.recording import note

PREVIEW, INSERT = "preview", "insert"
"""Fields of the buttons that change what is on the page without saving it; with scripts nobody needs them."""


@require_safe
@member_required
@may_read
def autoresponders(request: MemberRequest) -> HttpResponse:
    """Show all of them in their order, the phones they do not answer for now, and the tester."""
    now = timezone.now()
    trips = list(trips_in_force(request.account, now))
    context = {
        "rows": listed(request.account, trips, now),
        "paused": listed_trips(request.account, trips),
        "past": listed_trips(request.account, past_trips(request.account, now)),
        "examples": EXAMPLES,
        "moved": (id_of(request.GET.get("moved")), request.GET.get("to", "")),
        **standing_alone(request),
    }
    return render(request, "panel/autoresponders/list.html", context)


@member_required
@may_configure
def new_autoresponder(request: MemberRequest) -> HttpResponse:
    """Add one; `?example=` fills the form in, `?place=` chooses what it answers."""
    started = example(request.GET.get("example", "")) | {"place": request.GET.get("place", "")}
    form = AutoresponderForm(request.account, request.POST or None, initial={key: value for key, value in started.items() if value})
    shown: dict[str, object] = {}
    if _is_to_be_saved(request, form) and _is_possible(form):
        draft = draft_of_content(request.account, form.content())
        shown = shown_before(request, draft)
        if not shown and _add(request, form, draft):
            return redirect("autoresponders")
    return _page(request, form, shown=shown)


@member_required
@may_read
def autoresponder(request: MemberRequest, autoresponder_id: int) -> HttpResponse:
    """Show one and change it."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    if request.method == "POST":
        return _change(request, found, AutoresponderForm(request.account, request.POST, content=content_of(found)))
    return _page(request, AutoresponderForm(request.account, content=content_of(found)), found)


@may_configure
def _change(request: MemberRequest, found: Autoresponder, form: AutoresponderForm) -> HttpResponse:
    if _is_to_be_saved(request, form) and _is_possible(form):
        draft = draft_of_content(request.account, form.content(), found)
        if shown := shown_before(request, draft):
            return _page(request, form, found, shown)
        before = facts(found)
        try:
            with transaction.atomic(), settling(request, draft):
                edit_autoresponder(found, form.content())
                note(request, "autoresponder.changed", found.name, found.pk, before=before, after=facts(found))
        except (AutoresponderRefusedError, RuleRefusedError) as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Saved. The next message is handled this way."))
            return redirect("autoresponders")
    return _page(request, form, get_autoresponder_for(request.account, found.pk))


def _is_possible(form: AutoresponderForm) -> bool:
    """Say whether it can be saved, before anything is asked about it."""
    try:
        check_content(form.account, form.content())
    except (AutoresponderRefusedError, RuleRefusedError) as error:
        _refuse(form, error)
        return False
    return True


def _add(request: MemberRequest, form: AutoresponderForm, draft: Draft) -> bool:
    try:
        with transaction.atomic(), settling(request, draft):
            added = add_autoresponder(request.account, form.content())
            note(request, "autoresponder.added", added.name, added.pk, after=facts(added))
    except (AutoresponderRefusedError, RuleRefusedError) as error:
        _refuse(form, error)
        return False
    messages.success(request, _("%(name)s is there. The next message is handled this way.") % {"name": added.name})
    return True


def _refuse(form: AutoresponderForm, error: AutoresponderRefusedError | RuleRefusedError) -> None:
    if isinstance(error, RuleRefusedError):
        form.refuse(error)
    else:
        form.refuse_autoresponder(error)


def _is_to_be_saved(request: MemberRequest, form: AutoresponderForm) -> bool:
    """Say whether a form is to be saved and can be; a button that only shows something saves nothing."""
    return request.method == "POST" and not {PREVIEW, INSERT} & request.POST.keys() and form.is_valid()


def _page(
    request: MemberRequest, form: AutoresponderForm, found: Autoresponder | None = None, shown: dict[str, object] | None = None
) -> HttpResponse:
    if request.method == "POST" and {PREVIEW, INSERT} & request.POST.keys():
        form = _unsaved(request, form)
    text, place = str(form["text"].value() or ""), str(form["place"].value() or "")
    count = request.account.autoresponders.count()
    context: dict[str, Any] = {
        "form": form,
        "autoresponder": found,
        "state": state_of(found) if found else None,
        "placeholders": PLACEHOLDERS,
        "preview": preview_of(request.account, text, place),
        "places": range(1, count + 1),
        "place": place_of(found) if found else 0,
        **(shown or {}),
    }
    is_refused = (form.is_bound and form.errors) or "objections" in context
    return render(request, "panel/autoresponders/autoresponder.html", context, status=422 if is_refused else 200)


def _unsaved(request: MemberRequest, form: AutoresponderForm) -> AutoresponderForm:
    """Return what was written as a form nobody pressed save on yet, with a name put at the end of the text if that was asked for."""
    written: dict[str, Any] = {name: request.POST.get(name, "") for name in form.fields}
    written["weekdays"] = request.POST.getlist("weekdays")
    written["is_enabled"] = "is_enabled" in request.POST
    if (name := request.POST.get(INSERT, "")) in PLACEHOLDERS:
        written["text"] = f"{written['text'].rstrip()} {{{name}}}".lstrip()
    return AutoresponderForm(request.account, initial=written)
