"""The capability table, cell by cell in the words of product.md §1: what each kind does, and on which terms it is to be had."""

import pytest

from recado.core.number import CAPABILITIES, NumberKind

FUNCTIONS = """
kind                | short name | looks like | belongs to  | exact | others | all messages | quota | surveys | MMS
shared_long         | ND         | 9 digits   | everybody   | yes   | no     | no           | plan  | no      | no
shared_short        | SC         | 4 digits   | everybody   | yes   | no     | no           | plan  | no      | no
individual_long     | NDI        | 9 digits   | one account | yes   | yes    | yes          | none  | yes     | no
individual_long_mms | NDI MMS    | 9 digits   | one account | yes   | yes    | yes          | none  | yes     | yes
individual_short    | SCI        | 4 digits   | one account | yes   | yes    | yes          | none  | yes     | no
eco                 | ECO        | 9 digits   | the pool    | no    | no     | no           | none  | no      | no
"""
"""exact: exact keywords; others: base, phrase and removing keywords; surveys: with contests and statistics."""
TERMS = """
kind                | pre-paid | post-paid | installation fee | subscription
shared_long         | no       | yes       | plan             | plan
shared_short        | no       | yes       | plan             | plan
individual_long     | no       | yes       | plan             | plan
individual_long_mms | no       | yes       | plan             | plan
individual_short    | no       | yes       | plan             | plan
eco                 | yes      | yes       | no               | no
"""


def rows_of(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]


def yes(cell: bool) -> str:
    return "yes" if cell else "no"


@pytest.mark.parametrize("row", rows_of(FUNCTIONS), ids=lambda row: row[0])
def test_a_kind_may_do_what_its_row_says(row):
    kind = NumberKind(row[0])
    found = CAPABILITIES[kind]
    owner = "the pool" if kind is NumberKind.ECO else "everybody" if found.is_shared else "one account"
    assert row[1:] == [
        found.abbreviation,
        "4 digits" if found.is_short else "9 digits",
        owner,
        yes(found.exact_keywords),
        yes(found.advanced_keywords),
        yes(found.all_messages),
        "plan" if found.keyword_quota else "none",
        yes(found.surveys_contests_statistics),
        yes(found.mms),
    ]


@pytest.mark.parametrize("row", rows_of(TERMS), ids=lambda row: row[0])
def test_a_kind_is_to_be_had_on_the_terms_of_its_row(row):
    found = CAPABILITIES[NumberKind(row[0])]
    fee, subscription = ("plan" if cell else "no" for cell in (found.installation_fee, found.subscription))
    assert row[1:] == [yes(found.pre_paid), yes(found.post_paid), fee, subscription]


@pytest.mark.parametrize("table", [FUNCTIONS, TERMS], ids=["functions", "terms"])
def test_every_kind_has_a_row(table):
    assert set(CAPABILITIES) == set(NumberKind) == {NumberKind(row[0]) for row in rows_of(table)}


def test_individual_kinds_belong_to_one_account():
    assert [kind.name for kind in NumberKind if not CAPABILITIES[kind].is_shared] == [
        "INDIVIDUAL_LONG",
        "INDIVIDUAL_LONG_MMS",
        "INDIVIDUAL_SHORT",
    ]
