"""Phrases are found wherever their tokens stand in their order; the index never finds more or less than looking through all of them."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.phrase import NO_PHRASES, index_phrases, occurs, phrases_in

TOKENS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4).map(tuple)
TEXTS = st.lists(st.sampled_from("abcde"), max_size=8)


@dataclass(frozen=True)
class Phrase:
    folded: tuple[str, ...]


@pytest.mark.parametrize(
    ("tokens", "text", "expected"),
    [
        ("red shoes", "red shoes", True),
        ("red shoes", "two red leather shoes please", True),
        ("red shoes", "shoes red", False),
        ("red shoes", "red", False),
        ("red", "", False),
        ("a a", "a b a", True),
        ("a a", "a b", False),
    ],
)
def test_a_phrase_stands_in_a_text(tokens, text, expected):
    assert occurs(tokens.split(), text.split()) is expected
    assert bool(phrases_in(index_phrases([Phrase(tuple(tokens.split()))]), text.split())) is expected


@given(st.lists(TOKENS, max_size=12), TEXTS)
def test_the_index_finds_what_looking_through_all_finds(phrases, text):
    given_phrases = [Phrase(tokens) for tokens in phrases]
    found = phrases_in(index_phrases(given_phrases), text)
    expected = [phrase for phrase in given_phrases if occurs(phrase.folded, text)]
    assert sorted(one.folded for one in found) == sorted(one.folded for one in expected)


def test_nothing_is_found_where_there_are_no_phrases():
    assert not NO_PHRASES
    assert phrases_in(NO_PHRASES, ["red"]) == []
