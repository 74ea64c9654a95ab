"""Databases for tests: a private PostgreSQL cluster and a fresh, migrated database per test on both engines."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, settings

from recado.config import Database
from recado.store.dialect import Connection, connect
from recado.testing.postgresql import PostgresqlServer, find_programs, migrate, postgresql_server

NAMES = count(1)
# How long an example takes says something about the machine alone.
settings.register_profile("whatever the machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the machine")


def _start_server() -> Iterator[PostgresqlServer]:
    if find_programs() is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)("the PostgreSQL programs are not installed")
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep Django's database in a file: in memory, all threads of the test server would share the connection of the test itself."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("django") / "recado.sqlite3")
        database["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"  # nothing here has to outlive the machine


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
    migrate(f"sqlite://{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(pg_server: PostgresqlServer) -> str:
    pg_server.administer("CREATE DATABASE template_recado")
    migrate(pg_server.url("template_recado"))
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
