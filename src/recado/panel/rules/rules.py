"""One rule: adding, changing, moving and deleting it, and taking the last back.

What belongs here: requests and responses. What does not: checks and writes (`apps.keywords.rules`), fields (`forms.whole_rule`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.keywords.audited import rule_facts
from recado.apps.keywords.conflicts import never_acting
from recado.apps.keywords.drafts import draft_of_deletion, draft_of_move, draft_of_rule
from recado.apps.keywords.errors import RuleError, RuleRefusedError
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.queries import get_keyword_for, get_rule_for
from recado.apps.keywords.rows import keyword_row
from recado.apps.keywords.rule_undo import remember, restore_rule, seal, unseal
from recado.apps.keywords.rules import (
    add_rule,
    check_terms,
    content_of,
    delete_rule,
    edit_rule,
    move_rule,
    order_after,
    place_among,
    terms_of,
)
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for
from recado.apps.plans.queries import capabilities_for
from recado.core.draft import Draft
from recado.core.routes import MatchKind
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.whole_rule import REFUSALS, WholeRuleForm
from recado.panel.forwards.confirming import remind_of_codes
from recado.panel.keywords.before_saving import asked_first, shown_before_saving
from recado.panel.keywords.objections import carrying_examples, settling_examples
from recado.panel.recording import note
from recado.panel.undo import offer_undo


@member_required
@may_configure
def new_keyword_rule(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Let a keyword do something more."""
    return _new(request, get_keyword_for(request.account, keyword_id))


@member_required
@may_configure
def new_number_rule(request: MemberRequest, number_id: int) -> HttpResponse:
    """Let the default of an own number do something more."""
    found = get_number_for(request.account, number_id)
    if found.account_id is None or not capabilities_for(request.account, found).all_messages:
        raise Http404
    return _new(request, found)


@member_required
@may_read
def rule(request: MemberRequest, rule_id: int) -> HttpResponse:
    """Show a rule and change it."""
    found = get_rule_for(request.account, rule_id)
    content, terms = content_of(found), terms_of(found)
    if request.method == "POST":
        return _change(request, found, WholeRuleForm(request.account, request.POST, content=content, terms=terms))
    return _page(request, _place(found), WholeRuleForm(request.account, content=content, terms=terms), found)


@member_required
@may_configure
@require_POST
def rule_move(request: MemberRequest, rule_id: int) -> HttpResponse:
    """Let a rule change places with the one before or after it."""
    found = get_rule_for(request.account, rule_id)
    before, up = place_among(found), request.POST.get("to") == "earlier"
    draft = draft_of_move(order_after(found, up=up))
    if page := asked_first(request, found.number, draft, _("Rule"), _address(_place(found))):
        return page
    with transaction.atomic(), settling_examples(request, found.number, draft):
        if move_rule(found, up=up):
            _note(request, "rule_moved", found, before={"order": before}, after={"order": place_among(found)})
    return redirect(_address(_place(found)))


@member_required
@may_configure
@require_POST
def rule_delete(request: MemberRequest, rule_id: int) -> HttpResponse:
    """Delete a rule and offer to take that back."""
    found = get_rule_for(request.account, rule_id)
    remembered, place, draft = remember(found), _place(found), draft_of_deletion(found)
    if not _is_last(found) and (page := asked_first(request, found.number, draft, _("Rule"), _address(place))):
        return page
    try:
        with transaction.atomic(), settling_examples(request, found.number, draft):
            _note(request, "rule_deleted", found, before=rule_facts(found))
            delete_rule(found)
    except RuleRefusedError as error:
        messages.warning(request, str(REFUSALS[error.reason]))
        return redirect("rule", rule_id)
    offer_undo(request, _("The rule is deleted."), reverse("rule-restore"), {"rule": seal(remembered)})
    return redirect(_address(place))


@member_required
@may_configure
@require_POST
def rule_restore(request: MemberRequest) -> HttpResponse:
    """Take back that a rule was deleted: it acts again as it did."""
    try:
        with transaction.atomic(), carrying_examples(request.account):
            remembered = unseal(request.POST.get("rule", ""))
            restored = get_rule_for(request.account, restore_rule(request.account, remembered).pk)
            _note(request, "rule_restored", restored, after=rule_facts(restored))
    except RuleError:
        messages.warning(request, _("It is too late to undo this."))
        return redirect("keywords")
    messages.success(request, _("The rule is there again."))
    return redirect(_address(_place(restored)))


def _new(request: MemberRequest, place: Keyword | Number) -> HttpResponse:
    form, shown = WholeRuleForm(request.account, request.POST or None), {}
    if form.is_valid() and _are_possible(form):
        draft = draft_of_rule(place, request.account, form.planned_content(), form.rule_terms())
        shown = shown_before_saving(request, _number(place), draft)
        if not shown and _add(request, place, form, draft):
            messages.success(request, _("Saved. The next message is handled this way."))
            remind_of_codes(request, form.planned_content().destinations)
            return redirect(_address(place))
    return _page(request, place, form, shown=shown)


def _are_possible(form: WholeRuleForm) -> bool:
    """Say whether the terms can be saved, before anything is asked about them."""
    try:
        check_terms(form.account, form.rule_terms())
    except RuleRefusedError as error:
        form.refuse(error)
        return False
    return True


def _add(request: MemberRequest, place: Keyword | Number, form: WholeRuleForm, draft: Draft) -> bool:
    try:
        with transaction.atomic(), settling_examples(request, _number(place), draft):
            added = add_rule(place, request.account, form.rule_content(), form.rule_terms())
            _note(request, "rule_added", added, after=rule_facts(added))
    except RuleRefusedError as error:
        form.refuse(error)
        return False
    return True


@may_configure
def _change(request: MemberRequest, found: Rule, form: WholeRuleForm) -> HttpResponse:
    if form.is_valid() and _are_possible(form):
        draft = draft_of_rule(_place(found), request.account, form.planned_content(), form.rule_terms(), found)
        if shown := shown_before_saving(request, found.number, draft):
            return _page(request, _place(found), form, found, shown)
        before = rule_facts(found)
        try:
            with transaction.atomic(), settling_examples(request, found.number, draft):
                edit_rule(found, form.rule_content(), form.rule_terms())
                _note(request, "rule_changed", found, before=before, after=rule_facts(get_rule_for(request.account, found.pk)))
        except RuleRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. The next message is handled this way."))
            remind_of_codes(request, form.planned_content().destinations)
            return redirect(_address(_place(found)))
    return _page(request, _place(get_rule_for(request.account, found.pk)), form, found)


def _page(
    request: MemberRequest, place: Keyword | Number, form: WholeRuleForm, found: Rule | None = None, shown: dict[str, object] | None = None
) -> HttpResponse:
    row = keyword_row(place) if isinstance(place, Keyword) else None
    idle = never_acting(request.account, _number(place), row) if found else []
    context = {
        "form": form,
        "rule": found,
        "keyword": place if isinstance(place, Keyword) else None,
        "number": _number(place),
        "back": _address(place),
        "is_removing": isinstance(place, Keyword) and place.kind == MatchKind.REMOVING,
        "is_last": found is not None and _is_last(found),
        "idle": next((one for one in idle if found and one.rule_id == found.pk), None),
        **(shown or {}),
    }
    return render(request, "panel/rules/rule.html", context, status=422 if form.errors or "objections" in context else 200)


def _is_last(found: Rule) -> bool:
    return found.keyword is not None and found.keyword.rules.count() == 1


def _place(found: Rule) -> Keyword | Number:
    return found.keyword or found.number


def _number(place: Keyword | Number) -> Number:
    return place.number if isinstance(place, Keyword) else place


def _address(place: Keyword | Number) -> str:
    return reverse("keyword" if isinstance(place, Keyword) else "number", args=[place.pk])


def _note(request: MemberRequest, what: str, found: Rule, **facts_of_it: dict[str, str]) -> None:
    """Note a change of a rule with the keyword or number it belongs to."""
    if found.keyword:
        note(request, f"keyword.{what}", found.keyword.word, found.keyword.pk, **facts_of_it)
    else:
        note(request, f"number.{what}", found.number.digits, found.number.pk, **facts_of_it)
