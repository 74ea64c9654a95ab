"""A running installation prepares a campaign by itself, killed in the middle or not: everybody is written once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recado.config import Database
from recado.store.dialect import Row, connect
from recado.testing.process import RunningRecado

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
FILL = Path(__file__).parents[1] / "apps" / "campaigns" / "killed.py"
PEOPLE = 3_000


def test_a_campaign_is_prepared_over_a_kill(database: Database, database_url: str, tmp_path: Path):
    recado = RunningRecado(tmp_path / "data", database_url)
    environment = {**os.environ, "RECADO_DATABASE_URL": database_url, "RECADO_DATA": str(tmp_path / "data")}
    subprocess.run([sys.executable, FILL, "fill"], env=environment, check=True)
    recado.start(wait=False)
    wait_for(database, lambda row: row[1] > 0)
    recado.kill()
    recado.start(wait=False)
    wait_for(database, lambda row: row[0] in {"sending", "sent"})
    assert recado.stop() == 0
    con = connect(database)
    assert con.rows("SELECT COUNT(*), COUNT(DISTINCT recipient) FROM outbox_outboundmessage") == [(PEOPLE, PEOPLE)]
    assert con.rows("SELECT recipient_count, cost FROM campaigns_campaign") == [(PEOPLE, PEOPLE * 7)]
    con.close()


def wait_for(database: Database, is_there: Callable[[Row], bool]) -> None:
    """Wait until the campaign's state and count are as expected."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        con = connect(database)
        row = con.row("SELECT state, recipient_count FROM campaigns_campaign")
        con.close()
        if row is not None and is_there(row):
            return
        time.sleep(0.02)
    raise AssertionError(f"the campaign is {row}")
