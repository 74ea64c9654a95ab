"""Ids grow whatever the clock does, and never meet those of another node."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.store.ids import EPOCH_MS, IdGenerator, greatest_before

NOW = EPOCH_MS + 28_000_000_000


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=50), st.integers(0, 7))
def test_ids_grow_even_when_the_clock_jumps(jumps: list[int], node: int) -> None:
    ids = IdGenerator(node)
    given_ids = [ids.next(NOW + jump) for jump in jumps]
    assert given_ids == sorted(set(given_ids))
    assert all(each >> 9 & 7 == node for each in given_ids)


def test_ids_start_above_the_greatest_stored_whichever_node_gave_it() -> None:
    stored = IdGenerator(7).next(NOW + 86_400_000)
    assert IdGenerator(0, stored).next(NOW) > stored


def test_more_than_512_ids_in_one_millisecond_stay_different_and_of_their_node() -> None:
    ids = IdGenerator(2)
    many = list(islice(ids.stream(NOW), 5_000))
    assert many == sorted(set(many))
    assert {each >> 9 & 7 for each in many} == {2}
    assert ids.next(NOW) > many[-1]


def test_ids_are_exact_in_javascript_until_2095() -> None:
    assert IdGenerator(7).next(EPOCH_MS + 2**41 - 1) < 2**53


def test_ids_of_a_moment_are_told_from_earlier_ones() -> None:
    bound = greatest_before(NOW)
    assert IdGenerator(7).next(NOW - 1) <= bound < IdGenerator(0).next(NOW)


def test_an_impossible_node_is_refused() -> None:
    with pytest.raises(ValueError, match="node 8"):
        IdGenerator(8)
