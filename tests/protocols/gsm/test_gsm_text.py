"""Letters exchanged for near ones of GSM 7-bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.gsm.segment_cases import PLAIN
from recado.protocols.gsm import is_gsm7, segments, without_accents


@pytest.mark.parametrize(("text", "expected"), PLAIN)
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
