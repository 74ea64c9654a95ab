"""Keeps exchanges with carriers that are worth a look: unreadable PDUs, refused binds, repeats that were dropped.

What is redacted, and what is worth keeping, is decided by whoever writes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recado.store.dialect import Connection
from recado.store.statements import CARRIER_LOG


class LogEntry(NamedTuple):
    """One exchange."""

    id: int
    connection_id: int
    at: datetime
    direction: str
    """`in` or `out`."""
    event: str
    detail: str
    octets: bytes | None


def write_log(con: Connection, entries: Sequence[LogEntry]) -> None:
    """Add entries to the log."""
    stamp = con.dialect.timestamp
    CARRIER_LOG.run(
        con,
        [
            one._replace(at=stamp(one.at), event=one.event[:40], detail=one.detail.replace("\0", "\N{REPLACEMENT CHARACTER}"))
            for one in entries
        ],
    )
