"""Reads the configured connections, for the gateway that opens them.

Checking their settings belongs to the carrier kinds, changing them to `apps.connections`.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from recado.store.dialect import Connection

_SELECT = "SELECT id, name, kind, settings FROM connections_connection WHERE is_enabled ORDER BY id"


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One enabled connection as stored."""

    id: int
    name: str
    kind: str
    settings: dict[str, Any] = field(repr=False)


def load_connections(con: Connection) -> tuple[ConnectionRow, ...]:
    """Return the enabled connections, oldest first."""
    rows = con.rows(_SELECT)
    return tuple(ConnectionRow(key, name, kind, _as_dict(settings)) for key, name, kind, settings in rows)


def _as_dict(stored: Any) -> dict[str, Any]:
    """Take JSON as SQLite returns it (text) or as PostgreSQL does (decoded)."""
    return json.loads(stored) if isinstance(stored, str) else dict(stored or {})
