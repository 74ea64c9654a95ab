"""Near misses: what people typed instead of a keyword, made another spelling of it with one press or put aside.

What belongs here: requests and responses. What does not: counting and settling (`apps.keywords.near_misses`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.drafts import draft_of_synonym
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.near_misses import NotNearError, check_near, near_misses_of, settle, spelled_like
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.synonyms import add_synonym, check_synonym
from recado.core.near_miss import LONGEST
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.keyword import sentence
from recado.panel.keywords.before_saving import asked_first
from recado.panel.keywords.objections import settling_examples
from recado.panel.recording import note
from recado.panel.undo import offer_undo

SHOWN = 200


@require_safe
@member_required
@may_read
def near_misses(request: MemberRequest) -> HttpResponse:
    """Show what nearly matched, the most frequent first."""
    rows = near_misses_of(request.account, timezone.now())
    return render(request, "panel/keywords/near_misses.html", {"near_misses": rows[:SHOWN]})


@require_POST
@member_required
@may_configure
def near_miss_add(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Make what was typed another spelling of the keyword."""
    keyword, typed = get_keyword_for(request.account, keyword_id), _typed(request)
    try:
        check_near(keyword, typed)
    except NotNearError:
        messages.warning(request, _("This is no near miss of %(word)s.") % {"word": keyword.word})
        return redirect(_back(request))
    word = spelled_like(keyword, typed)
    draft = draft_of_synonym(keyword, word)
    try:
        check_synonym(keyword, word)
        if page := asked_first(request, keyword.number, draft, keyword.word, _back(request)):
            return page
        with transaction.atomic(), settling_examples(request, keyword.number, draft):
            before = keyword_facts(keyword)
            added = add_synonym(keyword, word)
            settle(keyword, typed, timezone.now())
            note(request, "keyword.synonym_added", keyword.word, keyword.pk, before=before, after=keyword_facts(keyword))
    except KeywordError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("%(typed)s counts as %(word)s from now on.") % {"typed": added.word, "word": keyword.word})
    return redirect(_back(request))


@require_POST
@member_required
@may_configure
def near_miss_ignore(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Do not show what was typed any more; `again` shows it again."""
    keyword, typed = get_keyword_for(request.account, keyword_id), _typed(request)
    try:
        check_near(keyword, typed)
    except NotNearError:
        messages.warning(request, _("This is no near miss of %(word)s.") % {"word": keyword.word})
        return redirect(_back(request))
    settle(keyword, typed, timezone.now(), is_ignored="again" not in request.POST)
    if "again" not in request.POST:
        undone = {"spelling": typed, "again": "1", "next": _back(request)}
        said = _("%(typed)s is not shown any more.") % {"typed": typed.upper()}
        offer_undo(request, said, reverse("near-miss-ignore", args=[keyword_id]), undone)
    return redirect(_back(request))


def _typed(request: MemberRequest) -> str:
    return request.POST.get("spelling", "")[: LONGEST + 1]


def _back(request: MemberRequest) -> str:
    given = request.POST.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) else reverse("near-misses")
