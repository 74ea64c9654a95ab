"""Simulated people in three surveys at once: no answer is ever filed under a question it was not meant for."""

from collections import Counter
from random import Random

import pytest

from core.people_in_surveys import Person
from thorough import times

RUNS = times(300, thorough=10_000)
PORTIONS = 10


def said(figures: Counter[str]) -> str:
    """Say what became of the texts; `pytest -s` shows it."""
    filed = figures["answered"] + figures["ended"] + figures["late"]
    asked = f"{figures['asked_which']} asked back, {figures['asked_again']} asked again, {figures['gave_up']} given up"
    return f"of {figures.total()} texts {filed} filed, {asked}"


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_no_answer_is_filed_under_the_wrong_question(portion: int) -> None:
    figures: Counter[str] = Counter()
    for seed in range(portion, RUNS, PORTIONS):
        try:
            figures += Person(Random(seed)).live()
        except AssertionError as error:
            raise AssertionError(f"run {seed}: {error}") from error
    print(said(figures))  # noqa: T201  # for whoever wants the figures
    assert all(figures[deed] for deed in ("answered", "ended", "asked_again", "asked_which", "gave_up", "late"))
