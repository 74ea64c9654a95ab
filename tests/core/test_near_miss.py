"""Words one slip apart, and finding them by what is left when a letter is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.near_miss import NearIndex, is_near, spellings

WORDS = st.text(alphabet="abcr1 ", min_size=4, max_size=8)


@pytest.mark.parametrize(
    ("typed", "keyword", "expected"),
    [
        ("ogrodnk", "ogrodnik", True),
        ("ogrodmik", "ogrodnik", True),
        ("ogrodnikk", "ogrodnik", True),
        ("ogrdonik", "ogrodnik", True),
        ("darmowakawa", "darmowa kawa", True),
        ("ogrodnik", "ogrodnik", False),
        ("ogrdnk", "ogrodnik", False),
        ("roza", "roze", False),  # too short to tell a slip from another word
        ("rabat2024", "rabat2025", False),
        ("rabat", "rabat2", False),
        ("12345", "12346", False),
        ("", "a", False),
    ],
)
def test_words_are_near_when_one_slip_lies_between_them(typed, keyword, expected):
    assert is_near(typed, keyword) is expected


@given(WORDS, WORDS)
def test_near_is_the_same_both_ways_and_never_equal(word, other):
    assert is_near(word, other) == is_near(other, word)
    assert not is_near(word, word)


@given(st.sets(WORDS, max_size=12), WORDS)
def test_the_index_finds_what_comparing_every_pair_finds(words, word):
    assert NearIndex(words).near(word) == sorted(other for other in words if is_near(word, other))


def test_what_a_text_begins_with_is_compared_folded_and_long_enough():
    assert spellings("Ogródnk! proszę o katalog na adres") == [
        "ogrodnk",
        "ogrodnk !",
        "ogrodnk ! prosze",
        "ogrodnk ! prosze o",
        "ogrodnk ! prosze o katalog",
    ]
    assert spellings("Tak") == []
    assert spellings("x" * 500) == []
