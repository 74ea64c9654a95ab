"""Writing single people of a campaign, thousands of a file at once.

What belongs here: this one statement. What does not: reading files and numbers (`apps.campaigns.entries`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from recado.store.dialect import Connection
from recado.store.insert import TEXT

_ADD = """INSERT INTO campaigns_campaignentry (campaign_id, contact_id, msisdn, text, unique_id, "values")
    SELECT ?, NULL, k.a, k.b, k.c, k.d FROM {keys} RETURNING id"""


class NewEntry(NamedTuple):
    """One person of a file."""

    msisdn: str
    text: str
    unique_id: str
    values: Mapping[str, str]


def add_entries(con: Connection, campaign_id: int, entries: Sequence[NewEntry]) -> None:
    """Write people behind those the campaign has already."""
    rows = [(one.msisdn, one.text, one.unique_id, json.dumps(one.values, ensure_ascii=False)) for one in entries]
    con.rows_for(_ADD, (TEXT, TEXT, TEXT, "jsonb"), rows, before=(campaign_id,))
