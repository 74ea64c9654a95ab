"""Optional parameters by name and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.smpp import command_name, status_name
from recado.protocols.smpp.tlv import (
    NetworkError,
    Sar,
    Tag,
    integer_of,
    message_payload,
    message_state,
    network_error_code,
    receipted_message_id,
    sar,
    sar_tlvs,
    value_of,
)


@given(st.integers(0, 0xFFFF), st.integers(1, 255), st.data())
def test_sar_reads_back_as_built(reference, total, data):
    part = Sar(reference, total, data.draw(st.integers(1, total)))
    assert sar(sar_tlvs(part)) == part


@pytest.mark.parametrize(
    "tlvs",
    [
        (),
        sar_tlvs(Sar(1, 2, 1))[:2],
        sar_tlvs(Sar(1, 2, 1))[1:],
        (sar_tlvs(Sar(1, 2, 1))[0], sar_tlvs(Sar(1, 2, 1))[2]),
        sar_tlvs(Sar(1, 2, 3)),
        sar_tlvs(Sar(1, 2, 0)),
        sar_tlvs(Sar(1, 0, 0)),
        ((Tag.SAR_MSG_REF_NUM, b"\1"), *sar_tlvs(Sar(1, 2, 1))[1:]),
    ],
)
def test_sar_that_makes_no_sense_is_absent(tlvs):
    assert sar(tlvs) is None


def test_the_first_of_two_values_counts():
    assert value_of(((5, b"a"), (5, b"b")), 5) == b"a"
    assert value_of(((5, b"a"),), 6) is None


@pytest.mark.parametrize(("value", "number"), [(b"\x01\x02", 258), (b"\x01", None), (b"", None), (b"\0\1\2", None)])
def test_numbers_have_exactly_their_octets(value, number):
    assert integer_of(((1, value),), 1, 2) == number


@pytest.mark.parametrize(("value", "text"), [(b"A1\0", "A1"), (b"A1", "A1"), (b"A1\0junk", "A1"), (b"\0", None), (b"", None)])
def test_a_receipted_message_id_ends_with_or_without_nul(value, text):
    assert receipted_message_id(((Tag.RECEIPTED_MESSAGE_ID, value),)) == text


def test_absent_parameters_read_as_none():
    assert [read(()) for read in (message_payload, message_state, network_error_code, receipted_message_id)] == [None] * 4


def test_a_network_error_has_its_network_and_its_code():
    assert network_error_code(((Tag.NETWORK_ERROR_CODE, b"\x03\x01\x00"),)) == NetworkError(3, 256)
    assert network_error_code(((Tag.NETWORK_ERROR_CODE, b"\x03\x01"),)) is None


def test_numbers_have_names_for_people():
    assert [command_name(5), command_name(0x99)] == ["deliver_sm", "0x00000099"]
    assert [status_name(0), status_name(0x58), status_name(0x4FF)] == ["ESME_ROK", "ESME_RTHROTTLED", "0x000004FF"]
