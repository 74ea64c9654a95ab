"""What people text when asked for their year of birth."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.birth import Ages, read_ages

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("1990", Ages(35, 36)),
        ("1990.", Ages(35, 36)),
        ("1990r", Ages(35, 36)),
        ("Rok 1990 r.", Ages(35, 36)),
        ("urodziłam się w 1990", Ages(35, 36)),
        ("I was born in 1990", Ages(35, 36)),
        ("maj 1990", Ages(35, 36)),
        ("85", Ages(40, 41)),
        ("05", Ages(20, 21)),
        ("24.05.1990", Ages(36, 36)),
        ("24/12/1990", Ages(35, 35)),
        ("1990-05-24", Ages(36, 36)),
        ("24.05.90", Ages(36, 36)),
        ("24 05 08", Ages(18, 18)),
        ("24051990", Ages(36, 36)),
        ("19900524", Ages(36, 36)),
        ("24 maja 1990", Ages(36, 36)),
        ("urodziłem się 24 sie 1990", None),  # two months or none: better asked again
        ("urodziłem się 24.08.1990", Ages(36, 36)),
        ("36 lat", Ages(36, 36)),
        ("mam 36 lat", Ages(36, 36)),
        ("36l", Ages(36, 36)),
        ("I am 36 years old", Ages(36, 36)),
        ("25", Ages(25, 25)),  # nobody writes who was born last year
        ("12", Ages(12, 14)),
        ("0", None),
        ("7", None),
        ("190", None),
        ("1899", None),
        ("2027", None),
        ("31.02.1990", None),
        ("28.11.2026", None),
        ("300 lat", None),
        ("", None),
        ("tak", None),
        ("ROWER A", None),
        ("How many were sold in 2024?", None),
        ("call me on 600100200", None),
    ],
)
def test_years_dates_and_ages_are_read_and_nothing_else_is(text: str, ages: Ages | None) -> None:
    assert read_ages(text, TODAY) == ages


@pytest.mark.parametrize(("ages", "reached"), [(Ages(18, 18), True), (Ages(17, 17), False), (Ages(17, 18), None), (Ages(35, 36), True)])
def test_an_age_is_reached_not_reached_or_not_sure(ages: Ages, reached: bool | None) -> None:
    assert ages.reach(18) is reached


@given(st.dates(date(1906, 11, 28), TODAY), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d%m%Y", "%-d.%-m.%Y"]))
def test_every_date_of_birth_is_one_age(born: date, form: str) -> None:
    age = TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
    assert read_ages(born.strftime(form), TODAY) == Ages(age, age)


@given(st.text(max_size=30))
def test_whatever_is_written_breaks_nothing(text: str) -> None:
    found = read_ages(text, TODAY)
    assert found is None or 0 <= found.least <= found.most <= 126
