"""Posters for tests: words that are short, long, Polish, Cyrillic or full of signs, and how a camera reads a picture of them."""

from urllib.parse import unquote

import zxingcpp
from django.utils import translation
from PIL import Image, ImageChops, ImageStat

from recado.panel.posters.typeface import can_draw
from recado.panel.posters.words import PosterWords, words_for

LONG, SHORT = ("48503340503", "503 340 503"), ("4301", "4301")
CASES = {
    "plain": ("OGRODNIK", LONG, "pl"),
    "short code": ("róże & co", SHORT, "en"),
    "Polish": ("Zażółć gęślą jaźń", SHORT, "pl"),
    "Cyrillic": ("Садівник і друзі", LONG, "en"),
    "signs": ("100% #1+1/2?", LONG, "pl"),
    "longest": ("W" * 80, LONG, "en"),
    "longest Cyrillic": ("Щ" * 80, LONG, "pl"),
}
"""Name to word, number, language."""
FAR = (180, 320)
SAME = 4
"""Below this, two pictures show the same."""
COMPANY = "Kwiaciarnia Róża"


def poster_words(case: str, headline: str = "", company: str = COMPANY) -> PosterWords:
    word, (digits, number), language = CASES[case]
    with translation.override(language):
        return words_for(word, digits, number, company, headline, can_draw)


def scanned(picture: Image.Image) -> str:
    """Read the one QR code of a picture with a decoder that has nothing to do with who made it."""
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


def difference(one: Image.Image, other: Image.Image) -> float:
    """Say how much two pictures differ on average, of 255, to somebody who looks from far away: edges are smoothed in different ways."""
    small, as_small = (each.convert("L").resize(FAR, Image.Resampling.BOX) for each in (one, other))
    return ImageStat.Stat(ImageChops.difference(small, as_small)).mean[0]


def number_and_text(link: str) -> tuple[str, str]:
    """Take an `sms:` address apart as a phone does."""
    number, _, body = link.removeprefix("sms:").partition("?body=")
    return number, unquote(body, errors="strict")


def expected(case: str) -> tuple[str, str]:
    word, (digits, _), _ = CASES[case]
    return ("+" + digits if len(digits) > 5 else digits), word
