"""The poster of a keyword: a page to print in three sizes, and files to lay out oneself.

What belongs here: requests and responses, the picture of the QR code. What does not: the words (templates). A PDF is made by the browser's
own print window: a library for it would bring more code than all of the panel.
"""

from io import BytesIO
from urllib.parse import quote

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.services import note_poster
from recado.panel.access import MemberRequest, may_read, member_required

SIZES = ("a4", "a5", "story")
LANGUAGES = ("pl", "en")
LONG_NUMBER = 8
"""From so many digits on a number is international; shorter ones are short codes, which no country code precedes."""
QUIET_ZONE = 4
PNG_SCALE = 24
WIDEST_WORD, TALLEST_WORD = 640, 120


@require_safe
@member_required
@may_read
def poster(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Show the poster as it is printed."""
    found = get_keyword_for(request.account, keyword_id)
    if request.may_configure:
        note_poster(found)
    size = request.GET.get("size", "")
    context = _context(request, found) | {"size": size if size in SIZES else "a4", "sizes": SIZES, "languages": LANGUAGES}
    return render(request, "panel/keywords/poster.html", context)


@require_safe
@member_required
@may_read
def poster_svg(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Download the whole poster as a drawing."""
    found = get_keyword_for(request.account, keyword_id)
    if request.may_configure:
        note_poster(found)
    context = _context(request, found)
    with translation.override(str(context["language"])):
        response = render(request, "panel/keywords/poster.svg", context, content_type="image/svg+xml")
    return _named(response, found, "svg")


@require_safe
@member_required
@may_read
def qr_svg(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Show the QR code alone, for pages."""
    found = get_keyword_for(request.account, keyword_id)
    picture = BytesIO()
    _qr(found).save(picture, kind="svg", border=QUIET_ZONE, light="white", svgclass=None, lineclass=None)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_safe
@member_required
@may_read
def qr_png(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Download the QR code alone, for those who lay posters out themselves."""
    found = get_keyword_for(request.account, keyword_id)
    picture = BytesIO()
    _qr(found).save(picture, kind="png", border=QUIET_ZONE, scale=PNG_SCALE)
    return _named(HttpResponse(picture.getvalue(), content_type="image/png"), found, "png")


def sms_link(keyword: Keyword) -> str:
    """Return the address that opens a phone's SMS window with number and word filled in (RFC 5724, with the usual `body`)."""
    digits = keyword.number.digits
    return f"sms:{'+' if len(digits) >= LONG_NUMBER else ''}{digits}?body={quote(keyword.word)}"


def _context(request: MemberRequest, keyword: Keyword) -> dict[str, object]:
    wanted = request.GET.get("language", "")
    code = _qr(keyword)
    return {
        "keyword": keyword,
        "company": request.account.company or request.account.name,
        "language": wanted if wanted in LANGUAGES else request.account.language,
        "qr_path": _path(code),
        "qr_side": code.symbol_size(border=QUIET_ZONE)[0],
        "word_size": min(TALLEST_WORD, round(WIDEST_WORD / (0.68 * len(keyword.word)))),
    }


def _qr(keyword: Keyword) -> segno.QRCode:
    return segno.make(sms_link(keyword), micro=False, error="m")


def _path(code: segno.QRCode) -> str:
    """Draw the dark squares, each row's neighbours as one rectangle."""
    pieces = []
    for y, row in enumerate(code.matrix, start=QUIET_ZONE):
        dark = "".join("#" if module else " " for module in row)
        x = 0
        while (x := dark.find("#", x)) >= 0:
            length = len(dark[x:]) - len(dark[x:].lstrip("#"))
            pieces.append(f"M{x + QUIET_ZONE} {y}h{length}v1h-{length}z")
            x += length
    return "".join(pieces)


def _named(response: HttpResponse, keyword: Keyword, ending: str) -> HttpResponse:
    name = slugify(keyword.folded) or f"keyword-{keyword.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
