"""Databases for tests: a private PostgreSQL cluster and a fresh, migrated database per test on both engines."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from recado.config import Database
from recado.store.dialect import Connection, connect

NAMES = count(1)


def _programs() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = folders[-1] if folders else Path(shutil.which("initdb") or "/nowhere/initdb").parent
    if not (found / "initdb").exists():
        pytest.skip("the PostgreSQL programs are not installed")
    return found


class PostgresqlServer:
    """A cluster in a folder of its own, reachable through a socket in that folder; it can be stopped, killed and started again."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self.user = "postgres" if os.getuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None
        if self.user:
            shutil.chown(folder, self.user)
        self._run("initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run([self.programs / program, *map(str, arguments)], user=self.user, check=True, capture_output=True, cwd=self.folder)

    def start(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "max_connections": 60,
            "autovacuum": "off",
        }
        options = [f"-c{name}={value}" for name, value in settings.items()]
        command = [self.programs / "postgres", "-D", self.folder / "data", *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, user=self.user, cwd=self.folder, stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                psycopg.connect(self.database("postgres").dsn).close()
            except psycopg.OperationalError:
                assert self.process is not None
                try:
                    self.process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
                break
            else:
                return
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        """Stop at once, as a crash would; committed rows are there after `start`."""
        if self.process is not None:
            self._run("pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate", "-w")
            self.process.wait(20)
            self.process = None

    def database(self, name: str) -> Database:
        return Database("postgresql", name, "postgres", host=str(self.folder))

    def url(self, name: str) -> str:
        return f"postgresql://postgres@{str(self.folder).replace('/', '%2F')}/{name}"

    def administer(self, statement: str) -> None:
        with psycopg.connect(self.database("postgres").dsn, autocommit=True) as raw:
            raw.execute(statement)  # type: ignore[call-overload]


def _migrate(url: str) -> None:
    environment = os.environ | {"RECADO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "recado.server.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _start_server() -> Iterator[PostgresqlServer]:
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="recado-pg-", dir="/tmp"))
    server = PostgresqlServer(folder, programs)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[PostgresqlServer]:
    """A running cluster for the whole session. Whoever wants to stop it takes `own_pg_server`."""
    yield from _start_server()


@pytest.fixture
def own_pg_server() -> Iterator[PostgresqlServer]:
    """A cluster of the test's own, to be stopped and started at will."""
    yield from _start_server()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "recado.sqlite3"
    _migrate(f"sqlite://{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(pg_server: PostgresqlServer) -> str:
    pg_server.administer("CREATE DATABASE template_recado")
    _migrate(pg_server.url("template_recado"))
    return "template_recado"


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Database:
    """A migrated, empty SQLite database."""
    path = tmp_path / "recado.sqlite3"
    shutil.copy(sqlite_template, path)
    return Database("sqlite", str(path))


@pytest.fixture
def postgresql_database(pg_server: PostgresqlServer, postgresql_template: str) -> Iterator[Database]:
    """A migrated, empty PostgreSQL database."""
    name = f"test_{next(NAMES)}"
    pg_server.administer(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield pg_server.database(name)
    pg_server.administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database, once on each engine."""
    given: Database = request.getfixturevalue(f"{request.param}_database")
    return given


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """An open connection to `database`."""
    opened = connect(database)
    yield opened
    opened.close()


@pytest.fixture
def connect_again(database: Database) -> Iterator[Callable[[], Connection]]:
    """Open any number of further connections to `database`; they are closed after the test."""
    opened: list[Connection] = []

    def one_more() -> Connection:
        opened.append(connect(database))
        return opened[-1]

    yield one_more
    for each in opened:
        each.close()
