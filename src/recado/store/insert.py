"""How rows get into a table: a declaration from which the SQL of both databases is rendered, and the names of column types.

Columns are parameters, constants are written into the statement. What does not belong here: the tables (`statements`), what differs between
the databases besides (`dialect`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from recado.store.dialect import POSTGRESQL, Connection

BIGINT, INTEGER, SMALLINT = "bigint", "integer", "smallint"
TEXT, BOOLEAN, TIMESTAMP, BYTES = "text", "boolean", "timestamptz", "bytea"
_ROWS_AT_ONCE = (64, 16, 4, 1)
"""Rows in one SQLite statement: with 64, storing costs a quarter less than row by row. Few sizes, so that all stay prepared."""


@dataclass(frozen=True, slots=True)
class Insert:
    """How rows get into a table. Rows are sequences in the order of `columns`."""

    table: str
    columns: dict[str, str]
    """Name to PostgreSQL type."""
    constants: dict[str, str] = field(default_factory=dict)
    """Name to SQL literal."""
    conflict: str = ""
    sqlite: dict[int, str] = field(init=False, repr=False)
    """By how many rows the statement inserts."""
    postgresql: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Render the statements once."""
        names = ", ".join([*self.columns, *self.constants])
        literals = "".join(f", {literal}" for literal in self.constants.values())
        marks = ", ".join("?" * len(self.columns))
        arrays = ", ".join(f"%b::{each}[]" for each in self.columns.values())
        into = f"INSERT INTO {self.table} ({names})"
        row = f"({marks}{literals})"
        sqlite = {count: f"{into} VALUES {', '.join([row] * count)} {self.conflict}".strip() for count in _ROWS_AT_ONCE}
        object.__setattr__(self, "sqlite", sqlite)
        selected = f"SELECT k.*{literals} FROM unnest({arrays}) AS k"  # noqa: S608  # names and literals are those below
        object.__setattr__(self, "postgresql", f"{into} {selected} {self.conflict}".strip())

    def run(self, con: Connection, rows: Sequence[Sequence[Any]]) -> int:
        """Insert all rows; return how many were inserted."""
        if not rows:
            return 0
        if con.dialect is POSTGRESQL:
            return con.execute_raw(self.postgresql, list(map(list, zip(*rows, strict=True))))
        return sum(con.execute_raw(self.sqlite[len(some)], list(chain.from_iterable(some))) for some in _portions(rows))


def _portions(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    """Cut rows into portions of the sizes there are statements for, the largest first."""
    start, left = 0, len(rows)
    for size in _ROWS_AT_ONCE:
        while left >= size:
            yield rows[start : start + size]
            start, left = start + size, left - size
