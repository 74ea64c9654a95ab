"""Placeholders of reply texts."""

import pytest

from recado.core.reply import PLACEHOLDERS, fill, own_number, unknown

VALUES = {
    "keyword": "RED",
    "argument": "{date} {keyword}",
    "first_name": "",
    "last_name": "Nowak",
    "group": "",
    "date": "2026-11-22",
    "number": "+48664200300",
}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hi {keyword}, {date}!", "Hi RED, 2026-11-22!"),
        ("{argument}", "{date} {keyword}"),
        ("[{group}]", "[]"),
        ("{nobody} {} { keyword } {keyword", "{nobody} {} { keyword } {keyword"),
        ("{{keyword}}", "{RED}"),
        ("plain", "plain"),
        ("Hi {first_name}, it is  us", "Hi, it is us"),
        ("Hi {last_name},  call {number}", "Hi Nowak,  call +48664200300"),
    ],
)
def test_known_names_are_filled_once_and_the_rest_stays_as_typed(template, text):
    assert fill(template, VALUES) == text


def test_every_placeholder_offered_has_a_value():
    assert set(PLACEHOLDERS) == set(VALUES)


def test_names_nobody_fills_in_are_told_in_their_order():
    assert unknown("{keyword} {first_name}, {link} {date} {code}") == ["link", "code"]
    assert unknown("{keyword} {argument} {group} {date} {} { code }") == []


def test_long_numbers_are_written_as_they_are_called():
    assert [own_number(digits) for digits in ("4301", "48664200300")] == ["4301", "+48664200300"]
