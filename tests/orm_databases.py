"""Django on both databases: fixtures for tests of what only real commits and threads show; a `conftest.py` imports them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

from recado.config import Database
from recado.server import settings


@pytest.fixture
def orm(database, django_db_blocker) -> Iterator[Database]:
    """Django working on `database`: run the test once on each engine, with real commits."""
    with django_db_blocker.unblock(), working_on(database):
        yield database


@pytest.fixture
def in_threads(orm) -> Callable[..., list[Any]]:
    """Run functions at the same time, each in a thread with a connection of its own; give their results."""

    def run(*functions: Callable[[], Any]) -> list[Any]:
        def alone(function: Callable[[], Any]) -> Any:
            with working_on(orm):
                return function()

        with ThreadPoolExecutor(len(functions)) as pool:
            return list(pool.map(alone, functions))

    return run


@contextmanager
def working_on(database: Database) -> Iterator[None]:
    before = connections["default"]
    connections["default"] = ConnectionHandler({"default": settings._databases(database)})["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before
