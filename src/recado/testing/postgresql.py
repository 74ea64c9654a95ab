"""A private PostgreSQL cluster in a temporary folder, for tests and benchmarks on both engines.

What belongs here: starting, stopping, killing it, and migrating a database. What does not: pytest fixtures (`tests/conftest.py`).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from recado.config import Database


def find_programs() -> Path | None:
    """Return the folder of the newest installed PostgreSQL server's programs."""
    folders = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class PostgresqlServer:
    """A cluster reachable through a socket in its folder; it can be stopped and started again."""

    def __init__(self, folder: Path, programs: Path, *, fsync: bool = False, copy_of: Path | None = None) -> None:
        """Make the cluster, a new one or a copy of one that is stopped; as root it runs as the user `postgres`, as it must not as root."""
        self.folder = folder
        self.programs = programs
        self.fsync = fsync
        self.user = "postgres" if os.getuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None
        if self.user:
            shutil.chown(folder, self.user)
        if copy_of is None:
            self._run("initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        else:
            self.copy_data(copy_of, folder / "data")

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        subprocess.run(command, user=self.user, check=True, capture_output=True, cwd=self.folder)  # noqa: S603  # our own programs

    @staticmethod
    def copy_data(place: Path, to: Path) -> None:
        """Copy the data of a cluster that was stopped with `fast`, whoever owns it."""
        subprocess.run(["cp", "-a", str(place), str(to)], check=True, capture_output=True)  # noqa: S603, S607  # shutil would lose the owner

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "fsync": "on" if self.fsync else "off",
            "max_connections": 60,
            "autovacuum": "on" if self.fsync else "off",
        }
        options = [f"-c{name}={value}" for name, value in settings.items()]
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, user=self.user, cwd=self.folder, stdout=log, stderr=log)  # noqa: S603  # same
        for _ in range(400):
            if self._answers():
                return
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        raise RuntimeError((self.folder / "log").read_text())

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.database("postgres").dsn).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, mode: str = "immediate") -> None:
        """Stop at once, as a crash would; committed rows are there after `start`. The mode "fast" leaves a folder that can be copied."""
        if self.process is not None:
            self._run("pg_ctl", "stop", "-D", self.folder / "data", "-m", mode, "-w")
            self.process.wait(20)
            self.process = None

    def database(self, name: str) -> Database:
        """Return how to reach a database of the cluster."""
        return Database("postgresql", name, "postgres", host=str(self.folder))

    def url(self, name: str) -> str:
        """Return the address of a database of the cluster, as in `RECADO_DATABASE_URL`."""
        return f"postgresql://postgres@{str(self.folder).replace('/', '%2F')}/{name}"

    def administer(self, statement: str) -> None:
        """Run a statement such as CREATE DATABASE."""
        with psycopg.connect(self.database("postgres").dsn, autocommit=True) as raw:
            raw.execute(statement.encode())


@contextmanager
def postgresql_server(*, fsync: bool = False, copy_of: Path | None = None) -> Generator[PostgresqlServer]:
    """Run a cluster for the block, a new one or a copy of one that is stopped, then remove it."""
    programs = find_programs()
    if programs is None:
        raise RuntimeError("the PostgreSQL programs are not installed")
    folder = Path(tempfile.mkdtemp(prefix="recado-pg-", dir="/tmp"))  # sockets need a short path
    server = PostgresqlServer(folder, programs, fsync=fsync, copy_of=copy_of)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def migrate(url: str) -> None:
    """Make all tables in the database at an address."""
    environment = os.environ | {"RECADO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "recado.server.settings"}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    if done.returncode:
        raise RuntimeError(done.stderr)
