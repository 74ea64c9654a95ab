"""Numbers of the installation: the stock, whose they are, adding, giving away, suspending and releasing them.

What belongs here: requests and responses. What does not: reads and writes (`apps.numbers`), the pasted list (`number_import`).
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.audit.services import record
from recado.apps.numbers.lifecycle import end_rest, is_rested, release_number, resume_number
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import count_by_state, get_number, numbers_matching
from recado.apps.numbers.services import NumberError, add_number, assign_number
from recado.core.number import NumberKind, NumberState
from recado.panel.forms.operator_number import REFUSALS, AssignForm, NumberForm
from recado.panel.number_words import KINDS, STATES
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required

PAGE = 50
CHANGES: dict[str, Callable[[Number], None]] = {
    "resume": lambda number: resume_number(number, timezone.now()),
    "release": lambda number: release_number(number, timezone.now()),
    "end-rest": lambda number: end_rest(number, timezone.now()),
}


@require_safe
@operator_required()
def numbers(request: OperatorRequest) -> HttpResponse:
    """Show the numbers, narrowed by state, kind and a piece of number, label or customer."""
    state, kind, search = (request.GET.get(name, "").strip() for name in ("state", "kind", "q"))
    found = numbers_matching(state=state if state in STATES else "", kind=kind if kind in KINDS else "", search=search)
    counts = count_by_state()
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "counts": [(value.value, name, counts.get(value.value, 0)) for value, name in STATES.items()],
        "kinds": KINDS.items(),
        "state": state,
        "kind": kind,
        "search": search,
    }
    return render(request, "panel/operator/numbers/list.html", context)


@operator_required(MAY_SUPPORT)
def new_number(request: OperatorRequest) -> HttpResponse:
    """Take a number into service."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (added := _add(request, form)):
        messages.success(request, _("%(number)s is there.") % {"number": added.digits})
        return redirect("operator-number", added.pk)
    return render(request, "panel/operator/numbers/new.html", {"form": form}, status=422 if form.errors else 200)


@operator_required()
def number(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Show a number; a posted form gives it to a customer or to another link."""
    found = get_number(number_id)
    is_shared = found.capabilities.is_shared
    if request.method == "POST":
        return _assign(request, found, AssignForm(request.POST, is_shared=is_shared))
    return _detail(request, found, AssignForm(is_shared=is_shared, initial={"account": found.account, "connection": found.connection}))


@require_POST
@operator_required(MAY_SUPPORT)
def number_change(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Suspend, resume, release a number, or end its rest."""
    found, change = get_number(number_id), request.POST.get("change", "")
    if change not in CHANGES:
        messages.error(request, _("Say what is to become of the number."))
        return redirect("operator-number", number_id)
    owner, before = found.account, {"state": found.state}
    try:
        with transaction.atomic():
            CHANGES[change](found)
            after = {"state": found.state}
            record(owner, request.user, "number.state_changed", found.digits, found.pk, before=before, after=after, is_operator=True)
    except NumberError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, _("The number is %(state)s now.") % {"state": str(STATES[NumberState(found.state)]).lower()})
    return redirect("operator-number", number_id)


@require_safe
@operator_required(MAY_SUPPORT)
def number_release(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Ask whether the number is really to be taken from its owner, and say what goes with it."""
    return render(request, "panel/operator/numbers/release.html", {"number": get_number(number_id)})


def _add(request: OperatorRequest, form: NumberForm) -> Number | None:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            added = add_number(
                given["digits"], NumberKind(given["kind"]), account=given["account"], connection=given["connection"], label=given["label"]
            )
            after = {"kind": added.kind, "state": added.state}
            record(added.account, request.user, "number.added", added.digits, added.pk, after=after, is_operator=True)
    except NumberError as error:
        form.add_error("digits", str(REFUSALS[error.reason]))
        return None
    return added


def _assign(request: OperatorRequest, found: Number, form: AssignForm) -> HttpResponse:
    if not request.may_support:
        return _detail(request, found, form, status=403)
    if not form.is_valid():
        return _detail(request, found, form, status=422)
    account, connection = form.cleaned_data.get("account"), form.cleaned_data["connection"]
    before = {"account": str(found.account or ""), "link": str(found.connection or "")}
    try:
        with transaction.atomic():
            assign_number(found, account=account, connection=connection)
            after = {"account": str(found.account or ""), "link": str(found.connection or "")}
            record(found.account, request.user, "number.assigned", found.digits, found.pk, before=before, after=after, is_operator=True)
    except NumberError as error:
        form.add_error(None, str(REFUSALS[error.reason]))
        return _detail(request, get_number(found.pk), form, status=422)
    messages.success(request, _("Saved."))
    return redirect("operator-number", found.pk)


def _detail(request: OperatorRequest, found: Number, form: AssignForm, status: int = 200) -> HttpResponse:
    context = {
        "number": found,
        "form": form,
        "is_rested": is_rested(found, timezone.now()),
        "keywords": found.keywords.order_by("word")[:PAGE],
    }
    return render(request, "panel/operator/numbers/detail.html", context, status=status)
