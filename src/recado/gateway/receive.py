"""From a group of received items to rows, inside one transaction that the caller opened: load, join, decide, write.

Pure decisions belong to `core`, SQL to `store`, transactions and threads to `writer`. What is new here is only the order of things:
ids seen before and resends are dropped, parts are joined, owners found, senders loaded, actions decided one message after the other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from recado.core.action import TripBreaker
from recado.core.asking import answering, question_about
from recado.core.condition import Occasion
from recado.core.decide import Match, decide, find_owner
from recado.core.message import Encoding, InboundMessage, InboundPart
from recado.core.question import Question
from recado.core.reassembly import (
    GIVE_OUT_AFTER,
    REFERENCE_LIFETIME,
    Amends,
    Complete,
    Joined,
    KnownPart,
    PartKey,
    Repeat,
    as_known,
    due,
    part_key,
    place,
)
from recado.core.receipt import DeliveryReceipt
from recado.core.routes import Reservation, Routes
from recado.core.sender import SenderState
from recado.core.trail import TrailStep, prepared
from recado.gateway.answerable import Answerable
from recado.gateway.group_result import GroupResult, Place
from recado.gateway.intake import Item, Rebound, Sweep
from recado.gateway.multimedia import decide_on
from recado.gateway.pooled import ask_pool, asked
from recado.gateway.repeats import without_repeats
from recado.gateway.session_breaks import BEFORE_NEWEST, SessionBreaks
from recado.store import load
from recado.store.activities import Wanted, load_activities
from recado.store.carrier_log import LogEntry, write_log
from recado.store.dialect import Connection
from recado.store.fates import owe_reports
from recado.store.ids import greatest_before
from recado.store.outbox import Touched, apply_late_kept_for_uncertain, apply_late_kept_receipts, apply_receipts
from recado.store.pool_owners import PoolOwners
from recado.store.recent import recent_fingerprints
from recado.store.write import Rows, mend_message

RECEIPTS_LOOKED_AT_AGAIN_FOR = timedelta(minutes=10)
"""Longer than any transaction that writes segments takes."""
_LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class _Pending:
    """A message about to be decided on."""

    index: int
    message: InboundMessage
    match: Match
    fingerprint: int
    carrier_message_id: str | None
    raw: bytes


class _Group:
    """One group on its way through the steps."""

    def __init__(
        self, con: Connection, items: Sequence[Item], routes: Routes, ids: Iterator[int], now: datetime, broke: frozenset[int]
    ) -> None:
        self.con = con
        self.items = items
        self.routes = routes
        self.ids = ids
        self.now = now
        self.broke = broke
        self.result = GroupResult([0] * len(items))
        self.pending: list[_Pending] = []
        self.rows = Rows(load.Known(), ids, now, con.dialect.timestamp)
        self.log: list[LogEntry] = []
        self.reports_owed = 0
        self.pool = PoolOwners()
        self.told_resting: set[tuple[int, str, bool]] = set()
        self.answerable = Answerable(routes, now)
        self.wanted = Wanted()
        self._stamp_of: tuple[datetime, object] = (now, self.rows.now)

    def stamp(self, moment: datetime) -> object:
        """Return the stored form; a read from the wire gives many messages the same moment."""
        if moment is not self._stamp_of[0]:
            self._stamp_of = (moment, self.con.dialect.timestamp(moment))
        return self._stamp_of[1]

    # --- what was received before ---

    def repeated(self, index: int, part: InboundPart, message_id: int) -> None:
        """Drop a repeat, and note it."""
        self.result.message_ids[index] = message_id
        self.result.duplicate_count += 1
        detail = f"repeats message {message_id}" if message_id else "repeats a part or message stored at the same time"
        self.log.append(LogEntry(next(self.ids), part.connection_id, part.received_at, "in", "repeat_dropped", detail, part.raw))

    # --- parts ---

    def join(self, parts: Sequence[tuple[int, InboundPart]]) -> None:
        """Make messages of the parts, in the order received."""
        keyed = [part_key(part) for _, part in parts]
        asked = sorted({key for key in keyed if key is not None})
        known = load.load_parts(self.con, asked, self.now - REFERENCE_LIFETIME) if asked else {}
        for (index, part), key in zip(parts, keyed, strict=True):
            if key is None:
                self._whole(index, part)
            else:
                self._part(index, part, key, known.setdefault(key, []))

    def _whole(self, index: int, part: InboundPart) -> None:
        message = InboundMessage(
            next(self.ids),
            part.connection_id,
            part.sender,
            part.recipient,
            part.text if "\0" not in part.text else part.text.replace("\0", _LOST),
            part.encoding,
            part.received_at,
            1,
            1,
            part.is_test,
            part.flags,
        )
        if part.mms is None:
            match = find_owner(self.routes, message.sender, message.recipient, message.text, self.now)
        else:
            message, match = decide_on(self.routes, message, part.mms, self.now)
        self.pending.append(_Pending(index, message, match, part.fingerprint, part.carrier_message_id, part.raw))
        self.result.message_ids[index] = message.id

    def _part(self, index: int, part: InboundPart, key: PartKey, known: list[KnownPart]) -> None:
        if "\0" in part.text:
            part = replace(part, text=part.text.replace("\0", _LOST))
        placement = place(part, known, self.now)
        if isinstance(placement, Repeat):
            self.repeated(index, part, placement.message_id or 0)
            return
        part_id = next(self.ids)
        assembly_id = placement.assembly_id or part_id
        message_id: int | None = None
        if isinstance(placement, Complete):
            message_id = self.give_out(index, assembly_id, key, placement.joined, part.flags)
            known[:] = [replace(one, message_id=message_id) if one.assembly_id == assembly_id else one for one in known]
        elif isinstance(placement, Amends):
            message_id = placement.message_id
            self._amend(placement)
        else:
            self.result.waiting_count += 1
        self.result.message_ids[index] = message_id or 0
        known.append(as_known(part, assembly_id, message_id))
        self.rows.part(part_id, assembly_id, message_id, part, self.stamp(part.received_at))

    def give_out(self, index: int, assembly_id: int, key: PartKey, joined: Joined, flags: tuple[str, ...] = ()) -> int:
        """Make a message of an assembly, complete or not."""
        connection_id, sender, recipient = key[:3]
        message = InboundMessage(
            next(self.ids),
            connection_id,
            sender,
            recipient,
            joined.text,
            Encoding(joined.encoding),
            joined.received_at,
            joined.parts_received,
            joined.parts_total,
            joined.is_test,
            flags,
        )
        match = find_owner(self.routes, sender, recipient, message.text, self.now)
        self.pending.append(_Pending(index, message, match, 0, None, b""))
        self.rows.given_out.append((message.id, *key, assembly_id))
        return message.id

    def _amend(self, placement: Amends) -> None:
        entry = prepared(TrailStep.AMENDED, received=placement.joined.parts_received, total=placement.joined.parts_total)
        joined = placement.joined
        account_id, dialogue_id = mend_message(self.con, placement.message_id, joined.text, joined.parts_received, entry.encoded)
        if account_id is not None:
            self.result.messages.append((account_id, dialogue_id))

    def sweep(self) -> None:
        """Give out what nobody should wait for any longer; look again for receipts that were stored a moment too early."""
        parts, keys = load.load_waiting(self.con, self.now - GIVE_OUT_AFTER)
        for each in due(parts, self.now):
            self.give_out(-1, each.assembly_id, keys[each.assembly_id], each.joined)
        oldest = greatest_before(int((self.now - RECEIPTS_LOOKED_AT_AGAIN_FOR).timestamp() * 1000))
        self.tell(apply_late_kept_receipts(self.con, oldest))
        self.tell(apply_late_kept_for_uncertain(self.con, oldest, self.ids))

    def tell(self, touched: Sequence[Touched]) -> None:
        """Note what became of outgoing messages, for who watches and for customers' programs."""
        self.result.outbound += _places(touched)
        self.reports_owed += owe_reports(self.con, [one.outbound_id for one in touched if one.is_news], self.ids, self.now)

    # --- decisions ---

    def decide_all(self) -> None:
        """Load what is known about the senders, then decide one message after the other, each seeing what the ones before did."""
        dialogues: dict[tuple[int, int, str], None] = {}
        groups: set[int] = set()
        keywords: set[int] = set()
        for one in self.pending:
            match = one.match
            if match.number is None:
                continue
            if match.account_id is not None:
                dialogues[match.account_id, match.number.number_id, one.message.sender] = None
                groups |= match.group_ids
                self.answerable.add(one.message, match, match.account_id)
                self.wanted.add(one.message, match)
                for rule in match.rules:
                    if rule.condition.occasion is not Occasion.ANY and rule.keyword_id is not None:
                        keywords.add(rule.keyword_id)
        # A resting word may answer a question instead.
        lone = self._where(lambda match: match.awaits_writer or (match.resting is not None and match.answer is not None))
        resting = self._where(lambda match: match.resting is not None)
        self.told_resting = load.load_told_resting(self.con, resting, self.now) if resting else set()
        questions = self._questions()
        for reservation, number_id, message in self._asked_about(questions):
            dialogues[reservation.account_id, number_id, message.sender] = None
            groups |= frozenset().union(*(rule.group_ids for rule in reservation.rules))
            keywords.add(reservation.keyword_id)
            self.answerable.add_rules(reservation.rules, reservation.account_id, message)
            self.wanted.add_rules(reservation.rules, reservation.account_id, message)
        concerned = self._concerned()
        dialogues.update({(account, number, msisdn): None for account, msisdn, number in concerned})
        writers = load.load_sole_writers(self.con, lone, self.now) if lone else {}
        self.pool = ask_pool(self.con, self.pending, self.now)
        dialogues.update(dict.fromkeys(self.pool.dialogues()))
        dialogues.update({(account, number, sender): None for (number, sender), account in writers.items()})
        self._gather_unowned(writers)
        activities = load_activities(self.con, self.wanted, self.now)
        self.answerable.add_asked(((one.message, one.match) for one in self.pending), activities)
        self.rows.known = self.answerable.load(self.con, dialogues, groups, keywords, self.broke)
        self.rows.known.questions, self.rows.known.activities = questions, activities
        for one in self.pending:
            self._decide(one, writers, concerned)

    def _gather_unowned(self, writers: dict[tuple[int, str], int]) -> None:
        for one in self.pending:
            if one.match.account_id is None and one.match.number is not None:
                writer = writers.get((one.match.number.number_id, one.message.sender))
                self.answerable.add(one.message, one.match, writer)

    def _questions(self) -> dict[tuple[int, str], Question]:
        """Find what the phones were asked last whose texts may be an answer, or may lead to a question."""
        asked = self._where(lambda match: match.awaits_question)
        return load.load_questions(self.con, asked, self.now) if asked else {}

    def _where(self, is_wanted: Callable[[Match], bool]) -> list[tuple[int, str]]:
        """Return number and phone of the messages whose match is wanted."""
        return [
            (one.match.number.number_id, one.message.sender)
            for one in self.pending
            if one.match.number is not None and is_wanted(one.match)
        ]

    def _asked_about(self, questions: dict[tuple[int, str], Question]) -> Iterator[tuple[Reservation, int, InboundMessage]]:
        """Yield the keywords that questions were or may be asked about, with number and message."""
        for one in self.pending:
            match = one.match
            if match.number is None or not match.awaits_question:
                continue
            number_id = match.number.number_id
            if match.near is not None:
                yield match.near, number_id, one.message
            mistyped = question_about(self.routes, match, questions.get((number_id, one.message.sender)), self.now)
            if mistyped is not None and mistyped.near is not None:
                yield mistyped.near, number_id, one.message

    def _concerned(self) -> set[tuple[int, str, int]]:
        """Find which accounts (with MSISDN and number) texts about consent on shared numbers are about."""
        places = {
            (one.match.number.number_id, one.message.sender): one.match.number.account_ids
            for one in self.pending
            if one.match.awaits_concerned and one.match.number is not None and not one.match.is_pooled
        }
        return load.load_concerned(self.con, places, self.now) if places else set()

    def _decide(self, one: _Pending, writers: dict[tuple[int, str], int], concerned: set[tuple[int, str, int]]) -> None:
        message, match, result = one.message, one.match, self.result
        number = match.number
        writer = writers.get((number.number_id, message.sender)) if writers and number is not None else None
        if match.is_pooled:
            writer = self.pool.owners.get(asked(one))
        known, number_id = self.rows.known, number.number_id if number is not None else None
        about = self._seen_by(one, concerned) if match.awaits_concerned else {}
        question: Question | None = None
        if match.awaits_question and number is not None:
            question = known.questions.get((number.number_id, message.sender))
            if question is not None:
                seen = known.sender(question.account_id, number_id, message.sender)
                match = answering(self.routes, match, question, seen, self.now, writer)
            if match.near is not None:
                about = {match.near.account_id: known.sender(match.near.account_id, number_id, message.sender)}
        owner = writer if match.account_id is None and match.awaits_sole_writer else match.account_id
        sender = known.sender(owner, number_id, message.sender)
        answers = self.answerable.answers_to(message)
        told = (number.number_id, message.sender, message.is_test) if match.resting is not None and number is not None else None
        is_told, profiles = told in self.told_resting, self.routes.profiles
        play = known.activities.play(message, number_id, match.rules)
        decision = decide(
            message, match, sender, self.now, writer, profiles, about, question=question, is_answered=is_told, answers=answers, play=play
        )
        if told is not None and decision.account_id is None:
            self.told_resting.add(told)
        # A test message is answered where it came from, the simulator: no answer to it may reach a carrier.
        link = None if number is None or message.is_test else number.connection_id
        reply_from = (message.recipient if number is None else number.digits, message.connection_id if link is None else link)
        received_at = self.stamp(message.received_at)
        dialogue_id = self.rows.message(message, decision, received_at, reply_from, one.fingerprint, one.carrier_message_id, one.raw)
        if decision.account_id is None:
            result.unmatched_count += 1
        else:
            result.messages.append((decision.account_id, dialogue_id))
        for action in decision.actions:
            if isinstance(action, TripBreaker) and action.account_id is not None:
                result.stopped.append(action.account_id)

    def _seen_by(self, one: _Pending, concerned: set[tuple[int, str, int]]) -> dict[int, SenderState]:
        """Return how each account concerned sees the sender."""
        number_id = one.match.number.number_id if one.match.number is not None else 0
        msisdn = one.message.sender
        if one.match.is_pooled:
            concerned = {(account_id, msisdn, number_id) for account_id in self.pool.concerned(asked(one))}
        return {
            account_id: self.rows.known.sender(account_id, number_id, msisdn)
            for account_id, whose, number in sorted(concerned)
            if (whose, number) == (msisdn, number_id)
        }

    def finish(self) -> GroupResult:
        """Write all rows."""
        self.rows.write(self.con)
        if self.log:
            write_log(self.con, self.log)
        self.result.stored_count = len(self.pending)
        self.result.job_count = len(self.rows.jobs) + self.reports_owed
        self.result.contact_count = len(self.rows.contacts)
        return self.result


def _places(touched: Iterable[Touched]) -> list[Place]:
    """Say where accounts see a change; the installation's own messages are seen by none."""
    return [(one.account_id, one.dialogue_id) for one in touched if one.account_id is not None]


def receive_group(
    con: Connection,
    items: Sequence[Item],
    routes: Routes,
    ids: Iterator[int],
    now: datetime,
    breaks: SessionBreaks | None = None,
    broke: frozenset[int] = frozenset(),
) -> GroupResult:
    """Store a group with all its consequences, inside the open transaction of `con`.

    A `Rebound` must be the first item if there is one. `broke` are accounts found to have no credit left when the group was first tried.
    Raises whatever one item breaks; nothing of the group may be committed then, and
    `breaks.undo` must be called.
    """
    group = _Group(con, items, routes, ids, now, broke)
    receipts: list[DeliveryReceipt] = []
    for item in items:
        if isinstance(item, DeliveryReceipt):
            receipts.append(item)
        elif isinstance(item, Sweep):
            group.sweep()
        elif isinstance(item, Rebound) and breaks is not None:
            breaks.arm(item, recent_fingerprints(con, item.connection_id, item.limit, BEFORE_NEWEST, item.broke_at))
    group.join(without_repeats(con, items, breaks, group.repeated))
    if group.pending:
        group.decide_all()
    if receipts:
        touched = apply_receipts(con, receipts, ids)
        group.result.receipt_count = len(receipts)
        group.tell(touched)
    return group.finish()
