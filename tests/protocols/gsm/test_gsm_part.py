"""Octets of parts of long messages to text: what the borders cut is kept, all else is read as in whole messages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.gsm import Alphabet, decode, decode_part

LOST = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"\x00A\xd8\x3c", "A\ud83c"),
        (b"\xdf\x3b\x00A", "\udf3bA"),
        (b"\xd8\x3c", "\ud83c"),
        (b"\xdf\x3b", "\udf3b"),
        (b"\xdf\x3b\xd8\x3c", "\udf3b\ud83c"),
        (b"\xd8\x3c\xdf\x3b", "🌻"),
        (b"\xd8\x3c\x00A", f"{LOST}A"),
        (b"\x00A\xdf\x3b", f"A{LOST}"),
        (b"\xd8\x3c\x00\n", f"{LOST}\n"),
        (b"\x00A\xd8\x3c\xdf", f"A{LOST}{LOST}"),
        (b"\xfe\xff\x00A\xd8\x3c", "A\ud83c"),
        (b"\xff\xfeA\x00\x3c\xd8", "A\ud83c"),
        (b"\x00\x00\x00A", f"{LOST}A"),
        (b"", ""),
    ],
)
def test_halves_at_the_borders_of_a_ucs2_part_are_kept(octets, text):
    assert decode_part(8, octets) == (text, Alphabet.UCS2)


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"a\x1b", "a\x1b"),
        (b"\x1b", "\x1b"),
        (b"a\x1b\x1b", "a "),
        (b"\x1b\x1b\x1b", " \x1b"),
        (b"\x1be\x1b", "€\x1b"),
        (b"ea", "ea"),
        (b"", ""),
    ],
)
def test_an_escape_without_its_septet_is_kept(octets, text):
    assert decode_part(0, octets) == (text, Alphabet.GSM7)


def test_the_octet_of_an_escape_is_nothing_special_in_other_alphabets():
    assert decode_part(3, b"a\x1b") == ("a\x1b", Alphabet.LATIN1)
    assert decode_part(4, b"a\x1b") == ("", Alphabet.BINARY)


@given(
    st.sampled_from([0, 3, 4, 5, 8]), st.lists(st.binary(min_size=2, max_size=2) | st.sampled_from([b"\xd8\x3c", b"\xdf\x3b", b"\x1b\x1b"]))
)
def test_all_but_the_borders_is_read_as_in_a_whole_message(data_coding, units):
    octets = b"".join(units)
    text, alphabet = decode_part(data_coding, octets)
    assert "\0" not in text
    if alphabet is Alphabet.UCS2:
        text = re.sub(r"\A[\udc00-\udfff]|[\ud800-\udbff]\Z", LOST, text)
    if alphabet is Alphabet.GSM7:
        text = text.replace("\x1b", " ")
    assert (text, alphabet) == decode(data_coding, octets)
