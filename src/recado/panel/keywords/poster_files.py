"""A keyword's poster and QR code as files, for the panel and, through `apps.keywords.ports`, for programs.

What belongs here: from a keyword to a file. What does not: requests (`poster`), what a poster says and how it is drawn (`panel.posters`).
"""

import re
from io import BytesIO

from django.utils import translation

from recado.apps.keywords.models import Keyword
from recado.apps.keywords.ports import KeywordFile
from recado.panel.posters.files import CONTENT_TYPES, code_for, poster_file
from recado.panel.posters.formats import FORMATS
from recado.panel.posters.typeface import can_draw
from recado.panel.posters.words import PosterWords, sms_link, words_for
from recado.panel.templatetags.recado import own_number

QUIET_ZONE = 4
PNG_SCALE = 24


class PanelKeywordFiles:
    """Draws them."""

    def poster(self, keyword: Keyword, size: str, kind: str, language: str, headline: str) -> KeywordFile:
        """Draw the poster in one of `FORMATS` as one of `CONTENT_TYPES`."""
        content = poster_file(words_of(keyword, language, headline), FORMATS[size], kind)
        return KeywordFile(content, CONTENT_TYPES[kind], file_name(keyword, size, kind))

    def code(self, keyword: Keyword, kind: str) -> KeywordFile:
        """Draw the QR code alone, as `svg` or `png`."""
        picture, code = BytesIO(), code_for(link_of(keyword))
        if kind == "svg":
            code.save(picture, kind="svg", border=QUIET_ZONE, light="white", svgclass=None, lineclass=None)
        else:
            code.save(picture, kind="png", border=QUIET_ZONE, scale=PNG_SCALE)
        return KeywordFile(picture.getvalue(), CONTENT_TYPES[kind], file_name(keyword, "qr", kind))


def link_of(keyword: Keyword) -> str:
    """Return the address that opens a phone's SMS window with number and word filled in."""
    return sms_link(keyword.word, keyword.number.digits)


def words_of(keyword: Keyword, language: str, headline: str) -> PosterWords:
    """Return what the poster says."""
    company, digits = keyword.account.company or keyword.account.name, keyword.number.digits
    with translation.override(language):
        return words_for(keyword.word, digits, own_number(digits), company, headline, can_draw)


def file_name(keyword: Keyword, what: str, ending: str) -> str:
    """Name a file after word and number, as `OGRODNIK-503340503-a4.pdf`."""
    word = re.sub(r"[^\w]+", "-", keyword.word).strip("-") or f"{keyword.pk}"
    number = re.sub(r"\D", "", own_number(keyword.number.digits))
    return f"{word}-{number}-{what}.{ending}"
