"""Phone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.contacts.phone import parse_address, parse_msisdn, to_e164


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("500600700", "48500600700"),
        ("48500600700", "48500600700"),
        ("+48500600700", "48500600700"),
        ("0048500600700", "48500600700"),
        (" +48 500-600-700 ", "48500600700"),
        ("(22) 555.00/11", "48225550011"),
        ("+4915112345678", "4915112345678"),
        ("004915112345678", "4915112345678"),
        ("447700900123", "447700900123"),
        ("+1 650 253 0000", "16502530000"),
        ("+6591234567", "6591234567"),
        ("6591234567", "6591234567"),
        ("555555555", "48555555555"),
        ("1234567890", None),
        ("4301", None),
        ("123456", None),
        ("", None),
        ("+", None),
        ("+12", None),
        ("phone", None),
        ("500600700x", None),
        ("٥٠٠٦٠٠٧٠٠", None),
        ("+485006007001234567", None),
        ("0" * 1000, None),
    ],
)
def test_a_number_is_read_however_it_is_written(written, expected):
    assert parse_msisdn(written) == expected


def test_national_numbers_are_of_the_region_asked_for():
    assert parse_msisdn("07700 900123", "GB") == "447700900123"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4301", "4301"),
        ("73068", "73068"),
        ("MyBank", "MyBank"),
        ("Info 24", "Info 24"),
        ("500600700", "48500600700"),
        ("żółw", None),
        ("x" * 12, None),
        ("12", None),
    ],
)
def test_an_address_may_be_a_short_code_or_a_name(written, expected):
    assert parse_address(written) == expected


@pytest.mark.parametrize(("stored", "shown"), [("48500600700", "+48500600700"), ("4301", "4301"), ("MyBank", "MyBank"), ("", "")])
def test_only_phone_numbers_get_a_plus(stored, shown):
    assert to_e164(stored) == shown


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_reading_again_changes_nothing(text):
    for parse in (parse_msisdn, parse_address):
        parsed = parse(text)
        if parsed is not None:
            assert parse(to_e164(parsed)) == parsed
