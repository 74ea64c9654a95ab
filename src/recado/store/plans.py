"""Reads what the plans of accounts say, for the snapshot of the configuration: differing cells of the capability table, and prices.

What belongs here: two queries. What does not: what the cells mean (`core.plan`), what a message costs (`core.price`).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from recado.core.plan import Overrides, read_overrides
from recado.core.price import Service, read_prices
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TIMESTAMP

_OF_ACCOUNT = """FROM accounts_account a
    JOIN plans_plan p ON p.id = COALESCE(a.plan_id, (SELECT MIN(d.id) FROM plans_plan d WHERE d.is_default))"""
_PLANS = f"SELECT a.id, p.overrides {_OF_ACCOUNT}"  # written above
_PRICES_OF = """SELECT a.id, l.prices FROM {keys} CROSS JOIN accounts_account a
    JOIN plans_plan p ON p.id = COALESCE(a.plan_id, (SELECT MIN(d.id) FROM plans_plan d WHERE d.is_default))
    JOIN plans_pricelist l ON l.plan_id = p.id
        AND l.starts_at = (SELECT MAX(b.starts_at) FROM plans_pricelist b WHERE b.plan_id = p.id AND b.starts_at <= k.b)
    WHERE a.id = k.a"""
_IN_FORCE = """JOIN plans_pricelist l ON l.plan_id = p.id
    AND l.starts_at = (SELECT MAX(b.starts_at) FROM plans_pricelist b WHERE b.plan_id = p.id AND b.starts_at <= ?)"""
_PRICES = f"SELECT a.id, l.prices {_OF_ACCOUNT} {_IN_FORCE}"  # written above


def load_overrides(con: Connection) -> Mapping[int, Overrides]:
    """Return what the plan of each account changes, by account id; accounts to which the table applies as it is are left out.

    Each plan is read once, however many accounts are on it. Raise PlanError for a plan that cannot be read.
    """
    read: dict[str, Overrides] = {}
    found: dict[int, Overrides] = {}
    for account_id, stored in con.rows(_PLANS):
        text = stored if isinstance(stored, str) else json.dumps(stored, sort_keys=True)
        if text not in read:
            read[text] = read_overrides(_parsed(text))
        if read[text]:
            found[account_id] = read[text]
    return found


def load_prices(con: Connection, now: datetime) -> Mapping[int, Mapping[Service, int]]:
    """Return what accounts pay for a segment by the list in force; accounts without a plan or a list are left out. Raise PriceError."""
    read: dict[str, Mapping[Service, int]] = {}
    found: dict[int, Mapping[Service, int]] = {}
    for account_id, stored in con.rows(_PRICES, (con.dialect.timestamp(now),)):
        text = stored if isinstance(stored, str) else json.dumps(stored, sort_keys=True)
        if text not in read:
            read[text] = read_prices(_parsed(text))
        found[account_id] = read[text]
    return found


def load_prices_of(con: Connection, account_ids: Iterable[int], now: datetime) -> Mapping[int, Mapping[Service, int]]:
    """Return what these accounts pay for a segment by the list in force; accounts without one are left out. Raise PriceError."""
    moment = con.dialect.timestamp(now)
    rows = con.rows_for(_PRICES_OF, (BIGINT, TIMESTAMP), [(key, moment) for key in sorted(set(account_ids))])
    return {key: read_prices(_parsed(stored) if isinstance(stored, str) else stored) for key, stored in rows}


def _parsed(text: str) -> Any:
    return json.loads(text)
