"""Adding to what the statistics keep counted: one statement for each table, which adds to the rows that are there.

What belongs here: these declarations, and writing persons. What does not: what is counted (`apps.statistics`), queries (`tallies`).
"""

from collections.abc import Sequence

from recado.store.dialect import Connection, Row
from recado.store.insert import BIGINT, BYTES, INTEGER, TEXT, Insert


def _adding(table: str, key: str, columns: Sequence[str]) -> str:
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in columns)
    return f"ON CONFLICT ({key}) DO UPDATE SET {sums}"


_HOUR = ("received", "new_contacts", "replies", "opt_outs")
_DAY = (*_HOUR, "waits", "joined", '"left"')
HOURS = Insert("statistics_hourtally", {"id": BIGINT} | dict.fromkeys(_HOUR, INTEGER), {}, _adding("statistics_hourtally", "id", _HOUR))
DAYS = Insert("statistics_daytally", {"id": BIGINT} | dict.fromkeys(_DAY, INTEGER), {}, _adding("statistics_daytally", "id", _DAY))
SENT = Insert(
    "statistics_sentday",
    {"id": BIGINT, "messages": INTEGER, "segments": INTEGER},
    {},
    _adding("statistics_sentday", "id", ("messages", "segments")),
)
OPERATORS = Insert(
    "statistics_operatorday",
    {"place": BIGINT, "operator": TEXT, "received": INTEGER},
    {},
    _adding("statistics_operatorday", "place, operator", ("received",)),
)
ARGUMENTS = Insert(
    "statistics_argumentday",
    {"place": BIGINT, "argument": TEXT, "shown": TEXT, "received": INTEGER},
    {},
    _adding("statistics_argumentday", "place, argument", ("received",)),
)
SEEN = Insert("statistics_peopleday", {"id": BIGINT, "seen": BYTES}, {}, "ON CONFLICT (id) DO UPDATE SET seen = excluded.seen")
GAPS = Insert("statistics_grouppeopleday", {"id": BIGINT, "gaps": BYTES}, {}, "ON CONFLICT (id) DO UPDATE SET gaps = excluded.gaps")
PERSONS = Insert(
    "statistics_person",
    {
        "book_id": BIGINT,
        "phone": TEXT,
        "operator": TEXT,
        "history": BYTES,
        "sent": BYTES,
        "waiting_since": BIGINT,
        "waiting_place": BIGINT,
    },
)
GROUP_PERSONS = Insert("statistics_groupperson", {"id": BIGINT, "person_id": BIGINT})
_PERSON = "UPDATE statistics_person SET history = ?, waiting_since = ?, waiting_place = ? WHERE id = ?"
_PERSONS = """UPDATE statistics_person SET history = k.a, waiting_since = k.b, waiting_place = k.c
    FROM {keys} WHERE statistics_person.id = k.d"""
_SENT_TO = "UPDATE statistics_person SET sent = ? WHERE id = ?"
_SENT_TO_ALL = "UPDATE statistics_person SET sent = k.a FROM {keys} WHERE statistics_person.id = k.b"


def write_persons(con: Connection, rows: Sequence[Row]) -> None:
    """Write what persons did: history, since when and where they wait, and their ids."""
    con.update_each(_PERSON, _PERSONS, (BYTES, BIGINT, BIGINT, BIGINT), rows)


def write_sent(con: Connection, rows: Sequence[Row]) -> None:
    """Write what was sent to persons, and their ids."""
    con.update_each(_SENT_TO, _SENT_TO_ALL, (BYTES, BIGINT), rows)
