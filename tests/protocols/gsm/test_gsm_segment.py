"""Counting and cutting text into segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.gsm.segment_cases import COUNTS, GSM, UCS
from recado.protocols.gsm import decode, encode, parse, segments, split
from recado.protocols.gsm.alphabet import GSM7_LETTERS


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
    text = text.replace("\x1b", " ")
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


@given(TEXTS, st.sampled_from([8, 16]))
def test_an_escape_counts_and_travels_as_a_blank(text, width):
    escaped = text.replace(" ", "\x1b")
    assert segments(escaped, width) == segments(text.replace("\x1b", " "), width)
    assert split(escaped, 1, width) == split(text.replace("\x1b", " "), 1, width)


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
