"""What is stored about contests, read for a group of messages: one query for each question, for all phones at once.

What belongs here: queries. What does not: what is made of them (`contests`), what the panel asks (`apps.contests`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from recado.core.contest import Contest, EntryRule, answers_in
from recado.core.contest_state import Phone, Tally, Waiting
from recado.core.contest_texts import ContestText
from recado.store.dialect import POSTGRESQL, Connection, Row
from recado.store.insert import BIGINT, BOOLEAN, TEXT, TIMESTAMP

Key: TypeAlias = tuple[int, str, bool]
"""Contest, MSISDN, whether simulated."""
EARLIER_WINS_WITHIN: Final = timedelta(days=365)
_TEXTS: Final = tuple(one for one in ContestText if one not in {ContestText.BIRTHDAY, ContestText.EMPTY})
_CONTESTS: Final = f"""SELECT c.id, c.account_id, c.name, c.opens_at, c.closes_at, c.closed_at, c.entry_rule, c.correct_answers, c.every,
    c.win_cap, c.win_cap_per_day, c.limit_per_day, c.limit_total, c.min_age, c.excludes_earlier_winners, c.excluded_group_id,
    c.instant_seed, a.language, a.time_zone, {", ".join(f"c.{one.value}_text" for one in _TEXTS)}
    FROM {{keys}} CROSS JOIN contests_contest c JOIN accounts_account a ON a.id = c.account_id WHERE c.id = k.a ORDER BY c.id"""  # noqa: S608  # names are ours
_LOCKED: Final = f"{_CONTESTS} FOR NO KEY UPDATE OF c"
"""Other writers wait; entries written meanwhile by nobody but us still find their contest."""
_IS_ASKED: Final = "SELECT 1 FROM contests_entry WHERE state = 'pending' LIMIT 1"
_ASKED: Final = """SELECT e.contest_id, e.msisdn, e.is_test, e.number_id FROM {keys} CROSS JOIN contests_entry e
    WHERE e.number_id = k.a AND e.msisdn = k.b AND e.state = 'pending'"""
_WAITING: Final = """SELECT e.contest_id, e.msisdn, e.is_test, e.id, e.day, e.age_asked_at, e.entered_at, e.number_id
    FROM {keys} CROSS JOIN contests_entry e
    WHERE e.contest_id = k.a AND e.msisdn = k.b AND e.is_test = k.c AND e.state = 'pending'"""
_PHONES: Final = """SELECT k.a, k.b, k.c,
    (SELECT MAX(e.ordinal) FROM contests_entry e
        WHERE e.contest_id = k.a AND e.msisdn = k.b AND e.is_test = k.c AND e.ordinal IS NOT NULL),
    (SELECT MAX(e.day_ordinal) FROM contests_entry e
        WHERE e.contest_id = k.a AND e.msisdn = k.b AND e.is_test = k.c AND e.day = k.d AND e.day_ordinal IS NOT NULL)
    FROM {keys}"""
_AGES: Final = """SELECT DISTINCT e.contest_id, e.msisdn, e.is_test, e.state FROM {keys} CROSS JOIN contests_entry e
    WHERE e.contest_id = k.a AND e.msisdn = k.b AND e.is_test = k.c AND e.age_asked_at IS NOT NULL
        AND (e.state IN ('accepted', 'disqualified') OR e.reason = 'under_age')"""
_MEMBERS: Final = """SELECT k.a, k.b FROM {keys} CROSS JOIN contacts_contact c CROSS JOIN contacts_groupmembership m
    WHERE m.group_id = k.a AND m.contact_id = c.id AND c.msisdn = k.b AND (m.ends_at IS NULL OR m.ends_at > k.c)
        AND c.account_id = (SELECT g.account_id FROM contacts_group g WHERE g.id = k.a)"""
_WINNERS: Final = """SELECT k.a, k.b FROM {keys} WHERE EXISTS (SELECT 1 FROM contests_win w
    WHERE w.account_id = k.a AND w.msisdn = k.b AND w.won_at > k.c AND NOT w.is_void AND NOT w.is_reserve)"""
_SEQUENCES: Final = """SELECT k.a, k.b, (SELECT MAX(e.sequence) FROM contests_entry e
    WHERE e.contest_id = k.a AND e.is_test = k.b AND e.sequence IS NOT NULL) FROM {keys}"""
_WINS: Final = """SELECT k.a, k.b, COUNT(*) FROM {keys} CROSS JOIN contests_entry e
    WHERE e.contest_id = k.a AND e.is_test = k.b AND e.is_winner GROUP BY k.a, k.b"""
_WINS_ON: Final = """SELECT k.a, k.b, k.c, COUNT(*) FROM {keys} CROSS JOIN contests_entry e
    WHERE e.contest_id = k.a AND e.day = k.b AND e.is_test = k.c AND e.is_winner GROUP BY k.a, k.b, k.c"""
_DRAWN: Final = """SELECT k.a FROM {keys} WHERE EXISTS (
    SELECT 1 FROM contests_draw d WHERE d.contest_id = k.b AND (d.day = '' OR d.day = k.c))"""


def asked_for_age(con: Connection, phones: Iterable[tuple[int, str, bool]]) -> set[Key]:
    """Return who of the phones was asked for their age from the number they write to, and in which contest; mostly nobody was at all."""
    if con.row(_IS_ASKED) is None:
        return set()
    asked = set(phones)
    rows = con.rows_for(_ASKED, (BIGINT, TEXT), sorted({(number_id, msisdn) for number_id, msisdn, _ in asked}))
    found = [(contest_id, msisdn, bool(is_test), number_id) for contest_id, msisdn, is_test, number_id in rows]
    return {(contest_id, msisdn, is_test) for contest_id, msisdn, is_test, number_id in found if (number_id, msisdn, is_test) in asked}


def load(con: Connection, ids: Sequence[int], now: datetime) -> tuple[dict[int, Contest], dict[int, str]]:
    """Lock and return contests, and what day it is for each; outside of a transaction, for a dry run, nothing is locked."""
    locks = con.dialect is POSTGRESQL and con.dialect.in_transaction(con.raw)
    rows = con.rows_for(_LOCKED if locks else _CONTESTS, (BIGINT,), [(key,) for key in ids])
    return {row[0]: _contest(con, row) for row in rows}, {row[0]: now.astimezone(ZoneInfo(row[18])).date().isoformat() for row in rows}


def _contest(con: Connection, row: Row) -> Contest:
    key, account_id, name, opens_at, closes_at, closed_at, rule, answers, every, cap, cap_per_day, per_day, total, *rest = row
    min_age, excludes_winners, group_id, seed, language, _, *texts = rest
    moment = con.dialect.moment
    return Contest(
        key,
        account_id,
        name,
        moment(opens_at),
        min(moment(closes_at), moment(closed_at)) if closed_at is not None else moment(closes_at),
        EntryRule(rule),
        language,
        answers_in(answers),
        every or 0,
        cap,
        cap_per_day,
        per_day,
        total,
        min_age or 0,
        bool(excludes_winners),
        group_id,
        bytes.fromhex(seed),
        {which: text for which, text in zip(_TEXTS, texts, strict=True) if text.strip()},
    )


def load_waiting(con: Connection, keys: Sequence[Key]) -> dict[Key, tuple[Waiting, int]]:
    """Return who was asked for their age and has not answered, and from which number."""
    found: dict[Key, tuple[Waiting, int]] = {}
    for contest_id, msisdn, is_test, entry_id, day, asked_at, entered_at, number_id in con.rows_for(
        _WAITING, (BIGINT, TEXT, BOOLEAN), keys
    ):
        moment = con.dialect.moment(asked_at if asked_at is not None else entered_at)
        found[contest_id, msisdn, bool(is_test)] = Waiting(entry_id, day, moment), number_id or 0
    return found


def load_phones(
    con: Connection,
    contests: Mapping[int, Contest],
    keys: Sequence[Key],
    today: Mapping[int, str],
    waiting: Mapping[Key, tuple[Waiting, int]],
    now: datetime,
) -> dict[Key, Phone]:
    """Return what is known about each phone in each contest."""
    rows = con.rows_for(_PHONES, (BIGINT, TEXT, BOOLEAN, TEXT), [(*key, today[key[0]]) for key in keys])
    counts = {(contest_id, msisdn, bool(is_test)): (total or 0, per_day or 0) for contest_id, msisdn, is_test, total, per_day in rows}
    excluded, winners, of_age, too_young = _standing(con, contests, keys, now)
    return {
        key: Phone(
            *counts[key], key in excluded, key in winners, key in of_age, key in too_young, waiting[key][0] if key in waiting else None
        )
        for key in keys
    }


def _standing(
    con: Connection, contests: Mapping[int, Contest], keys: Sequence[Key], now: datetime
) -> tuple[set[Key], set[Key], set[Key], set[Key]]:
    """Return who is in the group that may not take part, who won lately, who is of age, who is too young; asked only where it matters."""
    stamp = con.dialect.timestamp
    ages = con.rows_for(_AGES, (BIGINT, TEXT, BOOLEAN), [key for key in keys if contests[key[0]].min_age])
    groups = {(contests[key[0]].excluded_group_id, key[1]) for key in keys if contests[key[0]].excluded_group_id is not None}
    at = stamp(now)
    members = {tuple(row) for row in con.rows_for(_MEMBERS, (BIGINT, TEXT, TIMESTAMP), [(*one, at) for one in groups])}
    people = {(contests[key[0]].account_id, key[1]) for key in keys if contests[key[0]].excludes_earlier_winners}
    since = stamp(now - EARLIER_WINS_WITHIN)
    winners = {tuple(row) for row in con.rows_for(_WINNERS, (BIGINT, TEXT, TIMESTAMP), [(*one, since) for one in people])}
    return (
        {key for key in keys if (contests[key[0]].excluded_group_id, key[1]) in members},
        {key for key in keys if (contests[key[0]].account_id, key[1]) in winners},
        {(row[0], row[1], bool(row[2])) for row in ages if row[3] != "refused"},
        {(row[0], row[1], bool(row[2])) for row in ages if row[3] == "refused"},
    )


def load_tallies(
    con: Connection, contests: Mapping[int, Contest], wanted: Collection[tuple[int, bool]], days: Mapping[int, Collection[str]]
) -> dict[tuple[int, bool], Tally]:
    """Return how far contests have come, real ones and trials by simulated phones apart."""
    keys = sorted(wanted)
    counting = [key for key in keys if contests[key[0]].counts_wins]
    daily = [(key, day, is_test) for key, is_test in counting for day in sorted(days[key]) if contests[key].win_cap_per_day is not None]
    wins = {(key, bool(is_test)): count for key, is_test, count in con.rows_for(_WINS, (BIGINT, BOOLEAN), counting)}
    wins_on: dict[tuple[int, bool], dict[str, int]] = {}
    for key, day, is_test, count in con.rows_for(_WINS_ON, (BIGINT, TEXT, BOOLEAN), daily):
        wins_on.setdefault((key, bool(is_test)), {})[day] = count
    return {
        (key, bool(is_test)): Tally(last or 0, wins.get((key, bool(is_test)), 0), wins_on.get((key, bool(is_test)), {}))
        for key, is_test, last in con.rows_for(_SEQUENCES, (BIGINT, BOOLEAN), keys)
    }


def load_drawn(con: Connection, entries: Mapping[int, tuple[int, str]]) -> frozenset[int]:
    """Return which entries, with their contest and day, belong into a list that is frozen already."""
    rows = con.rows_for(_DRAWN, (BIGINT, BIGINT, TEXT), [(key, *place) for key, place in sorted(entries.items())])
    return frozenset(row[0] for row in rows)
