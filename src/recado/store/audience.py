"""Loading whom a campaign goes to, and what is known about some of them.

What belongs here: these reads, for an estimate in the panel and for preparing alike. What does not: the choice (`core.audience`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from recado.core.audience import Audience, Barred, choose
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TEXT

_MEMBERS = """SELECT m.group_id, c.msisdn
    FROM campaigns_campaigngroup g
    JOIN contacts_groupmembership m ON m.group_id = g.group_id
    JOIN contacts_contact c ON c.id = m.contact_id
    WHERE g.campaign_id = ? AND g.is_excluded = ? AND c.account_id = ? AND (m.ends_at IS NULL OR m.ends_at > ?)"""
_ENTRIES = """SELECT e.id, COALESCE(c.msisdn, e.msisdn)
    FROM campaigns_campaignentry e LEFT JOIN contacts_contact c ON c.id = e.contact_id AND c.account_id = ?
    WHERE e.campaign_id = ? ORDER BY e.id"""
_OPT_OUTS = """SELECT o.msisdn, o.scope, o.target_id FROM contacts_optout o
    WHERE o.account_id = ? AND o.lifted_at IS NULL AND o.scope IN ('account', 'number', 'group')"""
_BLOCKED = "SELECT b.msisdn FROM contacts_blockedsender b WHERE b.account_id = ?"
_IN_SURVEY = """SELECT x.msisdn
    FROM campaigns_campaign c
    JOIN surveys_survey s ON s.id = c.survey_id
    JOIN surveys_session x ON x.survey_id = s.id AND x.is_test = c.is_test
    WHERE c.id = ? AND (s.counting = 'first' OR x.state = 'open') AND (x.campaign_id IS NULL OR x.campaign_id <> c.id)"""
_OURS = "SELECT n.digits FROM numbers_number n"
_NAMES = """SELECT c.msisdn, c.first_name, c.last_name
    FROM {keys} CROSS JOIN contacts_contact c WHERE c.account_id = ? AND c.msisdn = k.a"""
_OWN = """SELECT e.id, e.text, e.unique_id, e."values"
    FROM {keys} CROSS JOIN campaigns_campaignentry e WHERE e.id = k.a"""


class Entry(NamedTuple):
    """What a single person of a campaign brings along."""

    text: str
    """Their own text; empty: the campaign's."""
    unique_id: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Who gets a campaign, and the entries of those who are single people of it."""

    audience: Audience
    entry_ids: Mapping[int, int]
    """By phone; the first where somebody was added several times."""


def load_audience(con: Connection, campaign_id: int, account_id: int, number_ids: Sequence[int], now: datetime) -> Loaded:
    """Choose who gets a campaign now; `number_ids` are those it is sent from."""
    moment = con.dialect.timestamp(now)
    barred = _barred(con, campaign_id, account_id, frozenset(number_ids), moment)
    entry_ids: dict[int, int] = {}

    def ways() -> Iterator[tuple[int | None, str]]:
        yield from con.rows(_MEMBERS, (campaign_id, False, account_id, moment))
        for entry_id, msisdn in con.rows(_ENTRIES, (account_id, campaign_id)):
            if msisdn.isdecimal():
                entry_ids.setdefault(int(msisdn), entry_id)
            yield None, msisdn

    return Loaded(choose(ways(), barred), entry_ids)


def load_names(con: Connection, account_id: int, msisdns: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return first and last names of those who are contacts."""
    found = con.rows_for(_NAMES, (TEXT,), [(msisdn,) for msisdn in msisdns], after=(account_id,))
    return {msisdn: (first, last) for msisdn, first, last in found}


def load_entries(con: Connection, entry_ids: Sequence[int]) -> dict[int, Entry]:
    """Return what single people bring along, by the entry's id."""
    found = con.rows_for(_OWN, (BIGINT,), [(entry_id,) for entry_id in entry_ids])
    return {entry_id: Entry(text, unique_id, _values(values)) for entry_id, text, unique_id, values in found}


def _barred(con: Connection, campaign_id: int, account_id: int, number_ids: frozenset[int], moment: Any) -> Barred:
    everywhere, of_group = set(), set()
    for msisdn, scope, target_id in con.rows(_OPT_OUTS, (account_id,)):
        if scope == "group":
            of_group.add((target_id, msisdn))
        elif scope == "account" or target_id in number_ids:
            everywhere.add(msisdn)
    return Barred(
        opted_out=everywhere,
        opted_out_of_group=of_group,
        excluded={msisdn for _group, msisdn in con.rows(_MEMBERS, (campaign_id, True, account_id, moment))}
        | {msisdn for (msisdn,) in con.rows(_IN_SURVEY, (campaign_id,))},
        blocked={msisdn for (msisdn,) in con.rows(_BLOCKED, (account_id,))},
        ours={digits for (digits,) in con.rows(_OURS)},
    )


def _values(stored: Any) -> Mapping[str, str]:
    """Read a JSON column, which one database gives as text and the other as it is."""
    values: Mapping[str, str] = json.loads(stored) if isinstance(stored, str) else stored
    return values
