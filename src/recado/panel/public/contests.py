"""The public page of a contest: how to enter, what can be won, its terms, and what is published of its draw.

What belongs here: request and response. What does not: which contests have one (`apps.contests.queries`), the panel's pages
(`panel.contests`). Names of entries in the list are public; phones appear with most of their digits left out, and only where the
organiser wants winners shown.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from recado.apps.contacts.queries import NotFoundError
from recado.apps.contests.content import DRAWN
from recado.apps.contests.lists import public_name
from recado.apps.contests.models import Contest, Win
from recado.apps.contests.queries import draws_of, get_draw_for, public_contest, standing_wins
from recado.apps.contests.standing import Standing, ends_at, standing_of
from recado.apps.contests.winning import is_decided, promised
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.models import Keyword
from recado.core.contest import EntryRule
from recado.panel.contests.masking import masked
from recado.panel.contests.protocols import instant_response, protocol_response
from recado.panel.contests.words import STANDINGS, limits_in_words, rule_in_words
from recado.panel.public.pages import PublicPage, public_page

DAYS_SHOWN, WINNERS_SHOWN = 60, 200


@public_page
def rules(_request: HttpRequest, token: str, language: str = "") -> PublicPage:
    """Show a contest to anybody."""
    if language and language not in dict(settings.LANGUAGES):
        raise ObjectDoesNotExist
    found = _contest(token)
    context = partial(_context, found, language or found.account.language)
    return PublicPage(found.account, "panel/public/contest.html", context, language)


@require_safe
def instant(_request: HttpRequest, token: str) -> HttpResponse:
    """Give the protocol of instant wins to anybody, once nothing can be won any more."""
    try:
        response = instant_response(_contest(token))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def protocol(_request: HttpRequest, token: str, draw_id: int) -> HttpResponse:
    """Give the protocol of a draw to anybody."""
    try:
        found = _contest(token)
        response = protocol_response(get_draw_for(found.account, found.pk, draw_id), as_pdf=False)
    except (ObjectDoesNotExist, NotFoundError) as error:
        raise Http404 from error
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _context(found: Contest, shown_in: str) -> dict[str, Any]:
    now = timezone.now()
    standing, rule = standing_of(found, now), EntryRule(found.entry_rule)
    words = [word for word in keywords_of(found.account, Kind.ENTER_CONTEST, found.pk) if word.state == Keyword.State.LIVE]
    return {
        "contest": found,
        "standing": STANDINGS[Standing.DRAWN if standing is Standing.OVER else standing],
        "rule": rule_in_words(found),
        "ends_at": ends_at(found),
        "is_over": ends_at(found) <= now,
        "limits": limits_in_words(found),
        "keywords": words,
        "is_drawn_by_lot": rule in DRAWN,
        "draws": list(draws_of(found)[:DAYS_SHOWN]),
        "winners": _winners(found) if found.shows_winners else [],
        "instant": promised(found) if rule is EntryRule.INSTANT else "",
        "is_instant_decided": rule is EntryRule.INSTANT and is_decided(found, now),
        "languages": [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES if code != shown_in],
    }


def _contest(token: str) -> Contest:
    try:
        return public_contest(token)
    except NotFoundError as error:
        raise ObjectDoesNotExist from error


def _winners(found: Contest) -> list[tuple[Win, str, str]]:
    return [(win, masked(win.msisdn), public_name(found, win.entry_id, win.msisdn)) for win in standing_wins(found)[:WINNERS_SHOWN]]
