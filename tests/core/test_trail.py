"""Trails are stored and read back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from recado.core.trail import TrailEntry, TrailStep, from_json, prepared, to_json

VALUES = st.dictionaries(st.text(max_size=5), st.text(max_size=12) | st.integers(), max_size=3)
ENTRIES = st.builds(TrailEntry, st.sampled_from(TrailStep), VALUES)


@given(st.lists(ENTRIES, max_size=5).map(tuple))
def test_a_stored_trail_is_json_and_comes_back(trail):
    stored = to_json(trail)
    assert json.loads(stored) == [[entry.step.value, entry.values] for entry in trail]
    assert from_json(stored) == trail


def test_an_entry_prepared_beforehand_is_stored_like_any_other():
    beforehand = prepared(TrailStep.MATCHED, keyword='say "żółw"', rule_id=7)
    plain = TrailEntry(TrailStep.MATCHED, {"keyword": 'say "żółw"', "rule_id": 7})
    assert beforehand == plain
    assert to_json((beforehand,)) == to_json((plain,)) == '[["matched",{"keyword":"say \\"żółw\\"","rule_id":7}]]'


def test_an_empty_trail_reads_as_none():
    assert from_json("") == from_json("[]") == ()
