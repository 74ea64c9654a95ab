"""Which names may stand as the sender of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.sender_name import ALLOWED, MAX_LENGTH, NameFault, clean_name, fault_of
from recado.protocols.gsm import is_gsm7


@pytest.mark.parametrize("name", ["Roza", "KWIACIARNIA", "Dr. Nowak", "A-Z", "Info 24", "SMS 4301", "x", "SOS", "Oil", "24h Taxi"])
def test_names_that_say_who_writes_are_taken(name):
    assert fault_of(name) is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", NameFault.EMPTY),
        ("Kwiaciarnia Roza", NameFault.TOO_LONG),
        ("Róża", NameFault.LETTERS),
        ("A&B", NameFault.LETTERS),
        ("A_B", NameFault.LETTERS),
        ("Ρoza", NameFault.LETTERS),  # a Greek capital
        ("4301", NameFault.NO_LETTER),
        ("503-340", NameFault.NO_LETTER),
        ("...", NameFault.NO_LETTER),
        ("5O3 34O 5O3", NameFault.LIKE_A_NUMBER),
        ("4B 501 22", NameFault.LIKE_A_NUMBER),
        ("+48 503", NameFault.LETTERS),
        ("T 503340503", NameFault.LIKE_A_NUMBER),
        ("l12", NameFault.LIKE_A_NUMBER),
    ],
)
def test_names_that_carriers_refuse_or_that_deceive_are_not_taken(name, fault):
    assert fault_of(name) is fault


@given(st.text(st.sampled_from(sorted(ALLOWED)), max_size=MAX_LENGTH + 2) | st.text(max_size=14))
def test_every_name_that_is_taken_fits_every_carrier(written):
    name = clean_name(written)
    if fault_of(name) is None:
        assert 1 <= len(name) <= MAX_LENGTH
        assert is_gsm7(name)
        assert any(letter.isalpha() for letter in name)
        assert clean_name(name) == name
