"""A process killed in the middle of preparing, again and again, writes everybody once, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from recado.config import Database

SCRIPT = Path(__file__).parent / "killed.py"
PEOPLE = 3_000


@pytest.fixture
def environment(database: Database, tmp_path: Path) -> dict[str, str]:
    url = f"sqlite://{database.name}"
    if database.engine == "postgresql":
        url = f"postgresql://{database.user}@{quote(database.host, safe='')}/{database.name}"
    return {**os.environ, "RECADO_DATABASE_URL": url, "RECADO_DATA": str(tmp_path / "data")}


def step(environment: dict[str, str], name: str) -> list[str]:
    done = subprocess.run([sys.executable, SCRIPT, name], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def kill_after(environment: dict[str, str], portions: int) -> None:
    with subprocess.Popen([sys.executable, SCRIPT, "prepare"], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _turn in range(portions):
            assert process.stdout.readline() == "written\n"
        process.kill()


def test_everybody_is_written_once(environment: dict[str, str]):
    step(environment, "fill")
    for portions in (1, 2, 5):
        kill_after(environment, portions)
    everything = {"messages": PEOPLE, "counted": PEOPLE, "named": PEOPLE, "numbers": PEOPLE, "cost": PEOPLE * 7, "twice": 0}
    everything |= {"held": 0, "reserved": PEOPLE * 7}
    assert json.loads(step(environment, "prepare")[-1]) == {"state": "sending", **everything}
