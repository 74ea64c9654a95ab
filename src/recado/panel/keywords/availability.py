"""Whether a word is free on a number for the time chosen, said while it is typed, and which kinds of keyword the number knows.

What belongs here: the fragments of the forms. What does not: the checks (`apps.keywords.checks`), the sentences (`forms.keyword`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.keywords.checks import check, check_word
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.kinds import refusal_of
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.synonyms import wanted_for
from recado.apps.numbers.queries import get_number_for
from recado.core.routes import MatchKind
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.forms.keyword import asked_period, kind_cards, sentence
from recado.panel.ids import id_of
from recado.panel.keyword_words import accent_free


@require_safe
@member_required
@may_read
def availability(request: MemberRequest) -> HttpResponse:
    """Say whether a word is free on a number, or as another spelling of a keyword, as a fragment for the form."""
    word, asked = " ".join(request.GET.get("word", "").split()), "keyword" if request.GET.get("keyword") else "number"
    identity = id_of(request.GET.get(asked))
    if identity is None:
        return HttpResponse()
    ask = _for_synonym if asked == "keyword" else free_on_number
    return render(request, "panel/keywords/_availability.html", {"asked": bool(word), **ask(request, identity, word)})


@require_safe
@member_required
@may_read
def kinds(request: MemberRequest) -> HttpResponse:
    """Offer the ways to match on a number, as a fragment for the form."""
    number_id = id_of(request.GET.get("number"))
    number = get_number_for(request.account, number_id) if number_id is not None else None
    return render(request, "panel/keywords/_kinds.html", {"kinds": kind_cards(request.account, number, request.GET.get("kind", ""))})


def free_on_number(request: MemberRequest, number_id: int, word: str) -> dict[str, object]:
    """Give the fragment what it says of a word on a number."""
    number = get_number_for(request.account, number_id)
    starts_at, ends_at = asked_period(request.GET)
    kind = request.GET.get("kind", "")
    # The cards fall back to exact where the number does not know the kind, and so does the answer.
    wanted = MatchKind(kind) if kind in set(MatchKind) and not refusal_of(request.account, number, MatchKind(kind)) else MatchKind.EXACT
    try:
        check_word(request.account, number, word, wanted, starts_at=starts_at, ends_at=ends_at)
    except KeywordError as error:
        return _problem(error)
    return {"word": word, "number": number, "has_period": starts_at or ends_at, "also_matches": accent_free(word)}


def _for_synonym(request: MemberRequest, keyword_id: int, word: str) -> dict[str, object]:
    keyword = get_keyword_for(request.account, keyword_id)
    try:
        check(wanted_for(keyword), word)
    except KeywordError as error:
        return _problem(error)
    return {"word": word, "number": keyword.number, "also_matches": accent_free(word)}


def _problem(error: KeywordError) -> dict[str, object]:
    return {"problem": sentence(error, with_free=False), "free": getattr(error, "free", ())}
