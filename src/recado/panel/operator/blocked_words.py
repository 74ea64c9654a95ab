"""Words that nobody may reserve on shared numbers: the list, adding, removing with undo.

What belongs here: requests and responses. What does not: reads and writes (`apps.keywords.blocked`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.audit.services import record
from recado.apps.keywords.blocked import BlockedWordError, block_word, blocked_list, get_blocked, unblock_word
from recado.apps.keywords.models import BlockedWord
from recado.apps.keywords.registry import reserved_despite
from recado.panel.forms.operator_keyword import BlockForm
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required
from recado.panel.undo import offer_undo

PAGE = 50
LONGEST_SEARCH = 80


@operator_required()
def blocked_words(request: OperatorRequest) -> HttpResponse:
    """Show the blocked words; a posted form adds one."""
    if request.method != "POST":
        return _list(request, BlockForm())
    form = BlockForm(request.POST)
    if not request.may_support:
        return _list(request, form, status=403)
    if form.is_valid() and (blocked := _block(request, form)):
        messages.success(request, _("%(word)s is blocked on all shared numbers.") % {"word": blocked.word})
        return redirect("operator-blocked-words")
    return _list(request, form, status=422)


@require_POST
@operator_required(MAY_SUPPORT)
def blocked_word_remove(request: OperatorRequest, blocked_id: int) -> HttpResponse:
    """Let people reserve a word again."""
    blocked = get_blocked(blocked_id)
    undo = {"word": blocked.word, "reason": blocked.reason}
    with transaction.atomic():
        record(None, request.user, "keyword.unblocked", blocked.word, blocked.pk, before={"reason": blocked.reason}, is_operator=True)
        unblock_word(blocked)
    said = _("%(word)s can be reserved again.") % {"word": blocked.word}
    offer_undo(request, said, reverse("operator-blocked-words"), undo)
    return redirect("operator-blocked-words")


def _block(request: OperatorRequest, form: BlockForm) -> BlockedWord | None:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            blocked = block_word(given["word"], given["reason"])
            record(None, request.user, "keyword.blocked", blocked.word, blocked.pk, after={"reason": blocked.reason}, is_operator=True)
    except BlockedWordError:
        form.add_error("word", _("This word is blocked already, or has no letters."))
        return None
    return blocked


def _list(request: OperatorRequest, form: BlockForm, status: int = 200) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    page = Paginator(blocked_list(search), PAGE).get_page(request.GET.get("page"))
    held = reserved_despite(list(page), timezone.now())
    context = {"form": form, "page": page, "rows": [(word, held.get(word.form, [])) for word in page], "search": search}
    return render(request, "panel/operator/keywords/blocked.html", context, status=status)
