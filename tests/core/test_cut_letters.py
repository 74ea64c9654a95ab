"""Stand-ins for cut letters: every one is storable, and mending gives the letters back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.cut_letters import EXTENDED, carry, mend
from recado.core.message import Encoding
from recado.protocols.gsm import decode

FLOWER = ("\ud83c", "\udf3b")
LOST = "\N{REPLACEMENT CHARACTER}"
LETTERS = st.text(st.characters(exclude_categories=["Cs"]) | st.characters(min_codepoint=0x10F000, max_codepoint=0x10F810))


def joined(*texts: str, encoding: Encoding = Encoding.UCS2) -> str:
    return mend("".join(carry(text, encoding) for text in texts))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("a" + FLOWER[0], FLOWER[1] + "b"), "a🌻b"),
        ((FLOWER[0], FLOWER[1]), "🌻"),
        ((FLOWER[0], "", FLOWER[1]), "🌻"),
        (("a" + FLOWER[0], "b"), f"a{LOST}b"),
        (("a", FLOWER[1] + "b"), f"a{LOST}b"),
        ((FLOWER[1], FLOWER[0]), LOST * 2),
        ((FLOWER[0], FLOWER[0], FLOWER[1]), f"{LOST}🌻"),
        ((FLOWER[0],), LOST),
        (("\udbff", "\udfff"), "\U0010ffff"),
        (("\ud800", "\udc00"), "\U00010000"),
        (("\U0010f000\U0010f400\U0010f800",), "\U0010f000\U0010f400\U0010f800"),
        (("a\x1b", "e"), "a\x1be"),
        (("",), ""),
    ],
)
def test_neighbouring_halves_become_their_letter_and_lone_ones_are_lost(texts, expected):
    assert joined(*texts) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("5 \x1b", "e!"), "5 €!"),
        (("\x1b", "", "e"), "€"),
        (("a\x1b", "A"), "aA"),
        (("a\x1b",), "a "),
        (("a\x1b", ""), "a "),
        (("\x1b", "\x1b"), " "),
        (("\x1b", "\x1b", "e"), " e"),
        (("a\x1b", "€"), "a€"),
        (("a", "e"), "ae"),
    ],
)
def test_an_escape_changes_the_letter_behind_it_as_in_a_text_never_cut(texts, expected):
    assert joined(*texts, encoding=Encoding.GSM7) == expected


def test_halves_behind_an_escape_still_find_each_other():
    assert mend(carry("a\x1b", Encoding.GSM7) + carry(FLOWER[0], Encoding.UCS2) + carry(FLOWER[1], Encoding.UCS2)) == "a🌻"


def test_an_escape_extends_the_letters_the_alphabet_extends():
    plain = [decode(0, bytes([septet]))[0] for septet in range(0x80) if septet != 0x1B]
    extended = [decode(0, bytes([0x1B, septet]))[0] for septet in range(0x80) if septet != 0x1B]
    assert {one: other for one, other in zip(plain, extended, strict=True) if one != other} == EXTENDED


def test_every_stand_in_is_a_private_letter_databases_take():
    for code in (*range(0xD800, 0xE000), *range(0x10F000, 0x10F801)):
        carried = carry(chr(code), Encoding.UCS2)
        assert {unicodedata.category(letter) for letter in carried} == {"Co"}
        assert mend(carried) == (LOST if code < 0x10000 else chr(code))


@given(LETTERS)
def test_whole_letters_come_back_as_they_were(text):
    assert joined(text) == text


@given(st.lists(st.text(st.sampled_from([*FLOWER, "a", "e", "\x1b", "🌻", "\U0010f800", "\U0010f000"]), max_size=5), max_size=5))
def test_whatever_is_cut_however_no_lone_half_is_left(texts):
    mended = joined(*texts)
    assert mended == "".join(texts).encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace")
