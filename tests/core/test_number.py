"""The capability table, cell by cell as product.md §1 writes it."""

import pytest

from recado.core.number import CAPABILITIES, NumberKind

TABLE = """
kind                | abbreviation | exact | advanced | all | quota | surveys | MMS | pre-paid | post-paid | fee | subscription
shared_long         | ND           | yes   | no       | no  | yes   | no      | no  | no       | yes       | yes | yes
shared_short        | SC           | yes   | no       | no  | yes   | no      | no  | no       | yes       | yes | yes
individual_long     | NDI          | yes   | yes      | yes | no    | yes     | no  | no       | yes       | yes | yes
individual_long_mms | NDI MMS      | yes   | yes      | yes | no    | yes     | yes | no       | yes       | yes | yes
individual_short    | SCI          | yes   | yes      | yes | no    | yes     | no  | no       | yes       | yes | yes
eco                 | ECO          | no    | no       | no  | no    | no      | no  | yes      | yes       | no  | no
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_kind_may_do_what_its_row_says(row):
    found = CAPABILITIES[NumberKind(row[0])]
    cells = [
        found.exact_keywords,
        found.advanced_keywords,
        found.all_messages,
        found.keyword_quota,
        found.surveys_contests_statistics,
        found.mms,
        found.pre_paid,
        found.post_paid,
        found.installation_fee,
        found.subscription,
    ]
    assert [found.abbreviation, *("yes" if cell else "no" for cell in cells)] == row[1:]


def test_every_kind_has_a_row():
    assert set(CAPABILITIES) == set(NumberKind) == {NumberKind(row[0]) for row in ROWS}


def test_individual_kinds_belong_to_one_account():
    assert [kind.name for kind in NumberKind if not CAPABILITIES[kind].is_shared] == [
        "INDIVIDUAL_LONG",
        "INDIVIDUAL_LONG_MMS",
        "INDIVIDUAL_SHORT",
    ]
