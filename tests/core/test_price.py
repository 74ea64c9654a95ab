"""Prices of a plan, and what messages cost."""

import pytest

from recado.core.price import STANDARD_PRICES, PriceError, Service, cost, read_prices


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
