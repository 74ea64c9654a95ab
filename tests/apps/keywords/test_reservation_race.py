"""Fifty people want one word at the same moment: exactly one gets it, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from recado.config import Database
from thorough import times

THREADS, ROUNDS = 50, times(2, thorough=5)

pytestmark = pytest.mark.slow


@pytest.fixture
def environment(database: Database, request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    url = f"sqlite://{database.name}" if database.engine == "sqlite" else request.getfixturevalue("pg_server").url(database.name)
    return os.environ | {"RECADO_DATABASE_URL": url, "RECADO_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "recado.server.settings"}


def run(environment, race, threads=THREADS, rounds=ROUNDS):
    program = [sys.executable, str(Path(__file__).parent / "reservation_race.py"), race, str(threads), str(rounds)]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_of_fifty_who_want_a_word_one_gets_it_and_the_others_hear_what_is_free(environment):
    told = {"taken, 3 free": (THREADS - 1) * ROUNDS}
    assert run(environment, "word") == {"winners": [1] * ROUNDS, "losers": told, "keywords": ROUNDS, "spellings": ROUNDS}


def test_of_fifty_whose_periods_have_a_day_in_common_one_gets_the_word(environment):
    result = run(environment, "periods")
    assert (result["winners"], result["spellings"]) == ([1] * ROUNDS, ROUNDS)
    assert set(result["losers"]) == {"taken, 3 free"}


def test_a_synonym_and_a_keyword_race_for_a_word_as_two_keywords_do(environment):
    result = run(environment, "synonyms")
    assert result["winners"] == [1] * ROUNDS
    assert set(result["losers"]) == {"taken, 3 free"}


def test_the_database_alone_lets_one_win_whom_nobody_checked(environment):
    result = run(environment, "unchecked", threads=4, rounds=3)
    assert (result["winners"], result["spellings"]) == ([1] * 3, 3)
    assert set(result["losers"]) <= {"IntegrityError", "OperationalError"}
