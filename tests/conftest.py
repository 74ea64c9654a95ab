"""Databases for tests: a private PostgreSQL cluster and an empty, migrated database per test on both engines. Passwords cost nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from emptied_tables import empty_like
from made_once import TEMPLATE, demo_folder, migrated_cluster, migrated_file
from recado.apps.accounts.hashing import ThriftyArgon2
from recado.config import Database
from recado.store.dialect import Connection, connect
from recado.testing.postgresql import PostgresqlServer, find_programs, postgresql_server
from running_clamd import PROGRAM as CLAMD
from running_clamd import RunningClamd
from thorough import IS_THOROUGH
from used_databases import UsedDatabases

# How long an example takes says something about the machine alone.
settings.register_profile("whatever the machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("whatever the machine"), max_examples=1000)
settings.load_profile("thorough" if IS_THOROUGH else "whatever the machine")


@pytest.fixture(scope="session", autouse=True)
def real_password_costs() -> Iterator[dict[str, int]]:
    """Hash passwords with hardly any work, because thousands of tests make people; this is what they cost otherwise."""
    real = {"memory_cost": ThriftyArgon2.memory_cost, "time_cost": ThriftyArgon2.time_cost}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ThriftyArgon2, "memory_cost", 8)
        patch.setattr(ThriftyArgon2, "time_cost", 1)
        yield real


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrated_file(tmp_path_factory)


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo, to be looked at or copied; `said`, beside it, is what the command printed."""
    return demo_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Have Django take the file as it is there: a copy of the migrated one. Only this process uses it, so nothing is kept."""
    return _is_file()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep Django's database in a file: in memory, all threads of the test server would share the connection of the test itself."""
    with pytest.MonkeyPatch.context() as patch:
        if _is_file():
            template, path = request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("django") / "recado.sqlite3"
            shutil.copy(template, path)
            database = django_settings.DATABASES["default"]
            database["TEST"]["NAME"] = str(path)
            database["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"  # nothing here has to outlive the machine
            patch.setattr(TransactionTestCase, "_fixture_teardown", empty_like(template))
        yield


def _is_file() -> bool:
    return django_settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def _start_server(factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    if find_programs() is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)("the PostgreSQL programs are not installed")
    with postgresql_server(copy_of=migrated_cluster(factory)) as server:
        yield server


@pytest.fixture(scope="session")
def pg_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    """A running cluster for the whole session. Whoever wants to stop it takes `own_pg_server`."""
    yield from _start_server(tmp_path_factory)


@pytest.fixture(scope="session")
def clamd() -> Iterator[RunningClamd]:
    """A running virus scanner that knows one signature. Whoever wants to stop it takes `own_clamd`."""
    running = _made_clamd()
    running.start()
    yield running
    running.remove()


@pytest.fixture
def own_clamd() -> Iterator[RunningClamd]:
    """A virus scanner of the test's own, which the test starts and stops."""
    running = _made_clamd()
    yield running
    running.remove()


def _made_clamd() -> RunningClamd:
    if not Path(CLAMD).exists():
        pytest.fail(f"{CLAMD} is not installed: tools/system-packages test installs it")
    return RunningClamd()


@pytest.fixture
def own_pg_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    """A cluster of the test's own, to be stopped and started at will; its database `recado` is migrated and empty."""
    for server in _start_server(tmp_path_factory):
        server.administer(f"CREATE DATABASE recado TEMPLATE {TEMPLATE}")
        yield server


@pytest.fixture(scope="session")
def used_databases(pg_server: PostgresqlServer) -> UsedDatabases:
    return UsedDatabases(pg_server)


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Database:
    """A migrated, empty SQLite database."""
    path = tmp_path / "recado.sqlite3"
    shutil.copy(sqlite_template, path)
    return Database("sqlite", str(path))


@pytest.fixture
def postgresql_database(used_databases: UsedDatabases) -> Iterator[Database]:
    """A migrated, empty PostgreSQL database."""
    with used_databases.one() as database:
        yield database


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
