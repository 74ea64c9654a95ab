"""Bytes divided among pictures: never more than there are, and none is made smaller than it must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.mms_size import shares


@pytest.mark.parametrize(
    ("sizes", "budget", "expected"),
    [([], 10, []), ([5, 3], 10, [5, 3]), ([9, 9], 10, [5, 5]), ([2, 9, 9], 12, [2, 5, 5]), ([9], 0, [0]), ([9, 9], -5, [0, 0])],
)
def test_small_ones_stay_and_the_others_share_what_is_left(sizes, budget, expected):
    assert shares(sizes, budget) == expected


@given(st.lists(st.integers(1, 10_000), max_size=12), st.integers(0, 50_000))
def test_all_is_used_and_no_more(sizes, budget):
    found = shares(sizes, budget)
    assert all(0 <= share <= size for share, size in zip(found, sizes, strict=True))
    assert sum(found) <= budget
    if sum(sizes) <= budget:
        assert found == sizes
    else:
        assert budget - sum(found) < len(sizes)
        shrunk = [share for share, size in zip(found, sizes, strict=True) if share < size]
        assert max(found) <= max(shrunk) + 1
