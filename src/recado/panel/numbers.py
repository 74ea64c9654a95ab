"""Numbers: those an account may use, and what happens to messages without a keyword on its own.

What belongs here: requests and responses. What does not: which numbers there are (`apps.numbers`), rules (`apps.keywords`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.connections.ports import installation
from recado.apps.keywords.drafts import draft_of_default
from recado.apps.keywords.queries import default_rule_of, keywords_of
from recado.apps.keywords.services import content_of, save_default_rule
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for, keyword_counts, received_counts, usable_numbers
from recado.apps.numbers.services import label_number
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.number import NumberForm
from recado.panel.keywords.before_saving import shown_before_saving
from recado.panel.keywords.objections import settling_examples
from recado.panel.number_health import health_of
from recado.panel.number_words import abilities
from recado.panel.recording import note


@member_required
@may_read
def number_list(request: MemberRequest) -> HttpResponse:
    """Show the numbers of the account and the shared ones."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    received, keywords = received_counts(request.account, midnight), keyword_counts(request.account)
    status = installation().status()
    rows = [
        (number, health_of(number, status), keywords.get(number.pk, 0), received.get(number.pk, 0))
        for number in usable_numbers(request.account)
    ]
    return render(request, "panel/numbers/list.html", {"rows": rows})


@member_required
@may_read
def number(request: MemberRequest, number_id: int) -> HttpResponse:
    """Show a number; on an own one, change its label and what happens without a keyword."""
    found = get_number_for(request.account, number_id)
    if found.account_id is None:
        return _detail(request, found, None)
    content = content_of(default_rule_of(request.account, found))
    if request.method == "POST":
        return _change(request, found, NumberForm(request.account, request.POST, content=content))
    return _detail(request, found, NumberForm(request.account, content=content, initial={"label": found.label}))


@may_configure
def _change(request: MemberRequest, found: Number, form: NumberForm) -> HttpResponse:
    if not form.is_valid():
        return _detail(request, found, form)
    draft = draft_of_default(request.account, found, form.planned_content(), default_rule_of(request.account, found))
    if shown := shown_before_saving(request, found, draft):
        return _detail(request, found, form, shown)
    before = _facts(request, found)
    with transaction.atomic(), settling_examples(request, found, draft):
        label_number(found, form.cleaned_data["label"])
        save_default_rule(request.account, found, form.rule_content())
        note(request, "number.changed", found.digits, found.pk, before=before, after=_facts(request, found))
    messages.success(request, _("Saved. The next message is handled this way."))
    return redirect("number", found.pk)


def _facts(request: MemberRequest, found: Number) -> dict[str, str]:
    """Return what can be changed of a number, in words that last."""
    content = content_of(default_rule_of(request.account, found))
    return {
        "label": found.label,
        "groups": ", ".join(group.name for group in content.groups),
        "reply": content.reply,
        "forwards": ", ".join(destination.name for destination in content.destinations),
    }


def _detail(request: MemberRequest, found: Number, form: NumberForm | None, shown: dict[str, object] | None = None) -> HttpResponse:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "number": found,
        "form": form,
        "health": health_of(found, installation().status()),
        "received": received_counts(request.account, midnight).get(found.pk, 0),
        "abilities": abilities(found.kind),
        "keywords": keywords_of(request.account).filter(number=found),
        **(shown or {}),
    }
    return render(request, "panel/numbers/detail.html", context, status=422 if (form and form.errors) or "objections" in context else 200)
