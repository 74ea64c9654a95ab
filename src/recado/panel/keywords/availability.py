"""Whether a word is free on a number, said while it is typed, and which kinds of keyword the number knows.

What belongs here: the fragments of the form. What does not: the checks (`apps.keywords.queries`), the sentences (`forms.keyword`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.kinds import refusal_of
from recado.apps.keywords.queries import check_word
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for
from recado.core.routes import MatchKind
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.forms.keyword import kind_cards, sentence
from recado.panel.ids import id_of
from recado.panel.keyword_words import accent_free


@require_safe
@member_required
@may_read
def availability(request: MemberRequest) -> HttpResponse:
    """Say whether a word is free on a number, as a fragment for the form."""
    word, number_id = request.GET.get("word", "").strip(), id_of(request.GET.get("number"))
    if number_id is None:
        return HttpResponse()
    number = get_number_for(request.account, number_id)
    context = {"asked": bool(word), **_availability(request, number, word)}
    return render(request, "panel/keywords/_availability.html", context)


@require_safe
@member_required
@may_read
def kinds(request: MemberRequest) -> HttpResponse:
    """Offer the ways to match on a number, as a fragment for the form."""
    number_id = id_of(request.GET.get("number"))
    number = get_number_for(request.account, number_id) if number_id is not None else None
    return render(request, "panel/keywords/_kinds.html", {"kinds": kind_cards(request.account, number, request.GET.get("kind", ""))})


def _availability(request: MemberRequest, number: Number, word: str) -> dict[str, object]:
    kind = request.GET.get("kind", "")
    # The cards fall back to exact where the number does not know the kind, and so does the answer.
    wanted = MatchKind(kind) if kind in set(MatchKind) and not refusal_of(request.account, number, MatchKind(kind)) else MatchKind.EXACT
    try:
        check_word(request.account, number, word, wanted)
    except KeywordError as error:
        return {"problem": sentence(error), "free": getattr(error, "free", ())}
    return {"word": word, "number": number, "also_matches": accent_free(word)}
