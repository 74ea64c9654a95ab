"""Making a code pool, changing it, giving it a keyword, deleting it.

What belongs here: these requests. What does not: fields (`panel.forms.code_pool`), codes (`pool`, `adding`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from recado.apps.codes.audited import pool_facts
from recado.apps.codes.models import CodePool
from recado.apps.codes.queries import get_pool_for, stock_of
from recado.apps.codes.services import add_pool, delete_pool, edit_pool
from recado.apps.keywords.activities import Activity, Kind, keywords_of, numbers_of
from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.errors import KeywordError
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.codes.listing import day_began
from recado.panel.forms.code_pool import PoolForm, PoolKeywordForm
from recado.panel.recording import note


@member_required
@may_configure
def pool_new(request: MemberRequest) -> HttpResponse:
    """Make a pool, with its keyword; codes come next."""
    form = PoolForm(request.account, request.POST or None)
    if request.POST and form.is_valid() and (added := _add(request, form)):
        messages.success(request, _("The pool %(name)s is there. Now put codes into it.") % {"name": added.name})
        return redirect("code-pool-add", added.pk)
    return render(request, "panel/codes/form.html", {"form": form}, status=422 if form.errors else 200)


@member_required
@may_configure
def pool_settings(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Change a pool."""
    found = get_pool_for(request.account, pool_id)
    form = PoolForm(request.account, request.POST or None, pool=found)
    if request.POST and form.is_valid():
        before = pool_facts(found)
        with transaction.atomic():
            edit_pool(found, form.content())
            note(request, "code_pool.changed", found.name, found.pk, before=before, after=pool_facts(found))
        messages.success(request, _("Saved."))
        return redirect("code-pool", found.pk)
    return render(request, "panel/codes/form.html", {"form": form, "pool": found}, status=422 if form.errors else 200)


@member_required
@may_configure
def pool_keyword(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Reserve a keyword for a pool."""
    found = get_pool_for(request.account, pool_id)
    initial = {"reply": _("Your code: {code}. Show it at the till.")}
    form = PoolKeywordForm(request.account, request.POST or None, needs_word=True, initial=initial)
    if request.POST and form.is_valid():
        try:
            with transaction.atomic():
                _reserve(request, form, found)
        except KeywordError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Whoever texts the keyword gets a code now."))
            return redirect("code-pool", found.pk)
    return render(request, "panel/codes/keyword.html", {"pool": found, "form": form}, status=422 if form.errors else 200)


@member_required
@may_configure
def pool_delete(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Ask whether the pool is really to go, and delete it; refused while a keyword gives its codes."""
    found = get_pool_for(request.account, pool_id)
    keywords = keywords_of(request.account, Kind.GIVE_CODE, found.pk)
    numbers = numbers_of(request.account, Kind.GIVE_CODE, found.pk)
    if keywords or numbers or request.method != "POST":
        context = {"pool": found, "keywords": keywords, "numbers": numbers, "stock": stock_of(found, day_began())}
        return render(request, "panel/codes/delete.html", context, status=422 if request.method == "POST" else 200)
    with transaction.atomic():
        note(request, "code_pool.deleted", found.name, found.pk, before=pool_facts(found))
        delete_pool(found)
    messages.success(request, _("The pool %(name)s is deleted with its codes.") % {"name": found.name})
    return redirect("code-pools")


def _add(request: MemberRequest, form: PoolForm) -> CodePool | None:
    try:
        with transaction.atomic():
            added = add_pool(request.account, form.content(), request.user)
            note(request, "code_pool.added", added.name, added.pk, after=pool_facts(added))
            _reserve(request, form, added)
    except KeywordError as error:
        form.refuse(error)
        return None
    return added


def _reserve(request: MemberRequest, form: PoolKeywordForm, found: CodePool) -> None:
    keyword = form.reserve(Activity(Kind.GIVE_CODE, found.pk, found.name))
    if keyword:
        note(request, "keyword.reserve", keyword.word, keyword.pk, after=keyword_facts(keyword))
