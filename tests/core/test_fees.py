"""Fees of a plan: what is refused and why, and that reading is the opposite of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.fees import (
    FEE_KINDS,
    MOST_PACKAGES,
    FeeError,
    FeeProblem,
    Package,
    charged,
    checked,
    monthly_sum,
    package_of,
    packages_of,
    read_fees,
    write_fees,
)
from recado.core.number import CAPABILITIES, NumberKind

SHARED, OWN = NumberKind.SHARED_LONG, NumberKind.INDIVIDUAL_LONG
TWENTY = {"kind": "shared_long", "package": "20", "keyword_count": 20, "installation": 5000, "monthly": 4900}
NUMBER = {"kind": "individual_long", "package": "", "keyword_count": None, "installation": 20000, "monthly": 9900}


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        (None, FeeProblem.SHAPE),
        ({}, FeeProblem.SHAPE),
        ([[]], FeeProblem.SHAPE),
        ([{"monthly": 1}], FeeProblem.SHAPE),
        ([TWENTY | {"weekly": 1}], FeeProblem.SHAPE),
        ([TWENTY | {"kind": "pager"}], FeeProblem.KIND),
        ([TWENTY | {"kind": "eco"}], FeeProblem.KIND),
        ([TWENTY | {"package": ""}], FeeProblem.NAME),
        ([TWENTY | {"package": " 20"}], FeeProblem.NAME),
        ([TWENTY | {"package": 20}], FeeProblem.NAME),
        ([TWENTY | {"package": "x" * 41}], FeeProblem.NAME),
        ([NUMBER | {"package": "Gold"}], FeeProblem.NAME),
        ([NUMBER, NUMBER], FeeProblem.TWICE),
        ([TWENTY | {"package": "Max"}, TWENTY | {"package": "MAX"}], FeeProblem.TWICE),
        ([TWENTY | {"keyword_count": 0}], FeeProblem.COUNT),
        ([TWENTY | {"keyword_count": True}], FeeProblem.COUNT),
        ([NUMBER | {"keyword_count": 5}], FeeProblem.COUNT),
        ([TWENTY | {"installation": -1}], FeeProblem.AMOUNT),
        ([TWENTY | {"monthly": 0.5}], FeeProblem.AMOUNT),
        ([TWENTY | {"monthly": None}], FeeProblem.AMOUNT),
        ([TWENTY | {"package": str(index)} for index in range(MOST_PACKAGES + 1)], FeeProblem.TOO_MANY),
    ],
)
def test_fees_that_cannot_be_used_are_refused(stored: object, problem: FeeProblem) -> None:
    with pytest.raises(FeeError) as caught:
        read_fees(stored)
    assert caught.value.problem is problem


def test_a_list_names_packages_in_the_order_of_the_table() -> None:
    fees = read_fees([NUMBER, TWENTY, TWENTY | {"package": "MAX", "keyword_count": None}])
    assert [each.name for each in fees] == ["20", "MAX", ""]
    assert [each.name for each in packages_of(fees, SHARED)] == ["20", "MAX"]
    assert package_of(fees, OWN, "") == Package(OWN, "", None, 20000, 9900)
    assert package_of(fees, OWN, "Gold") is None
    assert read_fees([]) == ()


def test_a_month_costs_the_sum_of_what_is_taken() -> None:
    fees = read_fees([TWENTY, NUMBER])
    assert monthly_sum(fees, []) == 0
    assert monthly_sum(fees, [(SHARED, "20"), (OWN, ""), (OWN, ""), (SHARED, "gone")]) == 4900 + 2 * 9900


@pytest.mark.parametrize("kind", FEE_KINDS)
def test_a_kind_whose_row_names_no_fee_costs_nothing(kind: NumberKind) -> None:
    name = "20" if CAPABILITIES[kind].is_shared else ""
    package = Package(kind, name, None, 100, 200)
    assert charged(package, CAPABILITIES[kind]) == package
    assert charged(package, CAPABILITIES[NumberKind.ECO]) == Package(kind, name, None, 0, 0)


amounts = st.integers(0, 10**9)
shared = st.builds(
    Package,
    st.sampled_from([kind for kind in FEE_KINDS if CAPABILITIES[kind].is_shared]),
    st.from_regex(r"[A-Za-z0-9]{1,40}", fullmatch=True),
    st.none() | st.integers(1, 1000),
    amounts,
    amounts,
)
own = st.builds(
    Package, st.sampled_from([kind for kind in FEE_KINDS if not CAPABILITIES[kind].is_shared]), st.just(""), st.none(), amounts, amounts
)


@given(st.lists(shared | own, max_size=MOST_PACKAGES, unique_by=lambda each: (each.kind, each.name.casefold())))
def test_reading_is_the_opposite_of_writing(packages: list[Package]) -> None:
    fees = checked(packages)
    assert read_fees(write_fees(fees)) == fees
    assert sorted(map(repr, fees)) == sorted(map(repr, packages))
    assert monthly_sum(fees, [(each.kind, each.name) for each in fees]) == sum(each.monthly for each in packages)
