"""Reads the whole configuration that decisions need and has it compiled into `Routes`.

What the rows mean and in which order they count belongs to `core.compiling`; when to load again belongs to `gateway.routes_cache`.
"""

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.number import NumberKind, NumberState
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.store.dialect import Connection

_NUMBERS = "SELECT id, digits, kind, state, account_id, connection_id FROM numbers_number ORDER BY id"
_KEYWORDS = """SELECT id, number_id, account_id, word, kind, also_when_text_follows, state, starts_at, ends_at
    FROM keywords_keyword ORDER BY id"""
_RULES = "SELECT id, number_id, account_id, keyword_id, priority, is_enabled, starts_at, ends_at FROM keywords_rule ORDER BY id"
_ZONES = "SELECT id, time_zone FROM accounts_account"
_ACTIONS = """SELECT a.rule_id, a.kind, a.position, a.group_id, COALESCE(g.name, ''), a.destination_id, COALESCE(d.name, ''), a.text
    FROM keywords_ruleaction a
    LEFT JOIN contacts_group g ON g.id = a.group_id
    LEFT JOIN outbox_destination d ON d.id = a.destination_id
    ORDER BY a.rule_id, a.position, a.id"""


def routing_version(con: Connection) -> int:
    """Return the counter that grows with every change of the configuration; 1 before the first."""
    row = con.row("SELECT MAX(version) FROM numbers_routingversion")
    return int(row[0] or 1) if row else 1


def load_routes(con: Connection) -> Routes:
    """Read and compile everything, as of one moment."""
    with con.reading():
        routes = compile_routes(
            routing_version(con),
            [
                NumberRow(key, digits, NumberKind(kind), NumberState(state), account_id, connection_id)
                for key, digits, kind, state, account_id, connection_id in con.rows(_NUMBERS)
            ],
            [_keyword(con, *row) for row in con.rows(_KEYWORDS)],
            [_rule(con, *row) for row in con.rows(_RULES)],
            [ActionRow(*row) for row in con.rows(_ACTIONS)],
        )
        return replace(routes, zones={account_id: _zone(name) for account_id, name in con.rows(_ZONES)})


def _zone(name: str) -> tzinfo:
    """Return a zone by name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _moment(con: Connection, stored: Any) -> datetime | None:
    return None if stored is None else con.dialect.moment(stored)


def _keyword(
    con: Connection, key: int, number: int, account: int, word: str, kind: str, follows: Any, state: str, starts: Any, ends: Any
) -> KeywordRow:
    return KeywordRow(
        key, number, account, word, MatchKind(kind), bool(follows), KeywordState(state), _moment(con, starts), _moment(con, ends)
    )


def _rule(
    con: Connection, key: int, number: int, account: int, keyword: int | None, priority: int, enabled: Any, starts: Any, ends: Any
) -> RuleRow:
    return RuleRow(key, number, account, keyword, priority, bool(enabled), _moment(con, starts), _moment(con, ends))
