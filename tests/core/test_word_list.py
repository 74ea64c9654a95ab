"""What a word list finds, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.word_list import lines_of, word_list

LIST = "motyla noga\nkurcz*\ndynia, ass\nidiota"
FOUND = (
    "kurcze", "KURCZĘ!", "kurcz pieczone", "k u r c z e", "k.u.r.c.z.e", "kuuurrrcze",
    "ku\u200brcze", "ｋｕｒｃｚｅ", "dynia", "dyyynia", "d-y-n-i-a",
    "id10ta", "1d1ota!", "to jest 1D|OTA", "asss", "@ss", "a s s", "Motyla  noga", "motyla-noga",
)  # fmt: skip
LEFT_ALONE = ("okurcz", "dynie", "as", "as s", "classic", "10 d", "motyla", "noga motyla", "Ala ma kota 12!", "", "👍👍👍")


@pytest.mark.parametrize("text", FOUND)
def test_a_word_is_found_however_it_is_dressed(text: str) -> None:
    assert word_list(LIST).find(text) is not None


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_not_on_the_list_is_left_alone(text: str) -> None:
    assert word_list(LIST).find(text) is None


def test_what_is_found_is_named_as_the_list_has_it() -> None:
    assert word_list(LIST).find("ale KURCZE blade") == "kurcz*"


def test_a_list_is_one_word_a_line_or_between_commas_and_blank_lines_are_nothing() -> None:
    assert lines_of("one\n\n two ,one; *, -\r\nthree four") == ["one", "two", "three four"]
    assert word_list(" \n*").find("anything") is None


@given(st.sampled_from(["kurcze", "dynia", "idiota"]), st.lists(st.integers(1, 4), min_size=7, max_size=7), st.text(max_size=20))
def test_more_of_each_letter_hides_nothing(word: str, times: list[int], around: str) -> None:
    spelled = "".join(letter * count for letter, count in zip(word, times, strict=False))
    assert word_list(LIST).find(f"{around} {spelled} {around}") is not None


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_and_no_list_is_too_strange(text: str, written: str) -> None:
    word_list(written).find(text)
