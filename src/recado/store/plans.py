"""Reads which cells of the capability table differ for which accounts, for the snapshot of the configuration.

What belongs here: one query. What does not: what the cells mean (`core.plan`), compiling (`core.compiling`).
"""

import json
from collections.abc import Mapping
from typing import Any

from recado.core.plan import Overrides, read_overrides
from recado.store.dialect import Connection

_PLANS = """SELECT a.id, p.overrides FROM accounts_account a
    JOIN plans_plan p ON p.id = COALESCE(a.plan_id, (SELECT MIN(d.id) FROM plans_plan d WHERE d.is_default))"""


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


def _parsed(text: str) -> Any:
    return json.loads(text)
