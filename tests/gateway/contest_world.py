"""A database in which words lead to contests and codes, to receive in: for tests of entries and hand-outs."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count

from recado.core.message import Encoding, InboundPart
from recado.core.routes import Routes
from recado.gateway.receive import receive_group
from recado.store.dialect import Connection
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes
from recado.testing.routing import INDIVIDUAL, SHARED, configure

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ANNA, JAN = "48501222333", "48501222444"
NUMBERS = count(1)


def part(text: str, sender: str = ANNA, recipient: str = INDIVIDUAL, *, is_test: bool = False) -> InboundPart:
    return InboundPart(1, sender, recipient, text, Encoding.GSM7, NOW, text.encode(), next(NUMBERS), is_test=is_test)


class World:
    """One connection to it."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        with con.transaction():
            self.made = configure(con, NOW)
        self.account = self.made.accounts[0]
        self.at = con.dialect.timestamp(NOW)
        self.ids = IdGenerator(0)

    def routes(self) -> Routes:
        return load_routes(self.con)

    def stream(self, now: datetime = NOW) -> Iterator[int]:
        return self.ids.stream(int(now.timestamp() * 1000))

    def receive(self, *parts: InboundPart, now: datetime = NOW) -> None:
        with self.con.transaction():
            receive_group(self.con, parts, self.routes(), self.stream(now), now)

    def text(self, text: str, sender: str = ANNA, recipient: str = INDIVIDUAL, *, now: datetime = NOW, is_test: bool = False) -> str | None:
        """Receive a text; return what is answered."""
        before = {row[0] for row in self.con.rows("SELECT id FROM outbox_outboundmessage")}
        self.receive(part(text, sender, recipient, is_test=is_test), now=now)
        rows = [row for row in self.con.rows("SELECT id, text FROM outbox_outboundmessage ORDER BY id") if row[0] not in before]
        assert len(rows) <= 1
        return rows[0][1] if rows else None

    def entries(self, columns: str = "state, reason, sequence") -> Sequence[tuple[object, ...]]:
        return self.con.rows(f"SELECT {columns} FROM contests_entry ORDER BY id")


__all__ = ["ANNA", "INDIVIDUAL", "JAN", "NOW", "SHARED", "World", "part"]
