"""Letters that a phone cuts in two between the parts of a long message: octets in, the same text out."""

from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recado.carriers.smpp.parts import Content, read_content
from recado.core.message import InboundPart
from recado.core.reassembly import GAP, Complete, as_known, due, place
from recado.protocols.gsm import Alphabet, decode, encode
from recado.protocols.gsm.alphabet import GSM7_LETTERS

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# A byte order mark at the start of a part is obeyed and dropped, U+0000 is replaced.
UCS2_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\ufffe")
ASTRAL_LETTERS = st.characters(min_codepoint=0x10000) | st.characters(min_codepoint=0x10F000, max_codepoint=0x10F810)
UCS2_TEXTS = st.text(st.one_of(UCS2_LETTERS, ASTRAL_LETTERS, st.sampled_from("🌻😀👍")), max_size=40)
GSM7_TEXTS = st.text(st.sampled_from(sorted(GSM7_LETTERS) + list("€[]{}|^~\\\f") * 4), max_size=40)


def read(data_coding: int, pieces: list[bytes]) -> list[Content]:
    """The parts as a carrier sends them, each behind a header."""
    headers = [bytes((5, 0, 3, 7, len(pieces), position)) for position in range(1, len(pieces) + 1)]
    return [read_content(0x40, data_coding, header + piece, ()) for header, piece in zip(headers, pieces, strict=True)]


def received(content: Content) -> InboundPart:
    fingerprint = content.concatenation.position
    return InboundPart(1, "48501222333", "48503340503", content.text, content.encoding, NOW, b"", fingerprint, content.concatenation)


def cut(draw: st.DrawFn, octets: bytes, unit: int) -> list[bytes]:
    places = draw(st.lists(st.integers(0, len(octets) // unit), min_size=1, max_size=5))
    borders = [0, *sorted(place * unit for place in places), len(octets)]
    return [octets[start:end] for start, end in pairwise(borders)]


@st.composite
def long_messages(draw: st.DrawFn) -> tuple[str, int, list[bytes]]:
    """A text, its data_coding, and its octets cut anywhere between two units."""
    if draw(st.booleans()):
        text = draw(UCS2_TEXTS)
        return text, 8, cut(draw, encode(Alphabet.UCS2, text), 2)
    text = draw(GSM7_TEXTS)
    return text, 0, cut(draw, encode(Alphabet.GSM7, text), 1)


@given(long_messages(), st.data())
@settings(max_examples=150)
def test_a_text_cut_anywhere_and_received_in_any_order_is_the_same_text(message, data):
    text, data_coding, pieces = message
    contents = read(data_coding, pieces)
    *early, last = data.draw(st.permutations(contents))
    for content in contents:
        content.text.encode()  # can be stored: no lone surrogates
    placement = place(received(last), [as_known(received(content), 1) for content in early], NOW)
    assert isinstance(placement, Complete)
    assert placement.joined.text == text


@given(long_messages(), st.data())
@settings(max_examples=150)
def test_with_parts_missing_each_run_reads_like_a_text_of_its_own(message, data):
    _, data_coding, pieces = message
    missing = data.draw(st.sets(st.integers(0, len(pieces) - 1), min_size=1, max_size=len(pieces) - 1))
    there = [received(content) for index, content in enumerate(read(data_coding, pieces)) if index not in missing]
    (given_out,) = due([as_known(one, 1) for one in there], NOW + timedelta(hours=1))
    runs = groupby(range(len(pieces)), missing.__contains__)
    texts = [GAP if is_gap else decode(data_coding, b"".join(pieces[index] for index in run))[0] for is_gap, run in runs]
    assert given_out.joined.text == " ".join(texts)


@pytest.mark.parametrize(
    ("header", "esm_class"),
    [(b"", 0), (bytes((5, 0, 3, 7, 1, 1)), 0x40), (bytes((5, 0, 3, 7, 2, 3)), 0x40)],
    ids=["no header", "the only part", "no part of anything"],
)
@pytest.mark.parametrize(
    ("data_coding", "octets", "text"),
    [(8, b"\x00a\xd8\x3c", "a�"), (0, b"a\x1b", "a "), (8, "\U0010f000\U0010f800".encode("utf-16-be"), "\U0010f000\U0010f800")],
)
def test_a_message_that_stands_alone_holds_no_stand_ins(header, esm_class, data_coding, octets, text):
    assert read_content(esm_class, data_coding, header + octets, ()).text == text


def test_what_only_a_border_cut_is_not_flagged_as_replaced():
    first, second = read(8, [b"\x00a\xd8\x3c", b"\xdf\x3b\xd8\x3c\x00b"])
    assert (first.flags, second.flags) == ((), ("replaced_characters",))
