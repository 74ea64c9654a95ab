"""Delivery receipts as message centres write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdu_strategies import tlvs as any_tlvs

from recado.protocols.smpp import Receipt, is_receipt, parse_receipt
from recado.protocols.smpp.tlv import Tag

FULL = b"id:4001 sub:001 dlvrd:001 submit date:2611221015 done date:2611221016 stat:DELIVRD err:000 text:Your order id:7 is on its way"

CASES = {
    "well formed": (FULL, Receipt("4001", "DELIVRD", "000", "2611221015", "2611221016", "Your order id:7 is on its way")),
    "12-digit dates": (
        b"id:4 sub:001 dlvrd:001 submit date:261122101500 done date:261122101601 stat:EXPIRED err:027 text:",
        Receipt("4", "EXPIRED", "027", "261122101500", "261122101601"),
    ),
    "hexadecimal error": (b"id:0A1F stat:UNDELIV err:0A1", Receipt("0A1F", "UNDELIV", "0A1")),
    "any case": (
        b"ID:9 Sub:1 Dlvrd:0 Submit Date:2611221015 STAT:rejectd Err:5 TEXT:Hi",
        Receipt("9", "REJECTD", "5", "2611221015", "", "Hi"),
    ),
    "extra fields": (b"id:9 vendor:abc stat:DELIVRD netw:26001 err:000", Receipt("9", "DELIVRD", "000")),
    "no error": (b"id:9 stat:ACCEPTD err: text:ok", Receipt("9", "ACCEPTD", "", "", "", "ok")),
    "no error before the next field": (b"id:9 err: stat:EXPIRED", Receipt("9", "EXPIRED")),
    "a field twice": (b"id:9 stat:DELIVRD id:10", Receipt("9", "DELIVRD")),
    "no state": (b"id:9 err:000", Receipt("9", "UNKNOWN", "000")),
    "no id": (b"stat:DELETED", Receipt("", "DELETED")),
    "unknown state": (b"id:9 stat:BUFFERED err:000", Receipt("9", "BUFFERED", "000")),
    "spelled out": (b"id:9 stat:DELIVERED", Receipt("9", "DELIVRD")),
    "en_route": (b"id:9 stat:EN_ROUTE", Receipt("9", "ENROUTE")),
    "id with dashes": (b"id:c449ab90-2b1c-4b47 stat:DELIVRD", Receipt("c449ab90-2b1c-4b47", "DELIVRD")),
    "blank after the colon": (b"id: 9 stat: DELIVRD err: 000", Receipt("9", "DELIVRD", "000")),
    "underscores and commas": (
        b"id:9,submit_date:2611221015,done_date:2611221016,stat:DELIVRD",
        Receipt("9", "DELIVRD", "", "2611221015", "2611221016"),
    ),
    "id inside a longer word": (b"guid:7 id:9 stat:DELIVRD", Receipt("9", "DELIVRD")),
    "text first field only": (b"id:9 stat:DELIVRD text:stat:EXPIRED err:9", Receipt("9", "DELIVRD", "", "", "", "stat:EXPIRED err:9")),
    "octets beyond ASCII": (b"id:9 stat:DELIVRD text:\xe9\x00t\xe9", Receipt("9", "DELIVRD", "", "", "", "été")),
}


@pytest.mark.parametrize(("octets", "receipt"), CASES.values(), ids=CASES)
def test_a_receipt_is_read_from_its_text(octets, receipt):
    assert parse_receipt(octets, ()) == receipt


@pytest.mark.parametrize(("octets", "receipt"), CASES.values(), ids=CASES)
def test_a_receipt_is_read_from_message_payload(octets, receipt):
    assert parse_receipt(b"", ((Tag.MESSAGE_PAYLOAD, octets),)) == receipt


def test_a_receipt_is_read_from_optional_parameters_alone():
    tlvs = ((Tag.RECEIPTED_MESSAGE_ID, b"4001\0"), (Tag.MESSAGE_STATE, b"\x05"), (Tag.NETWORK_ERROR_CODE, b"\x03\x00\x22"))
    assert parse_receipt(b"", tlvs) == Receipt("4001", "UNDELIV", "034", is_network_error=True)


def test_optional_parameters_win_over_the_text():
    tlvs = ((Tag.RECEIPTED_MESSAGE_ID, b"hex0FA1"), (Tag.MESSAGE_STATE, b"\x03"), (Tag.NETWORK_ERROR_CODE, b"\x03\x01\x02"))
    text = "Your order id:7 is on its way"
    expected = Receipt("hex0FA1", "EXPIRED", "258", "2611221015", "2611221016", text, is_network_error=True)
    assert parse_receipt(FULL, tlvs) == expected


@pytest.mark.parametrize("tlv", [(Tag.RECEIPTED_MESSAGE_ID, b"\0"), (Tag.MESSAGE_STATE, b""), (Tag.NETWORK_ERROR_CODE, b"\3")])
def test_an_optional_parameter_of_the_wrong_shape_leaves_the_text_alone(tlv):
    assert parse_receipt(FULL, (tlv,)) == parse_receipt(FULL, ())


@pytest.mark.parametrize(
    ("octet", "state"),
    [
        (1, "ENROUTE"),
        (2, "DELIVRD"),
        (3, "EXPIRED"),
        (4, "DELETED"),
        (5, "UNDELIV"),
        (6, "ACCEPTD"),
        (7, "UNKNOWN"),
        (8, "REJECTD"),
        (77, "77"),
    ],
)
def test_every_message_state_has_its_word(octet, state):
    assert parse_receipt(b"", ((Tag.MESSAGE_STATE, bytes([octet])),)).state == state


@pytest.mark.parametrize("octets", [b"", b"hello", b"PROMO 2", b"id", b"stat", b"\x00\xff" * 50])
def test_what_says_nothing_is_no_receipt(octets):
    assert parse_receipt(octets, ()) is None


@given(st.binary(max_size=200), any_tlvs)
def test_anything_at_all_is_read_without_an_error(octets, tlvs):
    receipt = parse_receipt(octets, tlvs)
    assert receipt is None or receipt.message_id or receipt.state


def test_a_long_run_of_almost_fields_is_read_in_linear_time():
    assert parse_receipt(b"id " * 20_000 + b"submit date" * 2_000, ()) is None


@pytest.mark.parametrize(
    ("esm_class", "expected"),
    [
        *((esm_class, True) for esm_class in (0x04, 0x44, 0x84, 0x20, 0x07)),
        *((esm_class, False) for esm_class in (0x00, 0x08, 0x10, 0x18, 0x40)),
    ],
)
def test_receipts_are_known_by_esm_class(esm_class, expected):
    assert is_receipt(esm_class) is expected
