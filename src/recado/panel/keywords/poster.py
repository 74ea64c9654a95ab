"""The poster of a keyword: a page to look at and print, its files, and the QR code alone.

What belongs here: requests and responses. What does not: what a poster says and how it is drawn (`poster_files`, `panel.posters`).
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from recado.apps.keywords.models import Keyword
from recado.apps.keywords.ports import KeywordFile
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.services import note_poster
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.keywords.poster_files import PanelKeywordFiles, link_of
from recado.panel.posters.files import CONTENT_TYPES
from recado.panel.posters.formats import FORMATS

LANGUAGES = ("pl", "en")
HEADLINE_LENGTH = 80
FILES = PanelKeywordFiles()


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
    drawn = FILES.poster(found, wish.size, "svg", wish.language, wish.headline).content.decode()
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
    wish = _wish(request)
    return _download(FILES.poster(_found(request, keyword_id), size, kind, wish.language, wish.headline))


@require_safe
@member_required
@may_read
def qr_svg(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Show the QR code alone, for pages."""
    drawn = FILES.code(get_keyword_for(request.account, keyword_id), "svg")
    return HttpResponse(drawn.content, content_type=drawn.content_type)


@require_safe
@member_required
@may_read
def qr_png(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Download the QR code alone, for those who lay posters out themselves."""
    return _download(FILES.code(get_keyword_for(request.account, keyword_id), "png"))


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


def _download(drawn: KeywordFile) -> HttpResponse:
    response = HttpResponse(drawn.content, content_type=drawn.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=drawn.name)
    return response
