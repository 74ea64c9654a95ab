"""Slips of the finger between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.nearness import nearest, slips

WORDS = st.text(alphabet="abcr", max_size=7)


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("rose", "rose", 0),
        ("roze", "rose", 1),
        ("roses", "rose", 1),
        ("ose", "rose", 1),
        ("orse", "rose", 1),
        ("gadrner", "gardener", 2),
        ("", "ab", 2),
        ("abc", "cba", 2),
        ("rose", "gardener", None),
        ("rose", "rat", None),
    ],
)
def test_slips_are_counted_up_to_two(word, other, expected):
    assert slips(word, other, 2) == expected


def distance(word: str, other: str) -> int:
    """The definition, without any shortcut."""
    if not word or not other:
        return len(word) + len(other)
    found = min(distance(word[:-1], other) + 1, distance(word, other[:-1]) + 1, distance(word[:-1], other[:-1]) + (word[-1] != other[-1]))
    if len(word) > 1 and len(other) > 1 and word[-1] == other[-2] and word[-2] == other[-1]:
        found = min(found, distance(word[:-2], other[:-2]) + 1)
    return found


@given(WORDS.filter(lambda word: len(word) < 5), WORDS.filter(lambda word: len(word) < 5), st.integers(0, 4))
def test_slips_agree_with_the_definition(word, other, limit):
    expected = distance(word, other)
    assert slips(word, other, limit) == (expected if expected <= limit else None)


@given(WORDS, WORDS)
def test_slips_are_the_same_both_ways(word, other):
    assert slips(word, other, 7) == slips(other, word, 7)


def test_the_nearest_come_first():
    assert nearest("roze", ["gardener", "rosa", "rose", "roze", "doze"], 2) == [(0, "roze"), (1, "doze"), (1, "rose"), (2, "rosa")]
