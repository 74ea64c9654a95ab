"""The smallest installation on which a message has consequences: one account, one shared number, one keyword, one connection.

Written by plain SQL, so that tests of the gateway need no Django. What belongs here: these rows. What does not: demo data (`server.demo`).
"""

import json
from datetime import UTC, datetime
from typing import Any

from recado.store.dialect import Connection

NUMBER = "48503340503"
WORD = "Gardener"
UNLIMITED = 2_000_000_000
"""Minor units a day: load on it is not stopped by a ceiling of costs."""
REPLY = "Dziękujemy, jesteś na liście."


def write_sample(con: Connection, port: int, **settings: Any) -> None:
    """Write the sample; its connection goes to a message centre on loopback. Where the sample is already, only that changes."""
    if con.rows("SELECT 1 FROM connections_connection WHERE id = 1"):
        change_connection(con, port=port, **settings)
        return
    stamp = con.dialect.timestamp(datetime(2026, 11, 1, tzinfo=UTC))
    given = json.dumps({"host": "127.0.0.1", "port": port, "system_id": "recado", "password": "secret", "reconnect_seconds": 1, **settings})
    account = {"id": 1, "account_id": 1, "created_at": stamp}
    with con.transaction():
        _add(con, "connections_connection", id=1, name="Carrier", kind="smpp", settings=given, is_enabled=True, created_at=stamp)
        _add(con, "accounts_account", id=1, name="Róża", language="pl", time_zone="Europe/Warsaw", is_suspended=False, created_at=stamp)
        number = {"digits": NUMBER, "kind": "shared_long", "state": "assigned", "connection_id": 1, "label": ""}
        _add(con, "numbers_number", id=1, created_at=stamp, **number)
        _add(con, "contacts_group", name="Newsletter", **account)
        _add(con, "outbox_destination", name="Shop", kind="url", url="http://127.0.0.1:9/", method="GET", is_enabled=True, **account)
        word = {"word": WORD, "tokens": WORD.lower(), "folded": WORD.lower(), "kind": "exact", "also_when_text_follows": False}
        _add(con, "keywords_keyword", number_id=1, state="live", **word, **account)
        _add(con, "keywords_rule", number_id=1, keyword_id=1, priority=0, is_enabled=True, daily_ceiling=UNLIMITED, **account)
        _add(con, "keywords_ruleaction", id=1, rule_id=1, position=0, kind="add_to_group", group_id=1, text="")
        _add(con, "keywords_ruleaction", id=2, rule_id=1, position=1, kind="send_reply", text=REPLY)
        _add(con, "numbers_routingversion", id=1, version=2)


def change_connection(con: Connection, **settings: Any) -> None:
    """Change the sample's connection, as a service would."""
    stored = con.rows("SELECT settings FROM connections_connection WHERE id = 1")[0][0]
    before = json.loads(stored) if isinstance(stored, str) else stored
    with con.transaction():
        con.execute("UPDATE connections_connection SET settings = ? WHERE id = 1", (json.dumps({**before, **settings}),))
        con.execute("UPDATE numbers_routingversion SET version = version + 1")


def _add(con: Connection, table: str, **row: Any) -> None:
    con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))  # noqa: S608  # names from above
