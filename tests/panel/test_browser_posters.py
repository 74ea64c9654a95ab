"""The SVG of a poster as a browser draws it, and that nothing but the file is needed for it."""

from io import BytesIO
from itertools import product

import pytest
from PIL import Image
from playwright.sync_api import Browser

from panel.poster_samples import CASES, SAME, difference, expected, number_and_text, poster_words, scanned
from recado.panel.posters.files import poster_file
from recado.panel.posters.formats import FORMATS

pytestmark = [pytest.mark.browser]


def seen(browser: Browser, drawing: bytes, width: int, height: int) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block; width: 100vw; height: 100vh }}</style>{drawing.decode()}")
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return picture


@pytest.mark.parametrize(("case", "size"), list(product(CASES, FORMATS)))
def test_a_camera_reads_number_and_word_from_the_svg_which_shows_what_the_png_shows(browser: Browser, case: str, size: str):
    form = FORMATS[size]
    width, height = (side // (1 if form.is_for_screens else 2) for side in form.pixels)
    picture = seen(browser, poster_file(poster_words(case), form, "svg"), width, height)
    assert number_and_text(scanned(picture)) == expected(case)
    assert difference(picture, Image.open(BytesIO(poster_file(poster_words(case), form, "png")))) < SAME
