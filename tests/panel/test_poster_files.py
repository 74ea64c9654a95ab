"""The files of a poster: a camera reads number and word from each, pages have their size, the text of a PDF can be found."""

from io import BytesIO
from itertools import product

import pypdfium2
import pytest
from PIL import Image

from panel.poster_samples import CASES, COMPANY, SAME, difference, expected, number_and_text, poster_words, scanned
from recado.panel.posters.files import poster_file
from recado.panel.posters.formats import FORMATS

EVERY = list(product(CASES, FORMATS))
SCREEN = 150
"""Pixels to the inch a PDF is looked at with, far fewer than a printer has."""


def png(case: str, size: str) -> Image.Image:
    return Image.open(BytesIO(poster_file(poster_words(case), FORMATS[size], "png")))


def pdf(case: str, size: str) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(poster_file(poster_words(case), FORMATS[size], "pdf"))


def together(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("case", "size"), EVERY)
def test_a_camera_reads_number_and_word_from_the_png(case: str, size: str):
    picture = png(case, size)
    assert picture.size == FORMATS[size].pixels
    assert picture.info["dpi"] == pytest.approx((FORMATS[size].pixels_per_inch,) * 2, abs=0.1)
    assert number_and_text(scanned(picture)) == expected(case)


@pytest.mark.parametrize(("case", "size"), EVERY)
def test_a_camera_reads_number_and_word_from_the_pdf(case: str, size: str):
    document = pdf(case, size)
    form = FORMATS[size]
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((form.width * 72 / 25.4, form.height * 72 / 25.4), abs=0.05)
    scale = (form.pixels_per_inch if form.is_for_screens else SCREEN) / 72
    assert number_and_text(scanned(document[0].render(scale=scale).to_pil())) == expected(case)


@pytest.mark.parametrize("case", CASES)
def test_the_text_of_the_pdf_says_word_and_number(case: str):
    text = pdf(case, "a4")[0].get_textpage().get_text_bounded()
    word, (_, number), _ = CASES[case]
    assert together(word) in together(text)
    assert number in text
    assert COMPANY in text
    assert "STOP" in text


def test_the_pdf_brings_its_typeface_and_says_what_it_is():
    content = poster_file(poster_words("Polish"), FORMATS["a4"], "pdf")
    document = pypdfium2.PdfDocument(content)
    fonts = {shape.get_font() for shape in document[0].get_objects() if isinstance(shape, pypdfium2.PdfTextObj)}
    assert all(font.is_embedded for font in fonts)
    assert document.get_metadata_value("Author") == COMPANY
    assert "Zażółć gęślą jaźń" in document.get_metadata_value("Title")
    assert b"/Lang (pl)" in content
    assert len(content) < 80_000


def test_the_code_of_the_pdf_opens_the_message_when_pressed():
    assert b"sms:+48503340503?body=OGRODNIK" in poster_file(poster_words("plain"), FORMATS["a4"], "pdf")


@pytest.mark.parametrize(("case", "size"), list(product(("plain", "Polish", "longest Cyrillic"), FORMATS)))
def test_pdf_and_png_show_the_same(case: str, size: str):
    other = pdf(case, size)[0].render(scale=FORMATS[size].pixels_per_inch / 72).to_pil()
    assert difference(png(case, size), other) < SAME


@pytest.mark.parametrize("kind", ["pdf", "svg", "png"])
def test_the_same_poster_is_the_same_file(kind: str):
    first, second = (poster_file(poster_words("plain", "News"), FORMATS["a5"], kind) for _ in range(2))
    assert first == second
