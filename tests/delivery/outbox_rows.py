"""Rows that delivery works on, written plainly, and read back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from recado.store.dialect import Connection

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class OutboxRows:
    """One account with a number on a connection; jobs to taste."""

    con: Connection

    def __post_init__(self) -> None:
        self.ids = count(1000)
        self.insert("accounts_account", id=1, name="Shop", language="pl", time_zone="UTC", is_suspended=False, created_at=NOW)
        self.insert("connections_connection", id=3, name="carrier", kind="smpp", settings="{}", is_enabled=True, created_at=NOW)
        number = {"id": 2, "digits": "48503340503", "kind": "shared_long", "state": "assigned", "connection_id": 3, "label": ""}
        self.insert("numbers_number", **number, created_at=NOW)

    def insert(self, table: str, **values) -> None:
        given = [self.con.dialect.timestamp(value) if isinstance(value, datetime) else value for value in values.values()]
        self.con.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", given)

    def destination(self, url: str, *, is_enabled: bool = True, method: str = "GET", kind: str = "url", is_default: bool = False) -> int:
        key = next(self.ids)
        values = {"id": key, "account_id": 1, "name": "shop", "kind": kind, "url": url, "method": method}
        if kind == "phone":
            values["confirmed_at"] = NOW
        self.insert("outbox_destination", **values, is_enabled=is_enabled, is_default=is_default, created_at=NOW)
        return key

    def forward(self, destination_id: int, *, sender: str = "48501222333", text: str = "Gardener", due: datetime = NOW, **more) -> int:
        message, job = next(self.ids), next(self.ids)
        values = {
            "id": message,
            "account_id": 1,
            "number_id": 2,
            "connection_id": 3,
            "dialogue_id": 9,
            "sender": sender,
            "recipient": "48503340503",
        }
        zeros = {"argument": "", "encoding": 0, "parts_received": 1, "parts_total": 1, "fingerprint": 0, "trail": "[]", "raw": b""}
        self.insert("inbox_message", **values, text=text, received_at=NOW, **zeros, is_test=False, is_read_by_api=False)
        self.job(job, "forward_url", due, message_id=message, destination_id=destination_id, **more)
        return job

    def reply(
        self,
        text: str = "Thanks",
        *,
        recipient: str = "48501222333",
        connection_id: int | None = None,
        due: datetime = NOW,
        account_id: int | None = 1,
        valid_until: datetime | None = None,
        **more,
    ) -> int:
        message, job = next(self.ids), next(self.ids)
        of = {"account_id": account_id, "dialogue_id": None if account_id is None else 9}
        values = {"id": message, **of, "number_id": 2, "connection_id": connection_id, "sender": "48503340503"}
        values |= {} if valid_until is None else {"valid_until": valid_until}
        rest = {"segment_count": 1, "state": "queued", "reason": "", "carrier_error": "", "origin": "rule", "is_test": False}
        self.insert("outbox_outboundmessage", **values, recipient=recipient, text=text, **rest, created_at=NOW)
        self.job(job, "submit", due, outbound_message_id=message, account_id=account_id, **more)
        return job

    def job(self, key: int, kind: str, due: datetime, **more) -> None:
        values = {"account_id": 1, "state": "waiting", "attempt_count": 0, "last_error": "", **more}
        self.insert("outbox_job", id=key, kind=kind, next_attempt_at=due, created_at=NOW, **values)

    def state(self, job_id: int) -> tuple[str, int, datetime, str]:
        state, attempts, due, error = self.con.rows(
            "SELECT state, attempt_count, next_attempt_at, last_error FROM outbox_job WHERE id = ?", (job_id,)
        )[0]
        return state, attempts, self.con.dialect.moment(due), error

    def states(self, kind: str) -> dict[str, int]:
        return dict(self.con.rows("SELECT state, COUNT(*) FROM outbox_job WHERE kind = ? GROUP BY state", (kind,)))

    def attempts(self, job_id: int) -> list[tuple]:
        columns = "position, request, response_status, response_body, error"
        return [tuple(row) for row in self.con.rows(f"SELECT {columns} FROM outbox_attempt WHERE job_id = ? ORDER BY position", (job_id,))]

    def outbound(self, job_id: int) -> tuple:
        columns = "o.state, o.reason, o.carrier_error, o.segment_count, o.connection_id"
        sql = f"SELECT {columns} FROM outbox_outboundmessage o JOIN outbox_job j ON j.outbound_message_id = o.id WHERE j.id = ?"
        return tuple(self.con.rows(sql, (job_id,))[0])

    def segments(self, job_id: int) -> list[tuple]:
        sql = """SELECT s.position, s.connection_id, s.carrier_message_id, s.state FROM outbox_segment s
            JOIN outbox_job j ON j.outbound_message_id = s.outbound_message_id WHERE j.id = ? ORDER BY s.position"""
        return [tuple(row) for row in self.con.rows(sql, (job_id,))]
