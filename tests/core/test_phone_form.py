"""Phones as programs want them."""

import pytest

from recado.core.phone_form import PhoneForm, in_form


@pytest.mark.parametrize(
    ("address", "digits", "plus", "national"),
    [
        ("48604218377", "48604218377", "+48604218377", "604218377"),
        ("+48604218377", "48604218377", "+48604218377", "604218377"),
        ("4915112345678", "4915112345678", "+4915112345678", "+4915112345678"),
        ("4860421837", "4860421837", "+4860421837", "+4860421837"),
        ("4301", "4301", "4301", "4301"),
        ("INFO", "INFO", "INFO", "INFO"),
        ("", "", "", ""),
    ],
)
def test_each_form(address, digits, plus, national):
    assert [in_form(address, form) for form in PhoneForm] == [digits, plus, national]
