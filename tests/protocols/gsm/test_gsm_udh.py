"""User data headers, whole and broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.gsm.udh import Concatenation, UserDataHeader, build, parse

PORTS = b"\x05\x04\x0b\x84\x23\xf0"


def udh(*elements):
    body = b"".join(elements)
    return bytes([len(body)]) + body


@given(st.sampled_from([8, 16]), st.integers(0, 0xFFFF), st.integers(1, 255), st.data(), st.binary(max_size=20))
def test_a_concatenation_reads_back_as_built(width, reference, total, data, text):
    part = Concatenation(reference % (1 << width), width, total, data.draw(st.integers(1, total)))
    header, rest = parse(build(part) + text)
    assert (header.concatenation, header.flaw, rest) == (part, "", text)


def test_headers_are_built_as_the_specification_shows_them():
    assert build(Concatenation(0xAB, 8, 3, 1)) == bytes.fromhex("050003ab0301")
    assert build(Concatenation(0xABCD, 16, 3, 2)) == bytes.fromhex("060804abcd0302")


def test_a_reference_too_large_for_its_width_is_cut():
    assert build(Concatenation(0x1AB, 8, 3, 1)) == build(Concatenation(0xAB, 8, 3, 1))


@pytest.mark.parametrize("elements", [(PORTS, b"\x00\x03\x07\x02\x01"), (b"\x00\x03\x07\x02\x01", PORTS)])
def test_ports_may_stand_before_or_behind_the_concatenation(elements):
    header, rest = parse(udh(*elements) + b"text")
    assert header.concatenation == Concatenation(7, 8, 2, 1)
    assert header.ports == (2948, 9200)
    assert rest == b"text"


def test_eight_bit_ports_are_read():
    assert parse(udh(b"\x04\x02\xf5\x01"))[0].ports == (0xF5, 1)


def test_a_header_without_ports_has_none():
    assert parse(udh(b"\x05\x02\x01\x02"))[0].ports is None


def test_unknown_elements_are_kept():
    header, rest = parse(udh(b"\x24\x01\x03", b"\x70\x00") + b"x")
    assert header == UserDataHeader(None, ((0x24, b"\x03"), (0x70, b"")))
    assert rest == b"x"


def test_the_last_of_two_concatenations_counts():
    header, _ = parse(udh(b"\x00\x03\x07\x02\x01", b"\x08\x04\x00\x09\x03\x03"))
    assert header.concatenation == Concatenation(9, 16, 3, 3)


def test_an_empty_header_is_no_flaw():
    assert parse(b"\x00text") == (UserDataHeader(), b"text")


@pytest.mark.parametrize("octets", [b"", b"\x05\x00\x03\x01\x02", b"\xff" + b"x" * 139, b"\x01"])
def test_a_header_longer_than_the_octets_is_flagged_and_everything_kept(octets):
    header, rest = parse(octets)
    assert header.flaw
    assert header.concatenation is None
    assert rest == octets


@pytest.mark.parametrize("elements", [b"\x00\x04\x07\x02\x01", b"\x00", b"\x70\x00\x08"])
def test_an_element_over_the_end_of_the_header_is_flagged(elements):
    header, rest = parse(udh(elements) + b"text")
    assert "runs over" in header.flaw
    assert rest == b"text"


def test_elements_before_the_broken_one_still_count():
    header, _ = parse(udh(b"\x00\x03\x07\x02\x01", b"\x05\x04\x01") + b"text")
    assert header.concatenation == Concatenation(7, 8, 2, 1)
    assert header.flaw


@pytest.mark.parametrize(("total", "position"), [(0, 0), (0, 1), (2, 0), (2, 3), (1, 255)])
def test_a_part_that_cannot_be_is_flagged_and_stands_alone(total, position):
    header, rest = parse(udh(bytes([0, 3, 7, total, position])) + b"text")
    assert (header.concatenation, rest) == (None, b"text")
    assert header.flaw


@pytest.mark.parametrize("element", [b"\x00\x02\x07\x02", b"\x00\x04\x07\x02\x01\x00", b"\x08\x03\x07\x02\x01"])
def test_a_concatenation_of_the_wrong_length_is_flagged(element):
    header, _ = parse(udh(element))
    assert header.concatenation is None
    assert header.flaw


@given(st.binary(max_size=140))
def test_any_octets_are_parsed_without_an_error_and_none_are_invented(octets):
    header, rest = parse(octets)
    assert octets.endswith(rest)
    assert header.flaw or len(rest) == len(octets) - 1 - octets[0]
