"""Counting and cutting text into segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.gsm import Alphabet, decode, encode, parse, segments, split
from recado.protocols.gsm.alphabet import GSM7_LETTERS

GSM = Alphabet.GSM7
UCS = Alphabet.UCS2

COUNTS = {
    "empty": ("", 8, GSM, 0, 160, 1),
    "one letter": ("a", 8, GSM, 1, 160, 1),
    "just one": ("a" * 160, 8, GSM, 160, 160, 1),
    "just two": ("a" * 161, 8, GSM, 161, 153, 2),
    "still two": ("a" * 306, 8, GSM, 306, 153, 2),
    "three": ("a" * 307, 8, GSM, 307, 153, 3),
    "still two, wide": ("a" * 304, 16, GSM, 304, 152, 2),
    "three, wide": ("a" * 305, 16, GSM, 305, 152, 3),
    "extension counts twice": ("€" * 80, 8, GSM, 160, 160, 1),
    "extension over one": ("€" * 81, 8, GSM, 162, 153, 2),
    "extension at the border": ("a" * 152 + "€" + "a" * 152, 8, GSM, 306, 153, 3),
    "extension before the border": ("a" * 151 + "€" + "a" * 153, 8, GSM, 306, 153, 2),
    "UCS-2 just one": ("ą" * 70, 8, UCS, 70, 70, 1),
    "UCS-2 just two": ("ą" * 71, 8, UCS, 71, 67, 2),
    "UCS-2 still two": ("ą" * 134, 8, UCS, 134, 67, 2),
    "UCS-2 three": ("ą" * 135, 8, UCS, 135, 67, 3),
    "UCS-2 still two, wide": ("ą" * 132, 16, UCS, 132, 66, 2),
    "UCS-2 three, wide": ("ą" * 133, 16, UCS, 133, 66, 3),
    "emoji": ("😀" * 35, 8, UCS, 70, 70, 1),
    "emoji at the border": ("😀" * 67, 8, UCS, 134, 67, 3),
    "one foreign letter": ("a" * 159 + "ą", 8, UCS, 160, 67, 3),
}


@pytest.mark.parametrize(("text", "width", "encoding", "units", "per_segment", "count"), COUNTS.values(), ids=COUNTS)
def test_texts_count_as_the_specification_says(text, width, encoding, units, per_segment, count):
    found = segments(text, width)
    assert (found.encoding, found.units, found.per_segment, found.count) == (encoding, units, per_segment, count)
    assert found.data_coding == (0 if encoding is GSM else 8)
    assert len(split(text, 1, width)) == count


def test_the_letters_that_force_ucs2_are_named_once_in_order():
    assert segments("zażółć gęślą ż😀").forcing == ("ż", "ó", "ł", "ć", "ę", "ś", "ą", "😀")
    assert segments("café à la carte €").forcing == ()


TEXTS = st.text(
    st.one_of(st.sampled_from(sorted(GSM7_LETTERS)), st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\ufffe")),
    max_size=500,
) | st.text(st.sampled_from("a€[]"), min_size=140, max_size=700)


@given(TEXTS, st.integers(0, 0xFFFF), st.sampled_from([8, 16]))
def test_segments_join_to_the_text_and_fit_a_short_message(text, reference, width):
    found = segments(text, width)
    parts = split(text, reference, width)
    assert len(parts) == found.count
    bodies = [parse(part)[1] for part in parts] if len(parts) > 1 else parts
    assert "".join(decode(found.data_coding, body)[0] for body in bodies) == text
    unit = 2 if found.encoding is UCS else 1
    assert all(len(body) <= found.per_segment * unit for body in bodies)
    assert b"".join(bodies) == encode(found.encoding, text)


@given(st.integers(0, 0xFFFF), st.sampled_from([8, 16]))
def test_every_part_says_which_one_it_is(reference, width):
    headers = [parse(part)[0].concatenation for part in split("a" * 400, reference, width)]
    assert [(part.reference, part.width, part.total, part.position) for part in headers] == [
        (reference % (1 << width), width, 3, position) for position in (1, 2, 3)
    ]


def test_no_part_ends_inside_a_letter():
    for part in split("a" + "€" * 400, 1):
        assert not part.endswith(b"\x1b")
    for part in split("ą" + "😀" * 200, 1):
        parse(part)[1].decode("utf-16-be")


def test_a_text_of_255_segments_is_the_longest():
    assert len(split("a" * 153 * 255, 1)) == 255
    with pytest.raises(ValueError, match="needs 256 segments"):
        split("a" * (153 * 255 + 1), 1)
    assert segments("a" * (153 * 255 + 1)).count == 256
