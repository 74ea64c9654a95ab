"""One code pool: what is left, its codes and whose they are, taking one out.

What belongs here: these requests. What does not: the form (`changes`), adding codes (`adding`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.models import Account
from recado.apps.codes.errors import CodeError
from recado.apps.codes.models import Code
from recado.apps.codes.queries import CodeState, codes_of, get_code_for, get_pool_for, state_of, stock_of
from recado.apps.codes.services import put_back, withdraw
from recado.apps.contacts.models import Contact
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.inbox.models import Message
from recado.apps.keywords.activities import Kind, keywords_of
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.code_words import REFUSALS, STATES
from recado.panel.codes.listing import day_began
from recado.panel.recording import note
from recado.panel.undo import offer_undo

PAGE = 100


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code with all its row says."""

    code: Code
    state: str
    words: str
    contact: Contact | None
    dialogue_id: int | None


@require_safe
@member_required
@may_read
def pool(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Show a pool with its codes."""
    found = get_pool_for(request.account, pool_id)
    stock = stock_of(found, day_began())
    asked = request.GET.get("show", "")
    state = CodeState(asked) if asked in set(CodeState) else (CodeState.HANDED if stock.handed else CodeState.FREE)
    search = request.GET.get("q", "").strip()
    codes = codes_of(found, None if search else state)
    if search:
        msisdn = parse_msisdn(search)
        codes = codes.filter(msisdn=msisdn) if msisdn and not codes.filter(value=search).exists() else codes.filter(value__iexact=search)
    page = Paginator(codes, PAGE).get_page(request.GET.get("page"))
    context = {
        "pool": found,
        "stock": stock,
        "state": "" if search else state.value,
        "search": search,
        "page": page,
        "rows": rows_of(request.account, page.object_list),
        "keywords": keywords_of(request.account, Kind.GIVE_CODE, found.pk),
    }
    return render(request, "panel/codes/pool.html", context)


@require_POST
@member_required
@may_configure
def code_withdraw(request: MemberRequest, pool_id: int, code_id: int) -> HttpResponse:
    """Take a free code out of the pool, or put it back."""
    found = get_pool_for(request.account, pool_id)
    code = get_code_for(found, code_id)
    try:
        with transaction.atomic():
            if request.POST.get("to") == "free":
                put_back(found, code_id)
                note(request, "code_pool.code_put_back", found.name, found.pk, after={"code": code.value})
                messages.success(request, _("The code %(code)s is in the pool again.") % {"code": code.value})
            else:
                withdraw(found, code_id)
                note(request, "code_pool.code_withdrawn", found.name, found.pk, after={"code": code.value})
                said = _("The code %(code)s is taken out: nobody gets it.") % {"code": code.value}
                offer_undo(request, said, reverse("code-withdraw", args=[pool_id, code_id]), {"to": "free"})
    except CodeError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    return redirect(f"{reverse('code-pool', args=[pool_id])}?show={CodeState.FREE.value}")


def rows_of(account: Account, codes: Iterable[Code]) -> list[ShownCode]:
    """Gather what rows say beside the codes, for all of them at once."""
    shown = list(codes)
    people = contacts_by_number(account, {one.msisdn for one in shown if one.msisdn})
    ids = [one.message_id for one in shown if one.message_id]
    dialogues: Mapping[int, int | None] = dict(
        Message.objects.filter(account=account, pk__in=ids).values_list("pk", "dialogue_id") if ids else ()
    )
    found = []
    for one in shown:
        state = state_of(one)
        about = (people.get(one.msisdn or ""), dialogues.get(one.message_id or 0))
        found.append(ShownCode(one, state.value, str(STATES[state]), *about))
    return found
