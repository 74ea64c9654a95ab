"""Where things stand on a poster: nothing overflows, nothing overlaps, nothing is cut off."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recado.panel.posters.drawing import Code, Text, Weight
from recado.panel.posters.files import drawing_of
from recado.panel.posters.fitting import CAP, Box, fit, wrap
from recado.panel.posters.formats import FORMATS, MILLIMETRES_PER_INCH
from recado.panel.posters.layout import CODE_SMALLEST, QUIET_ZONE
from recado.panel.posters.typeface import can_draw, face, measure
from recado.panel.posters.words import Part, PosterWords, sentence, sms_link, words_for

LETTERS = st.text(st.sampled_from("AaWiĄężźŁЩґії09 -&%…"), min_size=1, max_size=80).filter(str.strip)
LEGAL = "Koszt SMS-a według taryfy. " * 12


def monospaced(text: str, weight: Weight) -> float:
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, ()),
        ("ab cd", 5, ("ab cd",)),
        ("ab cd", 4, ("ab", "cd")),
        ("abcdefg", 3, ("abc", "def", "g")),
        ("a bcdefg h", 3, ("a", "bcd", "efg", "h")),
        ("ab", 0.5, ()),
    ],
)
def test_lines_break_at_spaces_and_inside_words_only_where_they_must(text: str, width: float, lines: tuple[str, ...]):
    assert wrap(text, Weight.BOLD, width, monospaced, break_words=True) == lines


def test_a_word_that_may_not_be_broken_gives_no_lines():
    assert wrap("a bcdefg", Weight.BOLD, 3, monospaced, break_words=False) == ()


@given(LETTERS, st.floats(10, 200), st.floats(2, 60))
def test_a_text_fits_its_box_and_loses_nothing(text: str, width: float, height: float):
    found = fit(text, Weight.BOLD, Box(width, height, 30, 12), measure)
    assert "".join(found.lines).replace(" ", "") == "".join(text.split())
    assert all(measure(line, Weight.BOLD) * found.size <= width + 1e-6 for line in found.lines)
    assert found.height <= height + 1e-3
    assert found.size <= 30


@pytest.mark.parametrize("size", FORMATS)
@settings(max_examples=25, deadline=None)
@given(word=LETTERS, headline=st.one_of(st.just(""), LETTERS), company=st.text(st.sampled_from("Wią Щ"), max_size=160))
@example("W" * 80, "Zażółć gęślą jaźń " * 4, "W" * 160)
@example("Щ" * 80, "Щ" * 80, "Przedsiębiorstwo Wielobranżowe " * 5)
@example("i", "", "")
def test_whatever_it_says_it_stays_inside_the_margins_and_apart(size: str, word: str, headline: str, company: str):
    form = FORMATS[size]
    words = words_for(" ".join(word.split()), "48503340503", "503 340 503", company, headline, can_draw)
    drawing = drawing_of(words, form)
    texts = [shape for shape in drawing.shapes if isinstance(shape, Text)]
    (code,) = (shape for shape in drawing.shapes if isinstance(shape, Code))
    edges = sorted([(text.y - CAP * text.size, text.y) for text in texts] + [(code.y, code.y + code.side)])
    assert all(upper[1] < lower[0] for upper, lower in pairwise(edges))
    assert edges[0][0] >= form.top - 0.01
    assert edges[-1][1] <= form.height - form.bottom
    for text in texts:
        assert text.x >= form.side - 0.01
        assert text.x + measure(text.text, text.weight) * text.size <= form.width - form.side + 0.01
    quiet = QUIET_ZONE * code.side / len(code.modules)
    assert not [text for text in texts if code.y - quiet < text.y and text.y - CAP * text.size < code.y + code.side + quiet - 0.01]
    assert code.side + 2 * quiet >= CODE_SMALLEST * (form.width - 2 * form.side) - 0.01


@pytest.mark.parametrize("size", FORMATS)
def test_a_long_small_print_gets_smaller(size: str):
    usual, long = (
        drawing_of(PosterWords("", sentence("A", "4301"), "scan", "Róża", legal, "", "en", "sms:4301?body=A"), FORMATS[size])
        for legal in ("Short.", LEGAL)
    )
    printed = [shape for shape in long.shapes if isinstance(shape, Text)][-1]
    assert printed.y < FORMATS[size].height - FORMATS[size].bottom
    assert printed.size < [shape for shape in usual.shapes if isinstance(shape, Text)][-1].size


def test_the_sentence_has_word_and_number_in_the_order_of_the_language():
    assert sentence("100%", "4301") == ((Part.LEAD, "Text"), (Part.WORD, "100%"), (Part.LEAD, "to"), (Part.NUMBER, "4301"))


@pytest.mark.parametrize(
    ("word", "digits", "link"),
    [
        ("OGRODNIK", "48503340503", "sms:+48503340503?body=OGRODNIK"),
        ("OGRODNIK", "4301", "sms:4301?body=OGRODNIK"),
        ("róże & co", "4301", "sms:4301?body=r%C3%B3%C5%BCe%20%26%20co"),
        ("a/b?c+d", "48503340503", "sms:+48503340503?body=a%2Fb%3Fc%2Bd"),
    ],
)
def test_the_link_is_international_for_long_numbers_and_escapes_what_it_must(word: str, digits: str, link: str):
    assert sms_link(word, digits) == link


def test_the_typeface_has_polish_and_cyrillic_and_leaves_out_what_it_lacks():
    assert all(map(can_draw, "ĄĆĘŁŃÓŚŹŻąćęłńóśźżҐЄІЇґєіїЪЫЭЁ–„”…’\u00a0"))
    words = words_for("A", "4301", "4301", "Róża 🌹 i s-ka", "Kwiaty\t🌷", can_draw)
    assert (words.company, words.headline) == ("Róża i s-ka", "Kwiaty")
    assert face(Weight.BOLD).outline("🌹") == face(Weight.BOLD).outline("🌷")


def test_a_story_is_1080_by_1920_pixels_and_paper_is_300_dots_to_the_inch():
    assert FORMATS["story"].pixels == (1080, 1920)
    assert FORMATS["a4"].pixels == (round(210 / MILLIMETRES_PER_INCH * 300), round(297 / MILLIMETRES_PER_INCH * 300))
