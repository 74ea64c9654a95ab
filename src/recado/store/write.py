"""Turns decisions into rows and writes the rows of a whole group, table by table.

What belongs here: messages, parts and dialogues with their counters, the order of tables. What does not: what each action adds
(`collectors`), the statements of whole tables (`statements`), what is loaded beforehand (`load`).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from recado.core.action import Charge
from recado.core.decide import Decision
from recado.core.message import InboundMessage, InboundPart
from recado.core.trail import to_json
from recado.store import statements
from recado.store.activity_tables import ACTIVITY_INSERTS
from recado.store.charging import reserve_each
from recado.store.collectors import COLLECTORS, ReplyFrom
from recado.store.dialect import POSTGRESQL, Connection, Row
from recado.store.insert import Insert
from recado.store.load import Known
from recado.store.mms import Multimedia, write_received
from recado.store.surveys import stop
from recado.store.tying import tie

LAST_TEXT_LENGTH = 160
_LIFT = """UPDATE contacts_optout SET lifted_at = ?
    WHERE account_id = ? AND msisdn = ? AND scope = ? AND target_id = ? AND lifted_at IS NULL"""
_LEAVE = "DELETE FROM contacts_groupmembership WHERE group_id = ? AND contact_id = ?"
_UPDATE_DIALOGUE = """UPDATE dialogues_dialogue SET contact_id = COALESCE(?, contact_id), last_message_at = ?, last_text = ?,
    last_keyword_id = COALESCE(?, last_keyword_id), unread_count = unread_count + ?, message_count = message_count + ?,
    is_test = (is_test AND ?), state = 'open', snoozed_until = NULL, last_is_inbound = TRUE WHERE id = ?"""
_MEND = "UPDATE inbox_message SET text = ?, parts_received = ?, trail = ? WHERE id = ?"
_TRAIL = "SELECT m.trail, m.account_id, m.dialogue_id, m.received_at FROM inbox_message m WHERE m.id = ?"
_MEND_DIALOGUE = "UPDATE dialogues_dialogue SET last_text = ? WHERE id = ? AND last_message_at = ?"
_GIVE_OUT = """UPDATE inbox_part SET message_id = ? WHERE connection_id = ? AND sender = ? AND recipient = ? AND reference = ?
    AND width = ? AND total = ? AND assembly_id = ?"""  # the key is there for its index
_CLOSE_QUESTION = "UPDATE keywords_openquestion SET answered_at = ? WHERE number_id = ? AND msisdn = ? AND answered_at IS NULL"
_HAND_OVER = """UPDATE inbox_message SET account_id = ?, dialogue_id = ?,
    trail = substr(trail, 1, length(trail) - 1) || CASE WHEN trail = '[]' THEN '' ELSE ',' END || ? || ']'
    WHERE id = ? AND account_id IS NULL"""
_COUNT_HANDED_OVER = """UPDATE dialogues_dialogue SET message_count = message_count + 1, unread_count = unread_count + 1 WHERE id = ?"""


_INTO_DIALOGUE = "UPDATE outbox_outboundmessage SET dialogue_id = ? WHERE id = ? AND account_id = ? AND dialogue_id IS NULL"
R = TypeVar("R", bound=Sequence[Any])
_CONTACT_KEY, _DIALOGUE_KEY, _MEMBERSHIP_KEY = itemgetter(1, 2), itemgetter(1, 2, 3), itemgetter(1, 2)
"""What is unique about rows: account and phone, that with the number, group and contact."""
OptOutKey: TypeAlias = tuple[int, str, str, int]
"""Account, MSISDN, scope and target."""


class LostRaceError(Exception):
    """Somebody else wrote the same contact or dialogue meanwhile; the group must be loaded and decided again."""


class Rows:
    """The rows of one group. One message after the other goes through `message`, then `write` sends all."""

    __slots__ = (
        "answer_days",
        "answered",
        "changed",
        "consents",
        "contacts",
        "costs",
        "ended_opt_outs",
        "given_out",
        "handed_over",
        "ids",
        "jobs",
        "known",
        "leaving",
        "lifted",
        "memberships",
        "messages",
        "multimedia",
        "new_dialogues",
        "now",
        "old_dialogues",
        "opt_outs",
        "outbound",
        "parts",
        "questions",
        "read_at",
        "refused",
        "stamp",
        "taken_part",
        "trips",
    )

    def __init__(self, known: Known, ids: Iterator[int], now: datetime, stamp: Callable[[datetime], Any]) -> None:
        """`stamp` makes a stored timestamp (`Dialect.timestamp`)."""
        self.known = known
        self.ids = ids
        self.stamp = stamp
        self.read_at = now
        self.now = stamp(now)
        self.messages: list[Sequence[Any]] = []
        self.multimedia: list[Multimedia] = []
        """Of messages that are MMS, by their ids."""
        self.parts: list[Row] = []
        self.contacts: list[Row] = []
        self.memberships: dict[tuple[int, int], Row] = {}
        self.leaving: dict[tuple[int, int], None] = {}
        self.consents: list[Row] = []
        self.opt_outs: dict[OptOutKey, Row] = {}
        self.ended_opt_outs: list[Row] = []
        """Those that began and ended within the group."""
        self.lifted: dict[OptOutKey, None] = {}
        self.questions: dict[tuple[int, str], list[Any]] = {}
        self.answered: dict[tuple[int, str], None] = {}
        self.handed_over: list[Row] = []
        self.outbound: list[Row] = []
        self.trips: list[Row] = []
        self.answer_days: dict[tuple[str, int, str], list[Any]] = {}
        self.costs: dict[int, int] = {}
        """What the replies of each account cost."""
        self.refused: set[int] = set()
        """Accounts whose credit did not reach for a reply."""
        self.jobs: list[Row] = []
        self.given_out: list[Row] = []
        self.taken_part: dict[str, list[Sequence[Any]]] = {}
        """Rows of surveys, contests and boards, by table."""
        self.changed: list[tuple[str, Row]] = []
        """Statements that must change exactly one row each, with their values: else another writer was quicker."""
        self.new_dialogues: dict[int, list[Any]] = {}
        self.old_dialogues: dict[int, list[Any]] = {}

    def message(
        self,
        message: InboundMessage,
        decision: Decision,
        received_at: Any,
        reply_from: ReplyFrom,
        fingerprint: int,
        carrier_message_id: str | None,
        raw: bytes,
    ) -> int | None:
        """Collect everything a decided message writes; return its dialogue.

        `received_at` as stored; `reply_from` are the digits and the connection of the number.
        """
        account_id = decision.account_id
        dialogue_id: int | None = None
        if account_id is not None and decision.number_id is not None:
            dialogue_id = self._dialogue(account_id, decision.number_id, message, decision, received_at)
            self.known.note_use(dialogue_id, decision.keyword_id)
        key = message.id
        self.messages.append(
            (
                key,
                account_id,
                decision.number_id,
                message.connection_id,
                dialogue_id,
                decision.keyword_id,
                decision.rule_id,
                message.sender,
                message.recipient,
                message.shown_text,
                decision.argument,
                int(message.encoding),
                received_at,
                message.parts_received,
                message.parts_total,
                carrier_message_id,
                fingerprint,
                to_json(decision.trail),
                raw,
                message.is_test,
                decision.flag.value,
                decision.is_settled,
                None,
                None,
            )
        )
        if message.mms is not None:
            self.multimedia.append((key, message.mms))
        if decision.lacks_credit and account_id is not None:
            self.refused.add(account_id)
        for action in decision.actions:
            COLLECTORS[type(action)](self, message, decision, dialogue_id, reply_from, action)
        return dialogue_id

    def part(self, key: int, assembly_id: int, message_id: int | None, part: InboundPart, received_at: Any) -> None:
        """Collect a part of a long message; `message_id` where it has been given out, `received_at` as stored."""
        udh = part.concatenation
        if udh is None:
            raise ValueError("a whole message is no part")
        self.parts.append(
            (
                key,
                assembly_id,
                message_id,
                part.connection_id,
                part.sender,
                part.recipient,
                udh.reference,
                udh.width,
                udh.total,
                udh.position,
                part.text,
                int(part.encoding),
                part.fingerprint,
                part.carrier_message_id,
                part.raw,
                part.is_test,
                received_at,
            )
        )

    def _dialogue(self, account_id: int, number_id: int, message: InboundMessage, decision: Decision, received_at: Any) -> int:
        place = (account_id, number_id, message.sender)
        dialogue_id: int | None = self.known.dialogues.get(place)
        last_text = message.shown_text[:LAST_TEXT_LENGTH]
        if dialogue_id is None:
            dialogue_id = next(self.ids)
            self.known.dialogues[place] = dialogue_id
            contact_id = self.known.contacts.get((account_id, message.sender))
            self.new_dialogues[dialogue_id] = [
                dialogue_id,
                *place,
                contact_id,
                received_at,
                last_text,
                decision.keyword_id,
                1,
                1,
                message.is_test,
            ]
            return dialogue_id
        new = self.new_dialogues.get(dialogue_id)
        if new is not None:
            new[5:7] = received_at, last_text
            new[7] = decision.keyword_id or new[7]
            new[8] += 1
            new[9] += 1
            new[10] = new[10] and message.is_test
            return dialogue_id
        old = self.old_dialogues.get(dialogue_id)
        if old is None:
            contact_id = self.known.contacts.get((account_id, message.sender))
            self.old_dialogues[dialogue_id] = [
                contact_id,
                received_at,
                last_text,
                decision.keyword_id,
                1,
                1,
                message.is_test,
                dialogue_id,
            ]
            return dialogue_id
        old[1:3] = received_at, last_text
        old[3] = decision.keyword_id or old[3]
        old[4] += 1
        old[5] += 1
        old[6] = old[6] and message.is_test
        return dialogue_id

    def consent(
        self, kind: str, message: InboundMessage, decision: Decision, group_id: int | None = None, account_id: int | None = None
    ) -> None:
        """Collect the proof that somebody joined or left, or opted out or in: what they wrote, where, when, and under which rules."""
        self.consents.append(
            (
                next(self.ids),
                decision.account_id if account_id is None else account_id,
                message.sender,
                kind,
                group_id,
                decision.number_id,
                decision.keyword_id,
                decision.rule_id,
                message.id,
                message.shown_text,
                decision.routes_version,
                self.now,
            )
        )

    def set_contact(self, dialogue_id: int | None, contact_id: int) -> None:
        """Let a dialogue of this group know the contact it is with."""
        if dialogue_id in self.new_dialogues:
            self.new_dialogues[dialogue_id][4] = contact_id
        elif dialogue_id in self.old_dialogues:
            self.old_dialogues[dialogue_id][0] = contact_id

    def count_reply(self, dialogue_id: int | None) -> None:
        """Count a reply in its dialogue; the list keeps showing what the phone wrote."""
        if dialogue_id in self.new_dialogues:
            self.new_dialogues[dialogue_id][9] += 1
        elif dialogue_id in self.old_dialogues:
            self.old_dialogues[dialogue_id][5] += 1

    def count_answer(self, account_id: int | None, charge: Charge) -> None:
        """Count what an answer costs for the day of its rule or autoresponder, or that the day is over for it."""
        if charge.source is None or account_id is None:
            return
        key = (*charge.source, charge.day)
        day = self.answer_days.get(key)
        if day is None:
            day = self.answer_days[key] = [next(self.ids), account_id, *key, 0, 0, 0, None]
        day[5] += charge.stopped_ceiling is None
        day[6] += charge.segment_count
        day[7] += charge.cost
        day[8] = day[8] if charge.stopped_ceiling is None else charge.stopped_ceiling

    def _tie(self, con: Connection) -> None:
        """Say of each message which outgoing one it answers, and let its dialogue show that one."""
        shown = tie(con, self.messages, self.outbound, self.read_at)
        for dialogue_id, _, _ in shown:
            self.count_reply(dialogue_id)
        if shown:
            con.executemany(_INTO_DIALOGUE, shown)

    def take_part(self, insert: Insert, row: Sequence[Any]) -> None:
        """Collect a row of a survey, a contest or a board."""
        self.taken_part.setdefault(insert.table, []).append(row)

    def _take_part(self, con: Connection) -> None:
        """Write what people took part in; the unique indexes keep the limits, whoever else writes."""
        for statement, values in self.changed:
            if con.execute(statement, values) != 1:
                raise LostRaceError("a survey, contest or pool")
        for insert in ACTIVITY_INSERTS:
            rows = self.taken_part.get(insert.table)
            if rows and insert.run(con, rows) != len(rows):
                raise LostRaceError(insert.table)

    def write(self, con: Connection) -> None:
        """Write everything, in an order that foreign keys allow; raise CreditGoneError where the money for the replies is gone."""
        self._tie(con)
        if statements.CONTACT.run(con, in_order(con, self.contacts, _CONTACT_KEY)) != len(self.contacts):
            raise LostRaceError("a contact")
        dialogues = in_order(con, list(self.new_dialogues.values()), _DIALOGUE_KEY)
        if statements.DIALOGUE.run(con, dialogues) != len(dialogues):
            raise LostRaceError("a dialogue")
        if self.old_dialogues:  # in the order of ids, so that two writers never wait for each other
            con.executemany(_UPDATE_DIALOGUE, [self.old_dialogues[key] for key in sorted(self.old_dialogues)])
        statements.MESSAGE.run(con, self.messages)
        write_received(con, self.multimedia, self.ids, self.now)
        statements.PART.run(con, self.parts)
        if self.given_out:
            con.executemany(_GIVE_OUT, self.given_out)
        if self.leaving:
            con.executemany(_LEAVE, list(self.leaving))
        statements.GROUP_MEMBERSHIP.run(con, in_order(con, list(self.memberships.values()), _MEMBERSHIP_KEY))
        if self.lifted:
            con.executemany(_LIFT, [(self.now, *place) for place in self.lifted])
        statements.OPT_OUT.run(con, [(*row, None) for row in self.opt_outs.values()] + [(*row, self.now) for row in self.ended_opt_outs])
        statements.CONSENT_RECORD.run(con, self.consents)
        if self.answered:
            con.executemany(_CLOSE_QUESTION, [(self.now, *key) for key in self.answered])
        statements.OPEN_QUESTION.run(con, list(self.questions.values()))
        for row in self.handed_over:
            if con.execute(_HAND_OVER, row):  # else the operator was quicker
                con.execute(_COUNT_HANDED_OVER, (row[1],))
        self._take_part(con)
        stop(con, self.opt_outs, self.now)
        statements.BREAKER_TRIP.run(con, self.trips)
        statements.ANSWER_DAY.run(con, [self.answer_days[key] for key in sorted(self.answer_days)])
        statements.OUTBOUND_MESSAGE.run(con, self.outbound)
        statements.JOB.run(con, self.jobs)
        reserve_each(con, self.costs, self.read_at, self.refused)


def in_order(con: Connection, rows: Sequence[R], key: Callable[[R], Any]) -> Sequence[R]:
    """Return rows in the order of what is unique about them, so that two writers who insert the same never wait for each other.

    SQLite has one writer, and inserts fastest in the order of ids.
    """
    return sorted(rows, key=key) if con.dialect is POSTGRESQL and len(rows) > 1 else rows


def mend_message(con: Connection, message_id: int, text: str, parts_received: int, amended: str) -> tuple[int | None, int | None]:
    """Put a part that came late into its message; `amended` is the trail entry as stored. Return account and dialogue."""
    row = con.row(_TRAIL, (message_id,))
    if row is None:
        return None, None
    trail, account_id, dialogue_id, received_at = row
    extended = f"[{amended}]" if trail == "[]" else f"{trail[:-1]},{amended}]"
    con.execute(_MEND, (text, parts_received, extended, message_id))
    if dialogue_id is not None:
        stamp = received_at if isinstance(received_at, str) else con.dialect.timestamp(con.dialect.moment(received_at))
        con.execute(_MEND_DIALOGUE, (text[:LAST_TEXT_LENGTH], dialogue_id, stamp))
    return account_id, dialogue_id
