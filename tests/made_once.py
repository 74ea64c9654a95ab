"""What takes long to make is made once for all processes that run tests; each takes a copy.

What belongs here: a migrated SQLite database, a PostgreSQL cluster with a migrated database, a data folder with the demo. What does not:
the fixtures that hand them to tests (`conftest.py`).
"""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recado.testing.postgresql import PostgresqlServer, migrate, postgresql_server

TEMPLATE = "template_recado"
"""The migrated, empty database of the cluster; PostgreSQL copies it."""


@contextmanager
def untimed() -> Iterator[None]:
    """Stop the clock of the test that happens to be the first to need something: others would fail with it."""
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return what `make` makes at a place: the first process makes it, the others wait."""
    place = factory.getbasetemp()
    place = (place.parent if "PYTEST_XDIST_WORKER" in os.environ else place) / f"once-{name}"
    place.mkdir(exist_ok=True)
    with untimed(), (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "made").exists():
            make(place / "making")
            (place / "making").rename(place / "made")
    return place / "made"


def migrated_file(factory: pytest.TempPathFactory) -> Path:
    """Return a migrated, empty SQLite database."""

    def make(place: Path) -> None:
        place.mkdir()
        migrate(f"sqlite://{place / 'recado.sqlite3'}")

    return made_once(factory, "sqlite", make) / "recado.sqlite3"


def migrated_cluster(factory: pytest.TempPathFactory) -> Path:
    """Return the data of a stopped cluster that has a migrated, empty database."""

    def make(place: Path) -> None:
        with postgresql_server() as server:
            server.administer(f"CREATE DATABASE {TEMPLATE}")
            migrate(server.url(TEMPLATE))
            server.stop("fast")
            PostgresqlServer.copy_data(server.folder / "data", place)

    return made_once(factory, "postgresql", make)


def demo_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which `recado demo` made everything there is; beside it is what the command said."""

    def make(place: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RECADO_")}
        command = [sys.executable, "-m", "recado.cli", "demo"]
        done = subprocess.run(command, env=environment | {"RECADO_DATA": str(place)}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        (place.parent / "said").write_text(done.stdout)

    return made_once(factory, "demo", make)
