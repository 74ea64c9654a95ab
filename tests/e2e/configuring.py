"""Configures an installation as an operator would, in processes of their own: see `configure.py` for what is there afterwards."""

import os
import subprocess
import sys
from pathlib import Path

NUMBER = "48664200300"
LINKS = 2
NOWHERE = "http://127.0.0.1:9/?numer=#NUMER#&wiadomosc=#WIADOMOSC#"


def configure(smsc_port: int, database_url: str, data: Path, forward_url: str = NOWHERE) -> None:
    """Fill a migrated, empty database."""
    run("configure.py", database_url, data, str(smsc_port), forward_url, str(LINKS))


def add_spelling(word: str, spelling: str, database_url: str, data: Path) -> None:
    """Let a keyword have another spelling, too."""
    run("add_spelling.py", database_url, data, word, spelling)


def queue_texts(count: int, per_second: int, database_url: str, data: Path) -> None:
    """Put texts to so many phones into the outbox, and let so many of them leave in a second."""
    run("queue_texts.py", database_url, data, str(count), str(per_second))


def run(program: str, database_url: str, data: Path, *arguments: str) -> None:
    """Run one of the programs beside this file on an installation."""
    environment = os.environ | {
        "RECADO_DATA": str(data),
        "RECADO_DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
    }
    command = [sys.executable, str(Path(__file__).with_name(program)), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
