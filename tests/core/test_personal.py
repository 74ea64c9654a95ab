"""Places of a text are filled with what is known about a person, and what is missing leaves no gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.personal import PERSON, person_values, place_name, read, unknown

HANNA = person_values("Hanna", "Nowak", "48503340503")
NOBODY = person_values("", "", "48503340503")


@pytest.mark.parametrize(
    ("text", "hanna", "nobody"),
    [
        ("Hello {first_name}!", "Hello Hanna!", "Hello!"),
        ("Hello {first_name}, come in", "Hello Hanna, come in", "Hello, come in"),
        ("Hello {first_name} {last_name}.", "Hello Hanna Nowak.", "Hello."),
        ("{name}, your order is here", "Hanna Nowak, your order is here", "your order is here"),
        ("Dear {name} of ours", "Dear Hanna Nowak of ours", "Dear of ours"),
        ("Hi\n{first_name}: it is time", "Hi\nHanna: it is time", "Hi\nit is time"),
        ("Answer to {number}", "Answer to 48503340503", "Answer to 48503340503"),
        ("{FIRST_NAME} {First_Name}", "Hanna Hanna", ""),
        ("two  blanks, no place", "two  blanks, no place", "two  blanks, no place"),
        ("{code} for {first_name}", "{code} for Hanna", "{code} for"),
        ("{{first_name}}", "{Hanna}", "{}"),
        ("", "", ""),
    ],
)
def test_places_are_filled_and_gaps_closed(text, hanna, nobody):
    assert read(text).fill(HANNA) == hanna
    assert read(text).fill(NOBODY) == nobody


def test_what_is_put_in_is_not_looked_at_again():
    assert read("{first_name}").fill({"first_name": "{last_name}", "last_name": "Nowak"}) == "{last_name}"


def test_columns_of_a_file_have_places_by_their_titles():
    known = {*PERSON, place_name("Kod rabatowy"), place_name(" Wartość zł ")}
    template = read("{kod_rabatowy}: {wartosc_zl}, {other}", known)
    assert template.names == ("kod_rabatowy", "wartosc_zl")
    assert template.fill({"kod_rabatowy": "ABC", "wartosc_zl": "10"}) == "ABC: 10, {other}"
    assert unknown("{other} {other} {kod_rabatowy}", known) == ["other"]


def test_a_text_without_places_is_the_same_for_everybody():
    assert not read("Hello {nobody}").is_personal
    assert read("Hello {name}").is_personal


@given(st.text(), st.text(min_size=1), st.text(min_size=1))
def test_what_is_known_is_put_in_as_it_is(before: str, value: str, after: str):
    text = f"{before}{{first_name}}{after}"
    if text.count("{") == 1:
        assert read(text).fill({"first_name": value}) == f"{before}{value}{after}"


@given(st.text(alphabet="ab {}_,.\n", max_size=60))
def test_a_text_without_known_places_stays_as_it_is(text: str):
    assert read(text, ()).fill({}) == text


@given(st.lists(st.sampled_from(["{first_name}", "{name}", "word", ",", ".", "!"]), max_size=8))
def test_missing_values_leave_no_double_blank(words: list[str]):
    filled = read(" ".join(words)).fill(NOBODY)
    if any("{" in word for word in words):
        assert "  " not in filled
        assert filled == filled.strip()
