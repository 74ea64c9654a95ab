"""Who opts out while others add them stays out, and what ends is ended once, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from recado.config import Database


def test_an_opt_out_wins_and_ends_are_noted_once(database: Database, tmp_path: Path):
    url = f"sqlite://{database.name}"
    if database.engine == "postgresql":
        url = f"postgresql://{database.user}@{quote(database.host, safe='')}/{database.name}"
    environment = {**os.environ, "RECADO_DATABASE_URL": url, "RECADO_DATA": str(tmp_path / "data")}
    script = Path(__file__).parent / "racing.py"
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout.splitlines()[-1])
    assert left == {"opt_outs": 1, "noted": 1, "joined_and_left": 0, "members": 0, "ended": 40, "ends_noted": 40}
