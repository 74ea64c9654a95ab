"""Webhooks in the outbox, for tests."""

import json

from outbox_rows import NOW, OutboxRows

HMAC = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY"
OLD = "whsec_" + "b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xk"


def webhook(outbox: OutboxRows, url: str, *, secret: str = HMAC, kind: str = "webhook", **columns) -> int:
    """A destination with a secret; `columns` are set on it."""
    key = outbox.destination(url, method="POST", kind=kind)
    values = {name: json.dumps(value) if name == "headers" else value for name, value in columns.items()}
    for name, value in values.items():
        outbox.con.execute(f"UPDATE outbox_destination SET {name} = ? WHERE id = ?", (value, key))
    add_secret(outbox, key, secret)
    return key


def add_secret(outbox: OutboxRows, destination: int, secret: str, *, expires_at=None) -> None:
    kind = {"whsec": "hmac", "whsk_": "ed25519"}.get(secret[:5], "twilio")
    values = {"id": next(outbox.ids), "destination_id": destination, "signature": kind, "secret": secret, "created_at": NOW}
    outbox.insert("outbox_signingsecret", **values, expires_at=expires_at)
