"""The poster of a keyword: a page to look at and print, its files, and the QR code alone.

What belongs here: requests and responses. What does not: what a poster says and how it is drawn (`panel.posters`).
"""

import re
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.services import note_poster
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.posters.files import CONTENT_TYPES, code_for, poster_file
from recado.panel.posters.formats import FORMATS
from recado.panel.posters.typeface import can_draw
from recado.panel.posters.words import PosterWords, sms_link, words_for
from recado.panel.templatetags.recado import own_number

LANGUAGES = ("pl", "en")
HEADLINE_LENGTH = 80
QUIET_ZONE = 4
PNG_SCALE = 24


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants the poster; what makes no sense becomes the usual."""

    size: str
    language: str
    headline: str

    @property
    def query(self) -> str:
        """Write what is the same for all files."""
        return urlencode({"language": self.language} | ({"headline": self.headline} if self.headline else {}))


@require_safe
@member_required
@may_read
def poster(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Show the poster as it is printed, and what there is to download."""
    found = _found(request, keyword_id)
    wish = _wish(request)
    drawn = poster_file(_words(request, found, wish), FORMATS[wish.size], "svg").decode()
    context = {
        "keyword": found,
        "wish": wish,
        "formats": FORMATS.values(),
        "kinds": CONTENT_TYPES,
        "languages": LANGUAGES,
        "headline_length": HEADLINE_LENGTH,
        "sms_link": link_of(found),
        "drawn": mark_safe(drawn),  # noqa: S308  # our own drawing; its texts are escaped
    }
    return render(request, "panel/keywords/poster.html", context)


@require_safe
@member_required
@may_read
def file(request: MemberRequest, keyword_id: int, size: str, kind: str) -> HttpResponse:
    """Download the poster."""
    if size not in FORMATS or kind not in CONTENT_TYPES:
        raise Http404
    found = _found(request, keyword_id)
    content = poster_file(_words(request, found, _wish(request)), FORMATS[size], kind)
    return _named(HttpResponse(content, content_type=CONTENT_TYPES[kind]), found, size, kind)


@require_safe
@member_required
@may_read
def qr_svg(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Show the QR code alone, for pages."""
    found = get_keyword_for(request.account, keyword_id)
    picture = BytesIO()
    code_for(link_of(found)).save(picture, kind="svg", border=QUIET_ZONE, light="white", svgclass=None, lineclass=None)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_safe
@member_required
@may_read
def qr_png(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Download the QR code alone, for those who lay posters out themselves."""
    found = get_keyword_for(request.account, keyword_id)
    picture = BytesIO()
    code_for(link_of(found)).save(picture, kind="png", border=QUIET_ZONE, scale=PNG_SCALE)
    return _named(HttpResponse(picture.getvalue(), content_type="image/png"), found, "qr", "png")


def link_of(keyword: Keyword) -> str:
    """Return the address that opens a phone's SMS window with number and word filled in."""
    return sms_link(keyword.word, keyword.number.digits)


def _found(request: MemberRequest, keyword_id: int) -> Keyword:
    """Get the keyword and note that its poster is made, by whoever may set it up."""
    found = get_keyword_for(request.account, keyword_id)
    if request.may_configure:
        note_poster(found)
    return found


def _wish(request: MemberRequest) -> Wish:
    size, language = request.GET.get("size", ""), request.GET.get("language", "")
    return Wish(
        size if size in FORMATS else next(iter(FORMATS)),
        language if language in LANGUAGES else request.account.language,
        request.GET.get("headline", "").strip()[:HEADLINE_LENGTH],
    )


def _words(request: MemberRequest, keyword: Keyword, wish: Wish) -> PosterWords:
    company = request.account.company or request.account.name
    digits = keyword.number.digits
    with translation.override(wish.language):
        return words_for(keyword.word, digits, own_number(digits), company, wish.headline, can_draw)


def _named(response: HttpResponse, keyword: Keyword, what: str, ending: str) -> HttpResponse:
    """Name a file after word and number, as `OGRODNIK-503340503-a4.pdf`."""
    word = re.sub(r"[^\w]+", "-", keyword.word).strip("-") or f"{keyword.pk}"
    number = re.sub(r"\D", "", own_number(keyword.number.digits))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{word}-{number}-{what}.{ending}")
    return response
