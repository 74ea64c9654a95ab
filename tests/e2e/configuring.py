"""Configures an installation as an operator would, in a process of its own: see `configure.py` for what is there afterwards."""

import os
import subprocess
import sys
from pathlib import Path

NUMBER = "48664200300"
LINKS = 2
NOWHERE = "http://127.0.0.1:9/?numer=#NUMER#&wiadomosc=#WIADOMOSC#"


def configure(smsc_port: int, database_url: str, data: Path, forward_url: str = NOWHERE) -> None:
    """Fill a migrated, empty database."""
    environment = os.environ | {
        "RECADO_DATA": str(data),
        "RECADO_DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
    }
    program = Path(__file__).with_name("configure.py")
    command = [sys.executable, str(program), str(smsc_port), forward_url, str(LINKS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
