"""Words of shared numbers: the register, one word with its history, ending a reservation in a dispute.

What belongs here: requests and responses. What does not: reads and writes (`apps.keywords`), blocked words (`blocked_words`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.audit.services import record
from recado.apps.keywords.blocked import BlockedWordError, block_word
from recado.apps.keywords.disputes import take_away
from recado.apps.keywords.models import Spelling
from recado.apps.keywords.registry import Life, calendar_of, get_spelling, life_of, longer, registry, shared_numbers, similar
from recado.apps.numbers.models import Number
from recado.panel.forms.operator_keyword import BLOCKED_REASON, EndForm
from recado.panel.keyword_words import LIVES
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required

PAGE = 50
LONGEST_SEARCH = 80


@require_safe
@operator_required()
def shared_keywords(request: OperatorRequest) -> HttpResponse:
    """Show the words of one shared number, narrowed by life and a piece of word or customer."""
    now, numbers = timezone.now(), list(shared_numbers())
    number = _chosen(numbers, request.GET.get("number", ""))
    search, life = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("state", "")
    narrowed = Life(life) if life in set(Life) else None
    found = registry(number, search, narrowed, now) if number else Spelling.objects.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    alike = similar(list(page), now)
    context = {
        "numbers": numbers,
        "number": number,
        "page": page,
        "rows": [(spelling, LIVES[life_of(spelling, now)], alike.get(spelling.pk, [])) for spelling in page],
        "lives": [(value.value, words[0]) for value, words in LIVES.items()],
        "state": narrowed.value if narrowed else "",
        "search": search,
    }
    return render(request, "panel/operator/keywords/list.html", context)


@require_safe
@operator_required()
def shared_keyword(request: OperatorRequest, spelling_id: int) -> HttpResponse:
    """Show a word: whose it is, how long, who had it and who will, and what looks like it."""
    found, now = get_spelling(spelling_id), timezone.now()
    life = life_of(found, now)
    context = {
        "spelling": found,
        "life": LIVES[life],
        "may_end": request.may_support and life not in {Life.OVER, Life.QUARANTINE},
        "others": found.keyword.spellings.exclude(pk=found.pk).order_by("-is_main", "id"),
        "calendar": [(one, LIVES[life_of(one, now)]) for one in calendar_of(found.number, found.folded)],
        "alike": [*similar([found], now).get(found.pk, []), *longer(found, now)],
    }
    return render(request, "panel/operator/keywords/detail.html", context)


@operator_required(MAY_SUPPORT)
def shared_keyword_end(request: OperatorRequest, spelling_id: int) -> HttpResponse:
    """Ask for the reason, and end the reservation."""
    found = get_spelling(spelling_id)
    if life_of(found, timezone.now()) in {Life.OVER, Life.QUARANTINE}:
        messages.info(request, _("%(word)s is over already.") % {"word": found.word})
        return redirect("operator-keyword", found.pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"spelling": found, "form": form, "has_begun": found.starts_at <= timezone.now()}
        return render(request, "panel/operator/keywords/end.html", context, status=422 if form.errors else 200)
    _end(request, found, form.cleaned_data["reason"], is_blocked=form.cleaned_data["is_blocked"])
    messages.success(request, _("%(word)s is not a keyword of %(account)s any more.") % {"word": found.word, "account": found.account.name})
    return redirect(f"{request.path.removesuffix(f'{found.pk}/end/')}?number={found.number_id}")


@transaction.atomic
def _end(request: OperatorRequest, found: Spelling, reason: str, *, is_blocked: bool) -> None:
    facts = {"word": found.word, "number": found.number.digits, "reason": reason}
    record(found.account, request.user, "keyword.ended_by_operator", found.keyword.word, found.keyword_id, after=facts, is_operator=True)
    take_away(found, reason)
    if is_blocked:
        try:
            blocked = block_word(found.word, reason[:BLOCKED_REASON])
        except BlockedWordError:  # it is blocked already
            return
        record(None, request.user, "keyword.blocked", blocked.word, blocked.pk, after={"reason": blocked.reason}, is_operator=True)


def _chosen(numbers: list[Number], wanted: str) -> Number | None:
    return next((number for number in numbers if str(number.pk) == wanted), numbers[0] if numbers else None)
