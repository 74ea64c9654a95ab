"""Queries on what the statistics keep counted: keys that are a subject and an hour or day in one number (`apps.statistics.packing`).

What belongs here: what needs a join on such keys, and where there is something to count. What does not: anything about what is counted.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from recado.store.dialect import Connection, Row

WHEN: Final = 1 << 24
"""Hours and days are smaller."""
_LOG = ("inbox_message", "outbox_outboundmessage", "contacts_consentrecord")
_NEWS = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} l WHERE l.account_id = b.account_id AND l.id >= b.counted_to AND l.id < ?)"  # noqa: S608  # from above
    for table in _LOG
)
_UNSETTLED = """EXISTS (SELECT 1 FROM outbox_outboundmessage l
    WHERE l.account_id = b.account_id AND l.id >= b.settled_to AND l.id < ?)"""
_BOOKS = f"SELECT b.id FROM statistics_book b WHERE b.state <> 'old' AND ({_NEWS} OR {_UNSETTLED}) ORDER BY b.id"  # noqa: S608  # ours
_WITHOUT_BOOK = (
    "SELECT a.id FROM accounts_account a WHERE NOT EXISTS (SELECT 1 FROM statistics_book b WHERE b.account_id = a.id) AND ("  # noqa: S608
    + " OR ".join(f"EXISTS (SELECT 1 FROM {table} l WHERE l.account_id = a.id AND l.id < ?)" for table in _LOG)  # noqa: S608
    + ") ORDER BY a.id"
)
_SUMS = f"""SELECT s.id, s.target_id, s.number_id, s.name, SUM(d.received), SUM(d.new_contacts), SUM(d.replies), SUM(d.opt_outs)
    FROM statistics_subject s JOIN statistics_daytally d ON d.id >= s.id * {WHEN} + ? AND d.id <= s.id * {WHEN} + ?
    WHERE s.book_id = ? AND s.kind = ? AND s.group_id = ? GROUP BY s.id, s.target_id, s.number_id, s.name"""  # noqa: S608  # a number of ours
_SEEN = f"""SELECT s.id, (SELECT p.id FROM statistics_peopleday p
        WHERE p.id >= s.id * {WHEN} + ? AND p.id <= s.id * {WHEN} + ? ORDER BY p.id DESC LIMIT 1)
    FROM statistics_subject s WHERE s.book_id = ? AND s.kind = ? AND s.group_id = 0"""  # noqa: S608  # a number of ours
_GAPS = f"""SELECT p.id, p.gaps FROM statistics_subject s
    JOIN statistics_grouppeopleday p ON p.id >= s.id * {WHEN} + ? AND p.id <= s.id * {WHEN} + ?
    WHERE s.book_id = ? AND s.kind = ? AND s.group_id = ?"""  # noqa: S608  # a number of ours
_GROUP_SUMS = f"""SELECT s.group_id, SUM(d.received), SUM(d.joined), SUM(d."left")
    FROM statistics_subject s JOIN statistics_daytally d ON d.id >= s.id * {WHEN} + ? AND d.id <= s.id * {WHEN} + ?
    WHERE s.book_id = ? AND s.kind = 'account' AND s.group_id > 0 GROUP BY s.group_id"""  # noqa: S608  # same
_STAMPS = "SELECT m.group_id, COUNT(*), MAX(m.id) FROM contacts_groupmembership m GROUP BY m.group_id"


_PERSONS = """SELECT p.phone, p.id, p.operator, p.history, p.waiting_since, p.waiting_place
    FROM {keys} JOIN statistics_person p ON p.book_id = k.a AND p.phone = k.b"""
_IDS = "SELECT p.phone, p.id FROM {keys} JOIN statistics_person p ON p.book_id = k.a AND p.phone = k.b"
_GROUPS = "SELECT g.person_id, g.id FROM {keys} JOIN statistics_groupperson g ON g.person_id = k.a"
_MEMBERSHIPS = """SELECT c.msisdn, m.group_id FROM {keys} JOIN contacts_contact c ON c.account_id = k.a AND c.msisdn = k.b
    JOIN contacts_groupmembership m ON m.contact_id = c.id"""

_MEMBERS = """SELECT p.id FROM contacts_groupmembership m JOIN contacts_contact c ON c.id = m.contact_id
    JOIN statistics_person p ON p.book_id = ? AND p.phone = c.msisdn WHERE m.group_id = ?"""
_SEEN_BEFORE = """SELECT p.id, p.seen FROM {keys} JOIN statistics_peopleday p ON p.id = (SELECT q.id FROM statistics_peopleday q
    WHERE q.id >= k.a AND q.id <= k.b ORDER BY q.id DESC LIMIT 1)"""
_KEYWORDS = "SELECT m.id, m.keyword_id FROM {keys} JOIN inbox_message m ON m.id = k.a WHERE m.keyword_id IS NOT NULL"

_FATES = """SELECT o.state, o.reason, COUNT(*), SUM(o.segment_count) FROM outbox_outboundmessage o
    WHERE o.account_id = ? AND o.is_test = FALSE AND o.id >= ? AND o.id < ?"""
_FATES_LATE = f"{_FATES} AND o.id IN (SELECT u.message_id FROM statistics_unsettledmessage u WHERE u.book_id = ?)"  # noqa: S608  # ours
_ON_NUMBER = " AND o.number_id = ?"
_FOR_KEYWORD = " AND EXISTS (SELECT 1 FROM inbox_message m WHERE m.id = o.in_reply_to_id AND m.keyword_id = ?)"
_TO_GROUP = """ AND EXISTS (SELECT 1 FROM contacts_contact c JOIN contacts_groupmembership g ON g.contact_id = c.id AND g.group_id = ?
    WHERE c.account_id = o.account_id AND c.msisdn = o.recipient)"""


class Sums(NamedTuple):
    """What a subject comes to over some days."""

    subject: int
    target_id: int
    number_id: int | None
    name: str
    received: int
    new_contacts: int
    replies: int
    opt_outs: int


def books_with_news(con: Connection, horizon: int, settling: int) -> list[int]:
    """Return the books whose accounts have something in the log before `horizon` that is not counted, or before `settling` not settled."""
    return [row[0] for row in con.rows(_BOOKS, (horizon,) * len(_LOG) + (settling,))]


def accounts_without_book(con: Connection, horizon: int) -> list[int]:
    """Return the accounts with something in the log before `horizon` that were never counted."""
    return [row[0] for row in con.rows(_WITHOUT_BOOK, (horizon,) * len(_LOG))]


def sums(con: Connection, book: int, kind: str, group: int, first: int, last: int) -> list[Sums]:
    """Add up the days of all subjects of a kind, of everybody or within a group, those that have any."""
    return [Sums(*row[:4], *map(int, row[4:])) for row in con.rows(_SUMS, (first, last, book, kind, group))]


def group_sums(con: Connection, book: int, first: int, last: int) -> dict[int, tuple[int, int, int]]:
    """Return for each group how many messages came from its people, how many joined and how many left."""
    return {group: (int(received), int(joined), int(left)) for group, received, joined, left in con.rows(_GROUP_SUMS, (first, last, book))}


def gaps(con: Connection, book: int, kind: str, group: int, first: int, last: int) -> list[tuple[int, bytes]]:
    """Return the people of a group who came, by subject and day."""
    return [(key, bytes(stored)) for key, stored in con.rows(_GAPS, (first, last, book, kind, group))]


def latest_seen(con: Connection, book: int, kind: str, first: int, last: int) -> list[int]:
    """Return for all subjects of a kind the key of the last day in a period on which anybody was seen; not within groups."""
    return [row[1] for row in con.rows(_SEEN, (first, last, book, kind)) if row[1] is not None]


def group_stamps(con: Connection) -> dict[int, str]:
    """Return for each group how many members it has and the latest of them: another member changes one of the two."""
    return {group: f"{count}:{latest}" for group, count, latest in con.rows(_STAMPS)}


def persons_of(con: Connection, book: int, phones: Iterable[str]) -> list[Row]:
    """Return phone, id, operator, history, since when and where they wait of the persons of a book with these phones."""
    return con.rows_for(_PERSONS, ("bigint", "text"), [(book, phone) for phone in phones])


def person_ids(con: Connection, book: int, phones: Iterable[str]) -> dict[str, int]:
    """Return the ids of the persons of a book with these phones."""
    return dict(con.rows_for(_IDS, ("bigint", "text"), [(book, phone) for phone in phones]))


def groups_of_persons(con: Connection, ids: Iterable[int]) -> list[Row]:
    """Return person and key of everybody who is counted in a group."""
    return con.rows_for(_GROUPS, ("bigint",), [(pk,) for pk in ids])


def memberships_of(con: Connection, account: int, phones: Iterable[str]) -> list[Row]:
    """Return phone and group of everybody with these phones who is in a group."""
    return con.rows_for(_MEMBERSHIPS, ("bigint", "text"), [(account, phone) for phone in phones])


def members_of(con: Connection, book: int, group: int) -> set[int]:
    """Return the persons of a book who are in a group."""
    return {row[0] for row in con.rows(_MEMBERS, (book, group))}


def seen_before(con: Connection, spans: Iterable[Row]) -> list[Row]:
    """Return the key and value of the last day in each span of keys on which anybody was seen."""
    return con.rows_for(_SEEN_BEFORE, ("bigint", "bigint"), list(spans))


def keywords_of_messages(con: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Return the keywords of messages."""
    return dict(con.rows_for(_KEYWORDS, ("bigint",), [(pk,) for pk in ids]))


def fates(con: Connection, account: int, span: tuple[int, int], late_of: int | None, *about: int | None) -> list[Row]:
    """Count outgoing messages with ids from one up to another by state and reason, with their segments.

    `late_of`: only those that a book has noted as unsettled. `about`: ids of a number, a keyword and a group; None where none is meant.
    """
    sql, parameters = (_FATES, [account, *span]) if late_of is None else (_FATES_LATE, [account, *span, late_of])
    for wanted, condition in zip(about, (_ON_NUMBER, _FOR_KEYWORD, _TO_GROUP), strict=True):
        if wanted is not None:
            sql += condition
            parameters.append(wanted)
    return con.rows(f"{sql} GROUP BY o.state, o.reason", parameters)
