"""Two people answer one conversation: never two answers to one state of it, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 1000

pytestmark = pytest.mark.slow


def test_of_two_who_answer_at_the_same_moment_one_is_refused(database_url: str, tmp_path: Path):
    environment = os.environ | {
        "RECADO_DATABASE_URL": database_url,
        "RECADO_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
    }
    command = [sys.executable, str(Path(__file__).parent / "racing.py"), str(ROUNDS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result == {"answers": {"1": ROUNDS}, "leases": {"1": ROUNDS // 2}, "stored": ROUNDS}
