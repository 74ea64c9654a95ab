"""Reads the whole configuration that decisions need and has it compiled into `Routes`.

What the rows mean and in which order they count belongs to `core.compiling`; when to load again belongs to `gateway.routes_cache`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from recado.core.autoresponder import Autoresponder
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes, with_keyword
from recado.core.condition import ALWAYS, Condition, Days, Occasion, OfficeHours, Standing
from recado.core.number import NumberKind, NumberState
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.store.dialect import Connection
from recado.store.plans import load_overrides
from recado.store.profiles import load_profiles

_NUMBERS = "SELECT id, digits, kind, state, account_id, connection_id FROM numbers_number ORDER BY id"
_KEYWORDS = """SELECT id, number_id, account_id, word, kind, also_when_text_follows, state, starts_at, ends_at, asks_back
    FROM keywords_keyword"""
_SYNONYMS = "SELECT keyword_id, word FROM keywords_spelling WHERE NOT is_main"
_RULES = """SELECT id, number_id, account_id, keyword_id, priority, is_enabled, starts_at, ends_at,
    weekdays, from_time, until_time, days, in_group_id, not_in_group_id, occasion, sender_prefixes, office_hours, standing, daily_ceiling
    FROM keywords_rule"""
_ACTIONS = """SELECT a.rule_id, a.kind, a.position, a.group_id, COALESCE(g.name, ''), a.destination_id, COALESCE(d.name, ''), a.text,
        a.until, COALESCE(a.survey_id, a.contest_id, a.pool_id, a.board_id), COALESCE(s.name, c.name, p.name, b.name, ''), a.option_id
    FROM keywords_ruleaction a
    LEFT JOIN contacts_group g ON g.id = a.group_id
    LEFT JOIN outbox_destination d ON d.id = a.destination_id
    LEFT JOIN surveys_survey s ON s.id = a.survey_id
    LEFT JOIN contests_contest c ON c.id = a.contest_id
    LEFT JOIN codes_codepool p ON p.id = a.pool_id
    LEFT JOIN boards_board b ON b.id = a.board_id"""
_OF_RULE = "WHERE a.rule_id IN (SELECT id FROM keywords_rule WHERE keyword_id = ?)"
_AUTORESPONDERS = """SELECT id, account_id, name, text, number_id, keyword_id, starts_at, ends_at, once_minutes,
    weekdays, from_time, until_time, days, in_group_id, not_in_group_id, occasion, sender_prefixes, office_hours, standing, daily_ceiling
    FROM autoresponders_autoresponder WHERE is_enabled"""
_CHANGES = """SELECT version, number_id, keyword_id, account_id FROM numbers_routingchange
    WHERE version > ? AND version <= ? ORDER BY version, id"""

MOST_CHANGES = 200
"""With more changed at once, everything is read."""


def routing_version(con: Connection) -> int:
    """Return the counter that grows with every change of the configuration; 1 before the first."""
    row = con.row("SELECT MAX(version) FROM numbers_routingversion")
    return int(row[0] or 1) if row else 1


def load_routes(con: Connection, now: datetime | None = None) -> Routes:
    """Read and compile everything, as of one moment; prices are those of `now`, which without a word is the present."""
    with con.reading():
        routes = compile_routes(
            routing_version(con),
            [
                NumberRow(key, digits, NumberKind(kind), NumberState(state), account_id, connection_id)
                for key, digits, kind, state, account_id, connection_id in con.rows(_NUMBERS)
            ],
            _keywords(con),
            _rules(con),
            _actions(con),
            load_overrides(con),
        )
        profiles, answering = load_profiles(con, now or datetime.now(UTC)), load_autoresponders(con)
        return replace(routes, profiles=profiles, autoresponders=MappingProxyType(answering))


def load_changes(con: Connection, routes: Routes) -> Routes | None:
    """Bring routes up to date by reading those keywords and autoresponders alone that changed since; None where more changed.

    Reading everything takes seconds with 100,000 keywords, one of them milliseconds.
    """
    with con.reading():
        version = routing_version(con)
        changes = con.rows(_CHANGES, (routes.version, version))
        changed = dict.fromkeys((number_id, keyword_id) for _, number_id, keyword_id, account_id in changes if not account_id)
        accounts = dict.fromkeys(account_id for *_, account_id in changes if account_id)
        if len({row[0] for row in changes}) != version - routes.version or len(changed) + len(accounts) > MOST_CHANGES:
            return None
        numbers = {number.number_id: number for number in routes.numbers.values()}
        plans = load_overrides(con)
        for number_id, keyword_id in changed:
            if number_id not in numbers:
                return None
            keyword = next(iter(_keywords(con, keyword_id)), None)
            rows = _rules(con, keyword_id), _actions(con, keyword_id)
            numbers[number_id] = with_keyword(numbers[number_id], keyword_id, keyword, *rows, plans)
        answering = dict(routes.autoresponders)
        for account_id in accounts:
            answering.pop(account_id, None)
            answering |= load_autoresponders(con, account_id)
        return replace(
            routes,
            version=version,
            numbers=MappingProxyType({number.digits: number for number in numbers.values()}),
            autoresponders=MappingProxyType(answering),
        )


def load_autoresponders(con: Connection, account_id: int | None = None) -> dict[int, tuple[Autoresponder, ...]]:
    """Read the autoresponders that are switched on, of all accounts or of one, each account's in its order."""
    one, key = ("", ()) if account_id is None else (" AND account_id = ?", (account_id,))
    found: dict[int, list[Autoresponder]] = {}
    for row in con.rows(f"{_AUTORESPONDERS}{one} ORDER BY account_id, position, id", key):
        each = _autoresponder(con, *row)
        found.setdefault(each.account_id, []).append(each)
    return {account: tuple(some) for account, some in found.items()}


def _keywords(con: Connection, keyword_id: int | None = None) -> list[KeywordRow]:
    """Read all keywords, or one, with their other spellings."""
    only, key = ("", ()) if keyword_id is None else (" AND keyword_id = ?", (keyword_id,))
    synonyms: dict[int, tuple[str, ...]] = {}
    for whose, word in con.rows(f"{_SYNONYMS}{only} ORDER BY id", key):
        synonyms[whose] = (*synonyms.get(whose, ()), word)
    one = "" if keyword_id is None else "WHERE id = ?"
    return [_keyword(con, synonyms, *row) for row in con.rows(f"{_KEYWORDS} {one} ORDER BY id", key)]


def _rules(con: Connection, keyword_id: int | None = None) -> list[RuleRow]:
    one, key = ("", ()) if keyword_id is None else ("WHERE keyword_id = ?", (keyword_id,))
    return [_rule(con, *row) for row in con.rows(f"{_RULES} {one} ORDER BY id", key)]


def _actions(con: Connection, keyword_id: int | None = None) -> list[ActionRow]:
    one, key = ("", ()) if keyword_id is None else (_OF_RULE, (keyword_id,))
    return [_action(con, *row) for row in con.rows(f"{_ACTIONS} {one} ORDER BY a.rule_id, a.position, a.id", key)]


def _moment(con: Connection, stored: Any) -> datetime | None:
    return None if stored is None else con.dialect.moment(stored)


def _keyword(con: Connection, synonyms: Mapping[int, tuple[str, ...]], *row: Any) -> KeywordRow:
    key, number, account, word, kind, follows, state, starts, ends, asks_back = row
    period = _moment(con, starts), _moment(con, ends)
    other = synonyms.get(key, ())
    return KeywordRow(
        key, number, account, word, MatchKind(kind), bool(follows), KeywordState(state), *period, other, asks_back=bool(asks_back)
    )


def _rule(con: Connection, *row: Any) -> RuleRow:
    key, number, account, keyword, priority, enabled, starts, ends, *restrictions, ceiling = row
    period = _moment(con, starts), _moment(con, ends)
    return RuleRow(key, number, account, keyword, priority, bool(enabled), *period, _condition(*restrictions), ceiling)


def _autoresponder(con: Connection, *row: Any) -> Autoresponder:
    key, account, name, text, number, keyword, starts, ends, once_minutes, *restrictions, ceiling = row
    period = _moment(con, starts), _moment(con, ends)
    once = None if once_minutes is None else timedelta(minutes=once_minutes)
    return Autoresponder(key, account, name, text, number, keyword, _condition(*restrictions), *period, once, ceiling)


def _condition(
    weekdays: str,
    from_time: Any,
    until_time: Any,
    days: str,
    in_group: int | None,
    not_in_group: int | None,
    occasion: str,
    prefixes: str,
    office_hours: str,
    standing: str,
) -> Condition:
    found = Condition(
        frozenset(map(int, weekdays)),
        _time(from_time),
        _time(until_time),
        Days(days),
        in_group,
        not_in_group,
        Occasion(occasion),
        tuple(prefixes.split()),
        OfficeHours(office_hours),
        Standing(standing),
    )
    return found if found.narrowness else ALWAYS


def _action(con: Connection, *row: Any) -> ActionRow:
    rule, kind, position, group, group_name, destination, destination_name, text, until, *activity = row
    return ActionRow(rule, kind, position, group, group_name, destination, destination_name, text, _moment(con, until), *activity)


def _time(stored: Any) -> time | None:
    """Return a stored time of day, which SQLite keeps as text."""
    return time.fromisoformat(stored) if isinstance(stored, str) else stored
