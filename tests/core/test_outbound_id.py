"""Ids of outgoing messages as programs get them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.outbound_id import from_public, to_public


@given(st.integers(0, 2**53 - 1))
def test_an_id_is_read_back_as_it_was_written(outbound_id):
    written = to_public(outbound_id)
    assert 10 <= len(written) <= 14
    assert written == written.lower()
    assert from_public(f" {written.upper()} ") == outbound_id


@pytest.mark.parametrize(
    "written", ["", "5", "eba39e4fe", "eba39e4fg1", "0x00000001", "-eba39e4fe1", "1_00000000", "e" * 15, "１２３４５６７８９０"]
)
def test_anything_else_is_no_id(written):
    assert from_public(written) is None


def test_it_looks_like_the_providers():
    assert to_public(0xEBA39E4FE1) == "eba39e4fe1"
    assert to_public(7) == "0000000007"
