"""Prices of a plan, and what messages cost."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.price import STANDARD_PRICES, PriceError, Service, cost, list_in_force, read_prices


def test_what_a_plan_does_not_name_has_the_standard_price() -> None:
    assert read_prices({}) == STANDARD_PRICES
    assert read_prices({"full": 12}) == {**STANDARD_PRICES, Service.FULL: 12}


@pytest.mark.parametrize("stored", [None, [], {"voice": 1}, {"full": -1}, {"full": 0.09}, {"full": True}, {"full": "9"}])
def test_prices_that_cannot_be_used_are_refused(stored: object) -> None:
    with pytest.raises(PriceError):
        read_prices(stored)


def test_a_message_costs_its_segments_for_each_recipient() -> None:
    assert cost(read_prices({"full": 9}), Service.FULL, 2, 1284) == 23112
    assert cost(read_prices({}), Service.ECO, 1) == STANDARD_PRICES[Service.ECO]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that holds from a moment on."""

    starts_at: datetime


def test_the_list_in_force_is_the_one_that_began_last() -> None:
    first, second = Listed(datetime(2026, 1, 1, tzinfo=UTC)), Listed(datetime(2026, 6, 1, tzinfo=UTC))
    for at, expected in [(datetime(2025, 12, 31, tzinfo=UTC), None), (first.starts_at, first), (second.starts_at, second)]:
        assert list_in_force([second, first], at) == expected
    assert list_in_force([first, second], second.starts_at - timedelta(microseconds=1)) == first


@given(st.lists(st.datetimes(timezones=st.just(UTC)), unique=True), st.datetimes(timezones=st.just(UTC)))
def test_from_the_first_day_on_exactly_one_list_holds(starts: list[datetime], moment: datetime) -> None:
    found = list_in_force([Listed(each) for each in starts], moment)
    assert (found is None) is not any(each <= moment for each in starts)
    assert found is None or not any(found.starts_at < each <= moment for each in starts)
