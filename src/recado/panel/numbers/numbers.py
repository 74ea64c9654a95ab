"""Numbers: those an account may use, and what happens to messages without a keyword on its own.

What belongs here: requests and responses. What does not: which numbers there are (`apps.numbers`), rules (`apps.keywords`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.connections.ports import installation
from recado.apps.keywords.allowance import not_payable
from recado.apps.keywords.conflicts import never_acting
from recado.apps.keywords.drafts import draft_of_default
from recado.apps.keywords.errors import Refusal
from recado.apps.keywords.queries import default_rule_of, default_rules_of, keywords_of
from recado.apps.keywords.rules import content_of, save_default_rule
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for, keyword_counts, received_counts, usable_numbers
from recado.apps.numbers.services import label_number
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import shown_orders
from recado.apps.plans.queries import capabilities_for, capabilities_on, keyword_quota, keywords_held, plan_of
from recado.core.draft import NOTHING
from recado.core.number import NumberKind
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.autoresponders.listing import answers_at
from recado.panel.forms.keyword import REFUSALS as KEYWORD_REFUSALS
from recado.panel.forms.number import LabelForm, NumberForm
from recado.panel.forwards.confirming import remind_of_codes
from recado.panel.keywords.before_saving import shown_before_saving
from recado.panel.keywords.objections import settling_examples
from recado.panel.number_health import health_of
from recado.panel.number_words import abilities
from recado.panel.order_words import STATES
from recado.panel.recording import note
from recado.panel.rules.listed import is_plain, listed


@member_required
@may_read
def number_list(request: MemberRequest) -> HttpResponse:
    """Show the numbers of the account and the shared ones."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    received, keywords = received_counts(request.account, midnight), keyword_counts(request.account)
    status = installation().status()
    plan = plan_of(request.account)
    rows = [
        (
            number,
            health_of(number, status),
            keywords.get(number.pk, 0),
            received.get(number.pk, 0),
            capabilities_on(plan, NumberKind(number.kind)),
        )
        for number in usable_numbers(request.account)
    ]
    orders = [(each, *STATES[NumberOrder.State(each.state)]) for each in shown_orders(request.account, timezone.now())]
    return render(request, "panel/numbers/list.html", {"rows": rows, "orders": orders})


@member_required
@may_read
def number(request: MemberRequest, number_id: int) -> HttpResponse:
    """Show a number; on an own one, change its label and what happens without a keyword."""
    found = get_number_for(request.account, number_id)
    if found.account_id is None:
        return _detail(request, found, None)
    if not capabilities_for(request.account, found).all_messages:
        return _labelled(request, found)
    content = content_of(default_rule_of(request.account, found))
    if request.method == "POST":
        return _change(request, found, NumberForm(request.account, request.POST, content=content))
    return _detail(request, found, NumberForm(request.account, content=content, initial={"label": found.label}))


def _labelled(request: MemberRequest, found: Number) -> HttpResponse:
    """Show a number that takes no messages without a keyword on the account's plan; its label can be changed."""
    if request.method == "POST":
        return _relabel(request, found, LabelForm(request.POST))
    return _detail(request, found, LabelForm(initial={"label": found.label}))


@may_configure
def _relabel(request: MemberRequest, found: Number, form: LabelForm) -> HttpResponse:
    if not form.is_valid():
        return _detail(request, found, form)
    before = {"label": found.label}
    with transaction.atomic():
        label_number(found, form.cleaned_data["label"])
        note(request, "number.changed", found.digits, found.pk, before=before, after={"label": found.label})
    messages.success(request, _("Saved."))
    return redirect("number", found.pk)


@may_configure
def _change(request: MemberRequest, found: Number, form: NumberForm) -> HttpResponse:
    if not form.is_valid():
        return _detail(request, found, form)
    rules = default_rules_of(request.account, found)
    draft = draft_of_default(request.account, found, form.planned_content(), next(iter(rules), None)) if is_plain(rules) else NOTHING
    if shown := shown_before_saving(request, found, draft):
        return _detail(request, found, form, shown)
    before = _facts(request, found)
    with transaction.atomic(), settling_examples(request, found, draft):
        label_number(found, form.cleaned_data["label"])
        if is_plain(rules):
            save_default_rule(request.account, found, form.rule_content())
        note(request, "number.changed", found.digits, found.pk, before=before, after=_facts(request, found))
    messages.success(request, _("Saved. The next message is handled this way."))
    remind_of_codes(request, form.planned_content().destinations if is_plain(rules) else ())
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


def _default_rules(request: MemberRequest, found: Number, *, has_default: bool) -> dict[str, object]:
    """Return what the page shows of the rules for messages without a keyword: the fields of the only one, or a list.

    Where the plan lets none of them act, those there are can still be looked at and deleted.
    """
    rules = default_rules_of(request.account, found)
    return {
        "has_default": has_default,
        "has_rule": has_default and is_plain(rules),
        "rules": listed(rules, never_acting(request.account, found, None)),
        "plain_rule": next(iter(rules), None),
        "new_rule": reverse("number-rule-new", args=[found.pk]),
    }


def _detail(
    request: MemberRequest, found: Number, form: NumberForm | LabelForm | None, shown: dict[str, object] | None = None
) -> HttpResponse:
    can, kind = capabilities_for(request.account, found), NumberKind(found.kind)
    quota = keyword_quota(request.account, kind)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "number": found,
        "form": form,
        "health": health_of(found, installation().status()),
        "received": received_counts(request.account, midnight).get(found.pk, 0),
        "abilities": abilities(found.kind, can, quota),
        "quota": quota,
        "is_payable": not not_payable(request.account, found),
        "why_not_payable": KEYWORD_REFUSALS[Refusal.NOT_PAYABLE],
        "held": keywords_held(request.account, kind) if quota is not None else 0,
        "keywords": keywords_of(request.account).filter(number=found),
        **answers_at(request.account, number=found),
        **_default_rules(request, found, has_default=can.all_messages),
        **(shown or {}),
    }
    return render(request, "panel/numbers/detail.html", context, status=422 if (form and form.errors) or "objections" in context else 200)
