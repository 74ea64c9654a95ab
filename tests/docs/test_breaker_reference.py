"""The page about the breaker says the limits that hold."""

import pytest
from pages import DOCS, sections, table_rows

from recado.core import breaker
from recado.core.action import TripReason
from recado.core.automatic import says_automatic
from recado.core.trail import SkipReason

PAGE = " ".join((DOCS / "reference/breaker.md").read_text().split())
PARTS = sections("reference/breaker.md")


def test_each_trip_is_on_the_page_and_no_other():
    assert {row[0].strip("`") for row in table_rows(PARTS["What trips it"])} == set(TripReason)


def test_who_is_never_answered_is_on_the_page():
    rows = {row[0].strip("`") for row in table_rows(PARTS["Who is never answered"])}
    assert rows == {SkipReason.OWN_NUMBER, SkipReason.NO_PHONE, SkipReason.SHORT_CODE}


def hours(span) -> int:
    return span.total_seconds() // 3600


@pytest.mark.parametrize(
    "sentence",
    [
        f"Fewer than {breaker.SHORTEST_PHONE} digits",
        f"{breaker.MOST_IDENTICAL} times within {hours(breaker.IDENTICAL_WITHIN):.0f} hour",
        f"{breaker.MOST_ANSWERS} automatic texts of the account within {breaker.ANSWERS_WITHIN.total_seconds() / 60:.0f} minutes",
        f"within {hours(breaker.ECHO_WITHIN):.0f} hours",
        f"one of the last {breaker.TEXTS_REMEMBERED} texts",
        f"fewer than {breaker.SHORTEST_ECHO} signs",
        f"for {hours(breaker.STOPPED_FOR):.0f} hours",
        f"{breaker.STANDARD_CEILING} minor units ({breaker.STANDARD_CEILING / 100:.0f} zł)",
    ],
)
def test_each_limit_is_on_the_page(sentence: str):
    assert sentence in PAGE


def test_the_examples_count():
    rows = table_rows(PARTS["Texts that say that a machine wrote them"])
    examples = [part.strip().strip('`"“”') for row in rows for part in row[2].replace("`, `", "|").replace('", "', "|").split("|")]
    assert len(examples) == 8
    assert all(says_automatic(example) for example in examples)
    assert not says_automatic("Is this an automatic reply?")
