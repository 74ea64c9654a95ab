"""Emptying Django's own database after a test that commits: what is in it is taken out, what migrations brought is put back.

Django's `flush` goes through every table it knows and makes all permissions anew, which takes longer than most tests, and it loses what
migrations brought, so that tests find another database after it than before.
"""

from pathlib import Path
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

FILLED = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {1}.\"{0}\")"
KEPT = {"django_migrations"}


def empty_like(template: Path) -> Any:
    """Return what a test case does to tear down: make the tables look as in the template."""

    def tear_down(_: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ATTACH DATABASE %s AS fresh", [f"file:{template}?mode=ro&immutable=1"])
            try:
                _make_equal(cursor)
            finally:
                cursor.execute("DETACH DATABASE fresh")

    return tear_down


def _make_equal(cursor: Any) -> None:
    tables = [name for name in connection.introspection.table_names(cursor) if name not in KEPT]
    filled, brought = (_filled(cursor, tables, where) for where in ("main", "fresh"))
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute("BEGIN IMMEDIATE")
    for name in filled:
        cursor.execute(f'DELETE FROM main."{name}"')
    for name in brought:
        cursor.execute(f'INSERT INTO main."{name}" SELECT * FROM fresh."{name}"')
    cursor.execute("COMMIT")
    cursor.execute("PRAGMA foreign_keys=ON")


def _filled(cursor: Any, tables: list[str], where: str) -> list[str]:
    cursor.execute(" UNION ALL ".join(FILLED.format(name, where) for name in tables))
    return [row[0] for row in cursor.fetchall()]
