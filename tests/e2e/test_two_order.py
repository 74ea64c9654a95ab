"""Several customers want one number at the same moment: exactly one gets it, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 25

pytestmark = pytest.mark.slow


def test_of_all_who_want_a_number_at_the_same_moment_one_gets_it(database_url: str, tmp_path: Path):
    environment = os.environ | {
        "RECADO_DATABASE_URL": database_url,
        "RECADO_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
    }
    command = [sys.executable, str(Path(__file__).parent / "ordering.py"), str(ROUNDS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    once = {"1": ROUNDS}
    assert json.loads(done.stdout) == {"orders": once, "with the operator": once, "keywords": once}
