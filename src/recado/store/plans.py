"""Reads what the plans of accounts say, for the snapshot of the configuration: differing cells of the capability table, and prices.

What belongs here: two queries. What does not: what the cells mean (`core.plan`), what a message costs (`core.price`).
"""

import json
from collections.abc import Mapping
from typing import Any

from recado.core.plan import Overrides, read_overrides
from recado.core.price import Service, read_prices
from recado.store.dialect import Connection

_OF_ACCOUNT = """FROM accounts_account a
    JOIN plans_plan p ON p.id = COALESCE(a.plan_id, (SELECT MIN(d.id) FROM plans_plan d WHERE d.is_default))"""
_PLANS = f"SELECT a.id, p.overrides {_OF_ACCOUNT}"  # written above
_PRICES = f"SELECT a.id, p.prices {_OF_ACCOUNT}"  # written above


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


def load_prices(con: Connection) -> Mapping[int, Mapping[Service, int]]:
    """Return what accounts pay for a segment, by account id; accounts without a plan are left out. Raise PriceError."""
    read: dict[str, Mapping[Service, int]] = {}
    found: dict[int, Mapping[Service, int]] = {}
    for account_id, stored in con.rows(_PRICES):
        text = stored if isinstance(stored, str) else json.dumps(stored, sort_keys=True)
        if text not in read:
            read[text] = read_prices(_parsed(text))
        found[account_id] = read[text]
    return found


def _parsed(text: str) -> Any:
    return json.loads(text)
