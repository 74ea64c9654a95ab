"""Loads what a whole group of messages needs to know, one query per table: senders, groups, dialogues, parts, ids seen before.

Everything is read inside the transaction that writes the group. What follows from it is decided by `core`, written by `write`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from recado.core.action import Scope
from recado.core.message import Encoding
from recado.core.question import OPEN_FOR, Question
from recado.core.reassembly import KnownPart, PartKey
from recado.core.resting import ANSWERED_AGAIN_AFTER, REST_TEXTS
from recado.core.sender import Place, SenderState
from recado.store.activities import Activities
from recado.store.answered import Answered
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, INTEGER, SMALLINT, TEXT, TIMESTAMP

CONCERNED_WITHIN = timedelta(days=90)
"""How long after an account wrote to a phone from a shared number a plain STOP there concerns it (product.md §4)."""
SOLE_WRITER_WITHIN = timedelta(days=7)
"""How long after we wrote to a phone an unmatched message of theirs counts as the answer (product.md §2)."""

_CONTACTS = """SELECT c.account_id, c.msisdn, c.id FROM {keys} CROSS JOIN contacts_contact c
    WHERE c.account_id = k.a AND c.msisdn = k.b"""
_NAMES = "SELECT c.id, c.first_name, c.last_name FROM {keys} CROSS JOIN contacts_contact c WHERE c.id = k.a"
_MEMBERSHIPS = """SELECT m.contact_id, m.group_id, m.ends_at FROM {keys} CROSS JOIN contacts_groupmembership m
    WHERE m.group_id = k.a AND m.contact_id = k.b AND (m.ends_at IS NULL OR m.ends_at > k.c)"""
_USED = """SELECT k.a, k.b FROM {keys}
    WHERE EXISTS (SELECT 1 FROM inbox_message m WHERE m.dialogue_id = k.a AND m.keyword_id = k.b)"""
_GROUPS = "SELECT g.id FROM {keys} CROSS JOIN contacts_group g WHERE g.id = k.a"
_DIALOGUES = """SELECT d.account_id, d.number_id, d.msisdn, d.id FROM {keys} CROSS JOIN dialogues_dialogue d
    WHERE d.account_id = k.a AND d.number_id = k.b AND d.msisdn = k.c"""
_CARRIER_IDS = """SELECT m.connection_id, m.carrier_message_id, m.id FROM {keys} CROSS JOIN inbox_message m
    WHERE m.connection_id = k.a AND m.carrier_message_id = k.b"""
_PART_COLUMNS = "p.assembly_id, p.message_id, p.total, p.position, p.text, p.encoding, p.fingerprint, p.received_at, p.is_test"
_PARTS = f"""SELECT p.connection_id, p.sender, p.recipient, p.reference, p.width, p.total, {_PART_COLUMNS}
    FROM {{keys}} CROSS JOIN inbox_part p
    WHERE p.connection_id = k.a AND p.sender = k.b AND p.recipient = k.c AND p.reference = k.d AND p.width = k.e AND p.total = k.f
        AND p.received_at > k.g
    ORDER BY p.id"""  # noqa: S608  # columns are written above
_WAITING = """SELECT DISTINCT p.connection_id, p.sender, p.recipient, p.reference, p.width, p.total, p.assembly_id
    FROM inbox_part p WHERE p.message_id IS NULL AND p.received_at <= ? LIMIT 500"""
_IS_WAITING = "SELECT 1 FROM inbox_part WHERE message_id IS NULL LIMIT 1"
_WRITERS = """SELECT d.number_id, d.msisdn, MIN(o.account_id), MAX(o.account_id)
    FROM {keys} CROSS JOIN dialogues_dialogue d CROSS JOIN outbox_outboundmessage o
    WHERE d.number_id = k.a AND d.msisdn = k.b AND o.dialogue_id = d.id AND o.created_at >= k.c GROUP BY d.number_id, d.msisdn"""


_OPT_OUTS = """SELECT o.account_id, o.msisdn, o.scope, o.target_id FROM {keys} CROSS JOIN contacts_optout o
    WHERE o.account_id = k.a AND o.msisdn = k.b AND o.lifted_at IS NULL"""
_BLOCKED = """SELECT b.account_id, b.msisdn FROM {keys} CROSS JOIN contacts_blockedsender b
    WHERE b.account_id = k.a AND b.msisdn = k.b"""
_ALL_MEMBERSHIPS = """SELECT m.contact_id, m.group_id, m.ends_at FROM {keys} CROSS JOIN contacts_groupmembership m
    WHERE m.contact_id = k.a AND (m.ends_at IS NULL OR m.ends_at > k.b)"""
_IN_GROUP_OF_NUMBER = """SELECT k.a, k.b, k.c FROM {keys} CROSS JOIN contacts_contact c
    WHERE c.account_id = k.a AND c.msisdn = k.b AND EXISTS (
        SELECT 1 FROM contacts_groupmembership m JOIN keywords_ruleaction a ON a.group_id = m.group_id AND a.kind = 'add_to_group'
            JOIN keywords_rule r ON r.id = a.rule_id
        WHERE m.contact_id = c.id AND r.number_id = k.c)"""
_ALL_WRITERS = """WITH asked AS (SELECT k.a, k.b, k.c FROM {keys})
    SELECT o.account_id, d.msisdn, d.number_id
    FROM asked k CROSS JOIN dialogues_dialogue d CROSS JOIN outbox_outboundmessage o
    WHERE d.number_id = k.a AND d.msisdn = k.b AND o.dialogue_id = d.id AND o.created_at >= k.c
    UNION SELECT o.account_id, o.recipient, o.number_id
    FROM asked k CROSS JOIN outbox_outboundmessage o
    WHERE o.recipient = k.b AND o.number_id = k.a AND o.destination_id IS NOT NULL AND o.created_at >= k.c"""

_QUESTIONS = """SELECT q.number_id, q.msisdn, q.account_id, q.keyword_id, q.message_id, q.text, q.asked_at,
    q.answered_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM dialogues_dialogue d JOIN outbox_outboundmessage o ON o.dialogue_id = d.id
        WHERE d.number_id = q.number_id AND d.msisdn = q.msisdn AND o.created_at > q.asked_at AND o.origin <> 'rule')
    FROM {keys} CROSS JOIN keywords_openquestion q
    WHERE q.number_id = k.a AND q.msisdn = k.b AND q.asked_at > k.c"""
"""Whether it is open: a YES after somebody of an account wrote to the phone answers them."""

# The condition on the account is written out so that the partial index outbound_of_installation is used.
_OURS_LATELY = """SELECT o.number_id, o.recipient, o.is_test, o.text FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.account_id IS NULL AND o.number_id = k.a AND o.recipient = k.b AND o.created_at > k.c"""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Known:
    """What is stored about the senders of a group; the collector adds what the group itself makes of them."""

    contacts: dict[tuple[int, str], int] = field(default_factory=dict)
    """(account, MSISDN) to contact."""
    memberships: dict[int, dict[int, datetime | None]] = field(default_factory=dict)
    """Contact to groups with the end of the membership, of those groups that rules in play ask about."""
    groups: frozenset[int] = frozenset()
    """Which of those groups exist; a rule may name one that was deleted a moment ago."""
    dialogues: dict[tuple[int, int, str], Any] = field(default_factory=dict)
    """(account, number, MSISDN) to the dialogue's id."""
    keywords: frozenset[int] = frozenset()
    """Keywords of which rules in play ask whether they were used before."""
    used: dict[int, frozenset[int]] = field(default_factory=dict)
    """Dialogue to those of them that were used in it."""

    opt_outs: dict[tuple[int, str], frozenset[Place]] = field(default_factory=dict)
    """(account, MSISDN) to the opt-outs in force."""
    blocked: frozenset[tuple[int, str]] = frozenset()
    """(account, MSISDN) of senders an account refuses."""
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Contact to first and last name, where a text in play asks for them."""
    questions: dict[tuple[int, str], Question] = field(default_factory=dict)
    """(number, MSISDN) to the last question, where it was asked lately."""
    answered: Answered = field(default_factory=Answered)
    """What was answered automatically."""
    activities: Activities = field(default_factory=Activities)
    """What people take part in."""

    def note_opt_out(self, account_id: int, msisdn: str, place: Place) -> None:
        """Remember that a message of this group opted out."""
        key = (account_id, msisdn)
        self.opt_outs[key] = self.opt_outs.get(key, _NO_PLACES) | {place}

    def forget_opt_out(self, account_id: int, msisdn: str, place: Place) -> None:
        """Remember that a message of this group ended an opt-out."""
        key = (account_id, msisdn)
        self.opt_outs[key] = self.opt_outs.get(key, _NO_PLACES) - {place}

    def note_use(self, dialogue_id: int, keyword_id: int | None) -> None:
        """Remember that a message of this group used a keyword."""
        if keyword_id in self.keywords:
            self.used[dialogue_id] = self.used.get(dialogue_id, _NOTHING) | {keyword_id}

    def sender(self, account_id: int | None, number_id: int | None, msisdn: str) -> SenderState:
        """Return one person as one account sees them who write to a number."""
        if account_id is None or number_id is None:
            return SenderState(msisdn)
        contact_id = self.contacts.get((account_id, msisdn))
        dialogue_id = self.dialogues.get((account_id, number_id, msisdn))
        groups = self.memberships.get(contact_id, _NOWHERE) if contact_id is not None else _NOWHERE
        used = self.used.get(dialogue_id, _NOTHING) if dialogue_id is not None else _NOTHING
        person = (account_id, msisdn)
        opt_outs = self.opt_outs.get(person, _NO_PLACES)
        state = SenderState(msisdn, contact_id, groups, used, dialogue_id is None, opt_outs, person in self.blocked)
        if contact_id in self.names:
            first_name, last_name = self.names[contact_id]
            return replace(state, first_name=first_name, last_name=last_name)
        return state


_NO_PLACES: frozenset[Place] = frozenset()
_NOWHERE: Mapping[int, datetime | None] = {}
_NOTHING: frozenset[int] = frozenset()


def load_known(
    con: Connection,
    dialogues: Iterable[tuple[int, int, str]],
    groups: Iterable[int],
    keywords: Iterable[int],
    now: datetime,
    *,
    with_names: bool = False,
) -> Known:
    """Load the dialogues of the given keys, the contacts behind them, their membership in `groups` and their use of `keywords`.

    Their names only `with_names`, since few texts ask for them.
    """
    keys = list(dialogues)
    known = Known()
    known.dialogues = {
        (account, number, msisdn): key for account, number, msisdn, key in con.rows_for(_DIALOGUES, (BIGINT, BIGINT, TEXT), keys)
    }
    people = list({(account, msisdn) for account, _, msisdn in keys})
    known.contacts = {(account, msisdn): key for account, msisdn, key in con.rows_for(_CONTACTS, (BIGINT, TEXT), people)}
    for account, msisdn, scope, target in con.rows_for(_OPT_OUTS, (BIGINT, TEXT), people):
        known.note_opt_out(account, msisdn, (Scope(scope), target))
    known.blocked = frozenset((account, msisdn) for account, msisdn in con.rows_for(_BLOCKED, (BIGINT, TEXT), people))
    wanted = list(groups)
    known.groups = frozenset(row[0] for row in con.rows_for(_GROUPS, (BIGINT,), [(key,) for key in wanted]))
    stamp = con.dialect.timestamp(now)
    pairs = [(group, contact, stamp) for group in known.groups for contact in known.contacts.values()]
    for contact, group, ends_at in con.rows_for(_MEMBERSHIPS, (BIGINT, BIGINT, TIMESTAMP), pairs):
        known.memberships.setdefault(contact, {})[group] = None if ends_at is None else con.dialect.moment(ends_at)
    opted_out = [(known.contacts[person], stamp) for person in known.opt_outs if person in known.contacts]
    for contact, group, ends_at in con.rows_for(_ALL_MEMBERSHIPS, (BIGINT, TIMESTAMP), opted_out):
        known.memberships.setdefault(contact, {})[group] = None if ends_at is None else con.dialect.moment(ends_at)
    if with_names:
        found = con.rows_for(_NAMES, (BIGINT,), [(contact,) for contact in known.contacts.values()])
        known.names = {contact: (first_name, last_name) for contact, first_name, last_name in found}
    known.keywords = frozenset(keywords)
    uses = [(dialogue, keyword) for keyword in known.keywords for dialogue in known.dialogues.values()]
    for dialogue, keyword in con.rows_for(_USED, (BIGINT, BIGINT), uses):
        known.used[dialogue] = known.used.get(dialogue, _NOTHING) | {keyword}
    return known


def load_carrier_ids(con: Connection, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Return which of the given (connection, carrier's id) are stored already, and as which message."""
    return {(connection, carrier_id): key for connection, carrier_id, key in con.rows_for(_CARRIER_IDS, (BIGINT, TEXT), keys)}


def load_parts(con: Connection, keys: Sequence[PartKey], since: datetime) -> dict[PartKey, list[KnownPart]]:
    """Return the parts received after a moment that share a key with a part of the group; references are used anew later."""
    stamp = con.dialect.timestamp(since)
    found: dict[PartKey, list[KnownPart]] = {}
    for row in con.rows_for(_PARTS, (BIGINT, TEXT, TEXT, INTEGER, SMALLINT, SMALLINT, TIMESTAMP), [(*key, stamp) for key in keys]):
        found.setdefault(row[:6], []).append(_known_part(con, *row[6:]))
    return found


def load_waiting(con: Connection, before: datetime) -> tuple[list[KnownPart], dict[int, PartKey]]:
    """Return all parts of assemblies that have one received before a moment and are not given out, and the key of each assembly."""
    rows = con.rows(_WAITING, (con.dialect.timestamp(before),))
    keys: dict[int, PartKey] = {row[6]: row[:6] for row in rows}
    known = load_parts(con, sorted(set(keys.values())), _LONG_AGO)
    parts = [part for found in known.values() for part in found if part.assembly_id in keys]
    return parts, keys


def has_waiting(con: Connection) -> bool:
    """Whether any long message waits for parts."""
    return con.row(_IS_WAITING) is not None


def load_concerned(con: Connection, places: Mapping[tuple[int, str], Collection[int]], now: datetime) -> set[tuple[int, str, int]]:
    """Return which (account, MSISDN, number) texts about consent concern.

    The account wrote to the person from the number lately, the person is in a group that the number fills, or they opted out.
    `places` are (number, MSISDN) with the accounts that have anything on the number.
    """
    asked = [(account, msisdn, number) for (number, msisdn), accounts in places.items() for account in sorted(accounts)]
    since = con.dialect.timestamp(now - CONCERNED_WITHIN)
    concerned = {tuple(row) for row in con.rows_for(_IN_GROUP_OF_NUMBER, (BIGINT, TEXT, BIGINT), asked)}
    written = con.rows_for(_ALL_WRITERS, (BIGINT, TEXT, TIMESTAMP), [(*place, since) for place in places])
    concerned |= {tuple(row) for row in written}
    people = list({(account, msisdn) for account, msisdn, _ in asked})
    opted_out = {(account, msisdn) for account, msisdn, *_ in con.rows_for(_OPT_OUTS, (BIGINT, TEXT), people)}
    return concerned | {key for key in asked if key[:2] in opted_out}


def load_questions(con: Connection, keys: Iterable[tuple[int, str]], now: datetime) -> dict[tuple[int, str], Question]:
    """Return for (number, MSISDN) what that phone was asked last, where it can still be answered or keeps another from being asked."""
    since = con.dialect.timestamp(now - OPEN_FOR)
    rows = con.rows_for(_QUESTIONS, (BIGINT, TEXT, TIMESTAMP), [(number, msisdn, since) for number, msisdn in dict.fromkeys(keys)])
    return {
        (number, msisdn): Question(account, keyword, message, text, con.dialect.moment(asked_at), bool(is_open))
        for number, msisdn, account, keyword, message, text, asked_at, is_open in rows
    }


def load_sole_writers(con: Connection, keys: Sequence[tuple[int, str]], now: datetime) -> dict[tuple[int, str], int]:
    """Return for (number, MSISDN) the account that wrote to that phone from that number lately, where it was one account only."""
    since = con.dialect.timestamp(now - SOLE_WRITER_WITHIN)
    rows = con.rows_for(_WRITERS, (BIGINT, TEXT, TIMESTAMP), [(number, msisdn, since) for number, msisdn in keys])
    return {(number, msisdn): least for number, msisdn, least, greatest in rows if least == greatest}


def load_told_resting(con: Connection, keys: Iterable[tuple[int, str]], now: datetime) -> set[tuple[int, str, bool]]:
    """Return which (number, MSISDN, whether as a test) were told lately that a word rests."""
    since = con.dialect.timestamp(now - ANSWERED_AGAIN_AFTER)
    rows = con.rows_for(_OURS_LATELY, (BIGINT, TEXT, TIMESTAMP), [(*key, since) for key in dict.fromkeys(keys)])
    return {(number, msisdn, bool(is_test)) for number, msisdn, is_test, text in rows if text in REST_TEXTS}


def _known_part(
    con: Connection,
    assembly: int,
    message: int | None,
    total: int,
    position: int,
    text: str,
    encoding: int,
    fingerprint: int,
    received_at: Any,
    is_test: Any,
) -> KnownPart:
    moment = con.dialect.moment(received_at)
    return KnownPart(assembly, message, total, position, text, Encoding(encoding), fingerprint, moment, bool(is_test))
