"""How far an account may go: who pays before never below nothing, the others as far as their own limit or their plan's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.ledger import floor_on

LIMITS = st.none() | st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("prepaid", "plan_limit", "own_limit", "floor"),
    [
        (False, None, None, None),
        (False, 5000, None, -5000),
        (False, 5000, 700, -700),
        (False, None, 700, -700),
        (False, 5000, 0, 0),
        (True, None, None, 0),
        (True, 5000, 300, 0),
        (True, None, 300, 0),
    ],
)
def test_the_floor_is_that_of_the_terms(prepaid, plan_limit, own_limit, floor):
    assert floor_on(plan_limit, own_limit, is_prepaid=prepaid) == floor


@given(LIMITS, LIMITS)
def test_who_pays_before_never_owes_whatever_was_agreed(plan_limit, own_limit):
    assert floor_on(plan_limit, own_limit, is_prepaid=True) == 0


@given(LIMITS, st.integers(0, 10**9))
def test_an_own_limit_counts_before_the_plans(plan_limit, own_limit):
    assert floor_on(plan_limit, own_limit, is_prepaid=False) == -own_limit
