"""Letters exchanged for near ones of GSM 7-bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.gsm import is_gsm7, segments, without_accents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zażółć gęślą jaźń", "Zazolc gesla jazn"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "ZAZOLC GESLA JAZN"),
        ("Příliš žluťoučký kůň", "Prilis zlutoucky kun"),
        ("café à la Zürich, mañana", "café à la Zürich, mañana"),
        ("garçon, naïve, œuvre", "garcon, naive, oeuvre"),
        ("„cytat” – ‘x’ … 10\xa0zł", "\"cytat\" - 'x' ... 10 zl"),
        ("e\u0301", "é"),
        ("z\u0307", "z"),
        ("ﬁ ½ ²", "fi ½ 2"),
        ("Привет 😀", "Привет 😀"),
        ("a\u200bb\tc", "ab c"),
        ("Đorđe, Ísland, þú", "Dorde, Island, thu"),
        ("", ""),
    ],
)
def test_letters_become_near_ones_or_stay(text, expected):
    assert without_accents(text) == expected


def test_polish_text_fits_one_segment_after_the_exchange():
    text = "Zażółć gęślą jaźń! " * 8
    assert (segments(text).count, segments(without_accents(text)).count) == (3, 1)


@given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cc"])))
def test_the_exchange_is_done_once_and_for_all(text):
    once = without_accents(text)
    assert without_accents(once) == once


@given(st.text(st.sampled_from("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–… aZ09")))
def test_every_polish_text_becomes_gsm7(text):
    assert is_gsm7(without_accents(text))
