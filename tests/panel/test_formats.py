"""Figures, dates and money as people write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from recado.panel.templatetags.formats import calendar_day, count, moment, money

EVENING = datetime(2026, 11, 22, 23, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "english", "polish"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1284, "1\u202f284", "1284"),
        (-1284, "-1\u202f284", "-1284"),
        (12843, "12\u202f843", "12\u202f843"),
        (1000000, "1\u202f000\u202f000", "1\u202f000\u202f000"),
    ],
)
def test_counts(number: int, english: str, polish: str):
    with translation.override("en"):
        assert count(number) == english
    with translation.override("pl"):
        assert count(number) == polish


@pytest.mark.parametrize(
    ("minor", "shown"),
    [(0, "0,00 zł"), (9, "0,09 zł"), (11556, "115,56 zł"), (-350, "−3,50 zł"), (1234567, "12\u202f345,67 zł")],
)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_money_is_written_alike_in_both_languages(minor: int, shown: str, language: str):
    with translation.override(language):
        assert money(minor).replace("\u00a0", " ") == shown


@given(st.integers(-(10**12), 10**12))
def test_money_loses_no_cent(minor: int):
    digits = "".join(filter(str.isdecimal, money(minor)))
    assert int(digits) == abs(minor)
    assert money(minor).startswith("−") == (minor < 0)


@pytest.mark.parametrize(("zone", "shown"), [("UTC", "22.11.2026, 23:42"), ("Europe/Warsaw", "23.11.2026, 00:42")])
def test_moments_are_in_the_readers_zone(zone: str, shown: str):
    with timezone.override(ZoneInfo(zone)):
        assert moment(EVENING) == shown
        assert calendar_day(EVENING) == shown.partition(",")[0]


def test_days_and_what_is_missing():
    assert calendar_day(date(2026, 2, 3)) == "03.02.2026"
    assert moment(None) == calendar_day(None) == ""


def test_templates_load_them():
    shown = engines["django"].from_string("{% load formats %}{{ n|count }} {{ at|moment }} {{ price|money:'EUR' }}")
    with timezone.override(UTC), translation.override("en"):
        assert shown.render({"n": 5000, "at": EVENING, "price": 120}) == "5\u202f000 22.11.2026, 23:42 1,20\u00a0EUR"
