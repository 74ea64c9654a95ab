"""Placeholders of reply texts."""

import pytest

from recado.core.reply import PLACEHOLDERS, fill, unknown

VALUES = {"keyword": "RED", "argument": "{date} {keyword}", "group": "", "date": "2026-11-22"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hi {keyword}, {date}!", "Hi RED, 2026-11-22!"),
        ("{argument}", "{date} {keyword}"),
        ("[{group}]", "[]"),
        ("{nobody} {} { keyword } {keyword", "{nobody} {} { keyword } {keyword"),
        ("{{keyword}}", "{RED}"),
        ("plain", "plain"),
    ],
)
def test_known_names_are_filled_once_and_the_rest_stays_as_typed(template, text):
    assert fill(template, VALUES) == text


def test_every_placeholder_offered_has_a_value():
    assert set(PLACEHOLDERS) == set(VALUES)


def test_names_nobody_fills_in_are_told_in_their_order():
    assert unknown("{keyword} {first_name}, {date} {code}") == ["first_name", "code"]
    assert unknown("{keyword} {argument} {group} {date} {} { code }") == []
