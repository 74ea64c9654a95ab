"""Reads the whole configuration that decisions need and has it compiled into `Routes`.

What the rows mean and in which order they count belongs to `core.compiling`; when to load again belongs to `gateway.routes_cache`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.condition import ALWAYS, Condition, Days, Occasion
from recado.core.number import NumberKind, NumberState
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.store.dialect import Connection
from recado.store.plans import load_overrides
from recado.store.profiles import load_profiles

_NUMBERS = "SELECT id, digits, kind, state, account_id, connection_id FROM numbers_number ORDER BY id"
_KEYWORDS = """SELECT id, number_id, account_id, word, kind, also_when_text_follows, state, starts_at, ends_at
    FROM keywords_keyword ORDER BY id"""
_SYNONYMS = "SELECT keyword_id, word FROM keywords_spelling WHERE NOT is_main ORDER BY id"
_RULES = """SELECT id, number_id, account_id, keyword_id, priority, is_enabled, starts_at, ends_at,
    weekdays, from_time, until_time, days, in_group_id, not_in_group_id, occasion, sender_prefixes
    FROM keywords_rule ORDER BY id"""
_ACTIONS = """SELECT a.rule_id, a.kind, a.position, a.group_id, COALESCE(g.name, ''), a.destination_id, COALESCE(d.name, ''), a.text,
        a.until
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
        synonyms: dict[int, tuple[str, ...]] = {}
        for keyword_id, word in con.rows(_SYNONYMS):
            synonyms[keyword_id] = (*synonyms.get(keyword_id, ()), word)
        routes = compile_routes(
            routing_version(con),
            [
                NumberRow(key, digits, NumberKind(kind), NumberState(state), account_id, connection_id)
                for key, digits, kind, state, account_id, connection_id in con.rows(_NUMBERS)
            ],
            [_keyword(con, synonyms, *row) for row in con.rows(_KEYWORDS)],
            [_rule(con, *row) for row in con.rows(_RULES)],
            [_action(con, *row) for row in con.rows(_ACTIONS)],
            load_overrides(con),
        )
        return replace(routes, profiles=load_profiles(con))


def _moment(con: Connection, stored: Any) -> datetime | None:
    return None if stored is None else con.dialect.moment(stored)


def _keyword(con: Connection, synonyms: Mapping[int, tuple[str, ...]], *row: Any) -> KeywordRow:
    key, number, account, word, kind, follows, state, starts, ends = row
    period = _moment(con, starts), _moment(con, ends)
    return KeywordRow(key, number, account, word, MatchKind(kind), bool(follows), KeywordState(state), *period, synonyms.get(key, ()))


def _rule(con: Connection, *row: Any) -> RuleRow:
    key, number, account, keyword, priority, enabled, starts, ends, *restrictions = row
    period = _moment(con, starts), _moment(con, ends)
    return RuleRow(key, number, account, keyword, priority, bool(enabled), *period, _condition(*restrictions))


def _condition(
    weekdays: str, from_time: Any, until_time: Any, days: str, in_group: int | None, not_in_group: int | None, occasion: str, prefixes: str
) -> Condition:
    hours = _time(from_time), _time(until_time)
    found = Condition(
        frozenset(map(int, weekdays)), *hours, Days(days), in_group, not_in_group, Occasion(occasion), tuple(prefixes.split())
    )
    return found if found.narrowness else ALWAYS


def _action(con: Connection, *row: Any) -> ActionRow:
    rule, kind, position, group, group_name, destination, destination_name, text, until = row
    return ActionRow(rule, kind, position, group, group_name, destination, destination_name, text, _moment(con, until))


def _time(stored: Any) -> time | None:
    """Return a stored time of day, which SQLite keeps as text."""
    return time.fromisoformat(stored) if isinstance(stored, str) else stored
