"""The constraint behind every reservation: on one number no two owners keep one folded word at once, and none reserves one spelling twice.

PostgreSQL has exclusion constraints for it. SQLite has one writer at a time, so triggers that look before each write are as good; but
Django rebuilds a table there for most changes, and **the triggers go with the old table**: a migration that alters `keywords_spelling` ends
with `migrations.RunPython(constrain, release)` again. `tests/apps/keywords/test_overlaps.py` sees whether they are there.
What does not belong here: telling people (`checks`).
"""

from typing import Any

_OF_OTHERS, _OWN = "spelling_of_others", "spelling_of_ones_own"
_RANGE = {_OF_OTHERS: "kept_until", _OWN: "ends_at"}
_SAME = {
    _OF_OTHERS: ("number_id =", "folded =", "account_id <>"),
    _OWN: ("number_id =", "folded =", "account_id =", "tokens =", "kind ="),  # folded follows from tokens, and has the index
}
_UNLESS = {_OF_OTHERS: "is_double"}
_END_OF_TIME = "'9999-12-31'"
"""Text that is no number: SQLite would turn `9999` into one, and every date is greater than a number."""


def constrain(_apps: Any, schema_editor: Any) -> None:
    """Add what refuses overlaps."""
    for statement in _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite():
        schema_editor.execute(statement)


def release(_apps: Any, schema_editor: Any) -> None:
    """Take it away."""
    for name in _RANGE:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE keywords_spelling DROP CONSTRAINT IF EXISTS {name}")
        else:
            for event in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_{event}")


def trigger_names() -> set[str]:
    """Return the triggers SQLite must have."""
    return {f"{name}_{event}" for name in _RANGE for event in ("insert", "update")}


def _postgresql() -> list[str]:
    # Part of PostgreSQL, and the owner of a database may add it: it lets plain columns stand beside a period in one index.
    statements = ["CREATE EXTENSION IF NOT EXISTS btree_gist"]
    for name, end in _RANGE.items():
        columns = ", ".join(f"{column} WITH {operator}" for column, operator in map(str.split, _SAME[name]))
        where = f" WHERE (NOT {_UNLESS[name]})" if name in _UNLESS else ""
        excluded = f"EXCLUDE USING gist ({columns}, tstzrange(starts_at, {end}) WITH &&){where}"
        statements.append(f"ALTER TABLE keywords_spelling ADD CONSTRAINT {name} {excluded}")
    return statements


def _sqlite() -> list[str]:
    statements = []
    for name, end in _RANGE.items():
        same = " AND ".join(f"one.{column} NEW.{column.split()[0]}" for column in _SAME[name])
        until = f"COALESCE({{}}.{end}, {_END_OF_TIME})"
        # A period that ends where it begins holds no moment, as in PostgreSQL.
        meets = (
            f"one.starts_at < {until.format('NEW')} AND NEW.starts_at < {until.format('one')}"
            f" AND one.starts_at < {until.format('one')} AND NEW.starts_at < {until.format('NEW')}"
        )
        if name in _UNLESS:
            meets += f" AND NOT NEW.{_UNLESS[name]} AND NOT one.{_UNLESS[name]}"
        found = f"SELECT 1 FROM keywords_spelling one WHERE {same} AND {meets}"  # noqa: S608  # names from above
        for event, another in (("insert", ""), ("update", " AND one.id <> NEW.id")):
            statements.append(
                f"CREATE TRIGGER {name}_{event} BEFORE {event} ON keywords_spelling WHEN EXISTS ({found}{another})"
                f" BEGIN SELECT RAISE(ABORT, 'constraint failed: {name}'); END"
            )
    return statements
