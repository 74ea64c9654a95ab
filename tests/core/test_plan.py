"""Plans: which cells of the table they change, and which nothing can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.number import CAPABILITIES, NumberKind
from recado.core.plan import (
    NATURE,
    QUOTA_KINDS,
    STANDARD_QUOTA,
    SWITCHES,
    PlanError,
    PlanProblem,
    capabilities_of,
    is_fixed,
    quota_of,
    read_overrides,
    read_quotas,
    write_overrides,
)

KINDS = st.sampled_from(NumberKind)
OVERRIDES = st.dictionaries(st.tuples(KINDS, st.sampled_from(SWITCHES)), st.booleans())


def possible(overrides):
    """Leave out what no plan can allow."""
    return {cell: wanted for cell, wanted in overrides.items() if not (wanted and is_fixed(*cell))}


@pytest.mark.parametrize("kind", NumberKind)
def test_without_a_plan_the_table_holds_as_it_is(kind):
    assert capabilities_of(kind) is CAPABILITIES[kind]


def test_a_plan_changes_a_single_cell_of_one_kind():
    overrides = read_overrides({"individual_long": {"mms": True, "advanced_keywords": False}})
    changed = capabilities_of(NumberKind.INDIVIDUAL_LONG, overrides)
    assert (changed.mms, changed.advanced_keywords, changed.exact_keywords) == (True, False, True)
    assert capabilities_of(NumberKind.INDIVIDUAL_SHORT, overrides) is CAPABILITIES[NumberKind.INDIVIDUAL_SHORT]


@given(OVERRIDES, KINDS)
def test_every_other_cell_stays_as_the_table_has_it(overrides, kind):
    found, shipped = capabilities_of(kind, overrides), CAPABILITIES[kind]
    for column in SWITCHES:
        allowed = possible(overrides).get((kind, column), getattr(shipped, column))
        assert getattr(found, column) == allowed
    assert all(getattr(found, column) == getattr(shipped, column) for column in NATURE)


@given(OVERRIDES, st.sampled_from([kind for kind in NumberKind if CAPABILITIES[kind].is_shared]))
def test_no_plan_gives_a_shared_number_messages_without_a_keyword(overrides, kind):
    assert not capabilities_of(kind, overrides).all_messages


@given(OVERRIDES)
def test_what_is_stored_is_read_as_it_was_meant(overrides):
    stored = write_overrides(possible(overrides))
    read = read_overrides(stored)
    assert all(capabilities_of(kind, read) == capabilities_of(kind, overrides) for kind in NumberKind)
    assert read_overrides(write_overrides(read)) == read


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ([], PlanProblem.SHAPE),
        (None, PlanProblem.SHAPE),
        ({"shared_long": True}, PlanProblem.SHAPE),
        ({"shared_long": {"mms": 1}}, PlanProblem.SHAPE),
        ({"premium": {"mms": True}}, PlanProblem.KIND),
        ({"shared_long": {"colour": True}}, PlanProblem.COLUMN),
        ({"shared_long": {"is_shared": False}}, PlanProblem.COLUMN),
        ({"shared_long": {"keyword_quota": False}}, PlanProblem.COLUMN),
        ({"shared_short": {"all_messages": True}}, PlanProblem.FIXED),
        ({"eco": {"exact_keywords": True}}, PlanProblem.FIXED),
    ],
)
def test_what_no_plan_can_say_is_refused_with_the_reason(stored, problem):
    with pytest.raises(PlanError) as caught:
        read_overrides(stored)
    assert caught.value.problem is problem


def test_a_quota_is_named_unlimited_or_the_standard_one():
    quotas = read_quotas({"shared_long": 20, "shared_short": None})
    assert (quota_of(NumberKind.SHARED_LONG, quotas), quota_of(NumberKind.SHARED_SHORT, quotas)) == (20, None)
    assert [quota_of(kind, {}) for kind in QUOTA_KINDS] == [STANDARD_QUOTA, STANDARD_QUOTA]


def test_own_numbers_have_no_quota():
    assert quota_of(NumberKind.INDIVIDUAL_LONG, {NumberKind.INDIVIDUAL_LONG: 1}) is None


@pytest.mark.parametrize("stored", [{"individual_long": 5}, {"shared_long": -1}, {"shared_long": True}, {"shared_long": "5"}, 7])
def test_a_quota_that_is_no_count_of_a_shared_kind_is_refused(stored):
    with pytest.raises(PlanError):
        read_quotas(stored)
