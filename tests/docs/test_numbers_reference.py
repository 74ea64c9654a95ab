"""The reference of the kinds of number says what the table says."""

import pytest
from pages import DOCS

from recado.core.number import CAPABILITIES, NumberKind, NumberState
from recado.core.plan import STANDARD_QUOTA, is_fixed

TEXT = (DOCS / "reference" / "numbers.md").read_text()


def rows(heading: str) -> dict[str, list[str]]:
    section = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells}


def told(kind: NumberKind, column: str) -> str:
    return ("yes" if getattr(CAPABILITIES[kind], column) else "no") + ("*" if is_fixed(kind, column) else "")


@pytest.mark.parametrize("kind", NumberKind)
def test_functions_are_those_of_the_table(kind):
    can = CAPABILITIES[kind]
    short, looks, _belongs, exact, others, every, keywords, surveys, mms = rows("Functions")[kind.value]
    assert (short, looks) == (can.abbreviation, "4 digits" if can.is_short else "9 digits")
    assert [exact, others, every] == [told(kind, column) for column in ("exact_keywords", "advanced_keywords", "all_messages")]
    assert [surveys, mms] == [told(kind, column) for column in ("surveys_contests_statistics", "mms")]
    assert keywords == ("plan" if can.keyword_quota else "any number" if can.exact_keywords else "none")


@pytest.mark.parametrize("kind", NumberKind)
def test_terms_are_those_of_the_table(kind):
    columns = ("pre_paid", "post_paid", "installation_fee", "subscription")
    assert rows("Terms")[kind.value] == [told(kind, column) for column in columns]


def test_every_state_is_explained():
    assert set(rows("States")) == {state.value for state in NumberState}


def test_the_standard_quota_is_named():
    assert f"the standard plan includes {STANDARD_QUOTA} " in TEXT
