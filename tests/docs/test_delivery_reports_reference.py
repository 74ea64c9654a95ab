"""The page about delivery reports says what the tables of the code say."""

import re
from datetime import UTC, datetime

import pytest
from pages import DOCS, sections, table_rows

from recado.carriers.smpp.receipts import ERROR_WORDS, ERRORS, STATES
from recado.core.fate import CORRECTED_WITHIN
from recado.core.receipt import OutboundState, UndeliveredReason
from recado.core.reporting import NEAREST_REASONS, STATE_WORDS
from recado.delivery.mt import REASONS
from recado.delivery.reports import Reported

PAGE = sections("reference/delivery-reports.md")
HOWTO = (DOCS / "howto/receive-delivery-reports.md").read_text()


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def rows(section: str) -> list[list[list[str]]]:
    return [[words(cell) for cell in row] for row in table_rows(PAGE[section]) if "`" in "".join(row)]


def test_every_state_is_explained():
    assert [row[0][0] for row in rows("States")] == [state.value for state in OutboundState]


def test_each_word_of_a_carrier_means_what_the_page_says():
    told = {word: (row[1][0], (row[2] or [""])[0]) for row in rows("What carriers say")[: len(set(STATES.values()))] for word in row[0]}
    meant = {word: (state.value if state else "sent", reason.value if reason else "") for word, (state, reason) in STATES.items()}
    assert told == meant


def test_each_error_means_what_the_page_says():
    found = [row for row in rows("What carriers say") if len(row[0]) == 1 and row[0][0] in set(UndeliveredReason) and len(row) > 2]
    assert {int(number, 0): row[0][0] for row in found for number in row[1]} == {key: reason.value for key, reason in ERRORS.items()}
    assert {word: row[0][0] for row in found for word in row[2]} == {key: reason.value for key, reason in ERROR_WORDS.items()}


def test_each_refusal_means_what_the_page_says():
    assert [(row[0][0], row[1]) for row in rows("Refused by the carrier")] == [(reason.value, list(said)) for reason, said in REASONS]


def test_the_words_for_programs_are_those_that_are_told():
    told = {row[0][0]: row[1][0] for row in rows("Told to a program")[-len(STATE_WORDS) - len(NEAREST_REASONS) :] if row[1]}
    assert told == {ours.value: theirs.value for ours, theirs in NEAREST_REASONS.items()} | {
        state.value: word for state, word in STATE_WORDS.items()
    }


@pytest.mark.parametrize("reason", list(UndeliveredReason))
def test_every_reason_an_operator_may_write_is_named(reason):
    assert f"`{reason.value}`" in PAGE["What carriers say"].partition("of its own")[2]


def test_the_time_for_corrections_is_the_one_in_force():
    assert f"within {CORRECTED_WITHIN.total_seconds() / 3600:.0f} hours" in PAGE["Late, early and repeated reports"]


def test_every_macro_is_in_the_guide():
    reported = Reported(1, "48501222333", OutboundState.DELIVERED, "", "", datetime(2026, 3, 1, tzinfo=UTC))
    assert set(re.findall(r"^\| `#(\w+)#`", HOWTO, re.MULTILINE)) == set(reported.macros())
