"""What delivery must know about destinations and messages where a plain template is not all: webhooks, own headers, replies.

What belongs here: two queries for all that was claimed together. What does not: claiming (`jobs`), what follows (`delivery.endpoints`).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TIMESTAMP

_ENDPOINTS = """
    SELECT d.id, d.kind, d.body, d.headers, d.batch_limit, d.takes_replies, s.secret
    FROM {keys} CROSS JOIN outbox_destination d
    LEFT JOIN outbox_signingsecret s ON s.destination_id = d.id AND (s.expires_at IS NULL OR s.expires_at > k.b)
    WHERE d.id = k.a ORDER BY d.id, s.created_at DESC, s.id DESC"""
_DETAILS = """
    SELECT m.id, w.word, m.argument, m.is_test FROM {keys} CROSS JOIN inbox_message m
    LEFT JOIN keywords_keyword w ON w.id = m.keyword_id WHERE m.id = k.a"""


class EndpointRow(NamedTuple):
    """A destination, with the secrets in force, the newest first."""

    kind: str
    body: str
    headers: Mapping[str, Any]
    batch_limit: int
    takes_replies: bool
    secrets: tuple[str, ...]


class DetailRow(NamedTuple):
    """What a webhook says of a message besides its text."""

    keyword: str | None
    argument: str
    is_test: bool


def load_endpoints(con: Connection, destination_ids: Iterable[int], now: datetime) -> dict[int, EndpointRow]:
    """Return destinations by their ids."""
    found: dict[int, EndpointRow] = {}
    keys = [(key,) for key in dict.fromkeys(destination_ids)]
    for key, kind, body, headers, limit, takes_replies, secret in con.rows_for(
        _ENDPOINTS, (BIGINT, TIMESTAMP), [(*key, con.dialect.timestamp(now)) for key in keys]
    ):
        known = found.get(key)
        secrets = (*(known.secrets if known else ()), *((secret,) if secret else ()))
        read = json.loads(headers) if isinstance(headers, str) else headers
        found[key] = EndpointRow(kind, body, read if isinstance(read, dict) else {}, limit, bool(takes_replies), secrets)
    return found


def load_details(con: Connection, message_ids: Iterable[int]) -> dict[int, DetailRow]:
    """Return what webhooks say of messages, by their ids."""
    keys = [(key,) for key in dict.fromkeys(message_ids)]
    return {key: DetailRow(word, argument, bool(is_test)) for key, word, argument, is_test in con.rows_for(_DETAILS, (BIGINT,), keys)}
