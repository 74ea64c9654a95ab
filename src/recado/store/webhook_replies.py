"""Turns replies that programs gave in their answers into texts, in the transaction that ends the forward.

What belongs here: loading what the decision depends on, and the rows it writes: the text with its job and its money, or the trip of the
breaker. What does not: the decision (`core.webhook_reply`), reading the reply (`delivery`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.core.action import Charge, TripBreaker
from recado.core.breaker import SHORTEST_ECHO
from recado.core.condition import Clock
from recado.core.message import Encoding, InboundMessage
from recado.core.price import STANDARD_PRICES, Service
from recado.core.profile import Profile
from recado.core.webhook_reply import Asked, Refused, ReplyFate, judge_reply
from recado.protocols.gsm import segments
from recado.store import charging, statements
from recado.store.answered import Wanted, load_answered
from recado.store.dialect import Connection
from recado.store.load import load_known
from recado.store.outbox import Touched
from recado.store.phone_zones import zone_named
from recado.store.plans import load_prices_of

_MESSAGE = """
    SELECT m.connection_id, m.sender, m.recipient, m.text, m.received_at, m.is_test, m.number_id, m.dialogue_id, r.id, r.daily_ceiling,
           n.digits, n.connection_id, n.can_send, a.time_zone,
           EXISTS (SELECT 1 FROM outbox_outboundmessage o WHERE o.in_reply_to_id = m.id AND o.origin = 'rule'),
           EXISTS (SELECT 1 FROM numbers_number w WHERE w.digits = m.sender)
    FROM inbox_message m
    JOIN accounts_account a ON a.id = m.account_id
    LEFT JOIN numbers_number n ON n.id = m.number_id
    LEFT JOIN keywords_rule r ON r.id = m.rule_id
    WHERE m.id = ? AND m.account_id = ?"""
_COUNT = "UPDATE dialogues_dialogue SET message_count = message_count + 1 WHERE id = ?"


class Reply(NamedTuple):
    """What a program wants to be sent, and the forward it answered."""

    job_id: int
    account_id: int
    message_id: int
    text: str


class _Message(NamedTuple):
    connection_id: int
    sender: str
    recipient: str
    text: str
    received_at: Any
    is_test: Any
    number_id: int | None
    dialogue_id: int | None
    rule_id: int | None
    ceiling: int | None
    digits: str | None
    link: int | None
    can_send: Any
    time_zone: str
    is_answered: Any
    is_own: Any


def answer(con: Connection, replies: Iterable[Reply], ids: Iterator[int], now: datetime) -> tuple[dict[int, ReplyFate], list[Touched]]:
    """Send what may be sent; return what became of each by its job, and the messages written."""
    fates: dict[int, ReplyFate] = {}
    touched: list[Touched] = []
    ordered = sorted(replies, key=lambda one: (one.account_id, one.job_id))  # so that two workers reserve in one order
    prices = load_prices_of(con, {reply.account_id for reply in ordered}, now)
    for reply in ordered:
        row = con.row(_MESSAGE, (reply.message_id, reply.account_id))
        if row is None:
            fates[reply.job_id] = ReplyFate.SAMPLE
            continue
        message = _Message(*row)
        found = judge_reply(reply.text, _asked(con, reply, message, prices, now), now)
        if isinstance(found, Refused):
            fates[reply.job_id] = found.fate
            _trip(con, reply, message, found.trip, ids, now)
        elif not charging.reserve(con, reply.account_id, found.cost, now):
            fates[reply.job_id] = ReplyFate.NO_CREDIT
            charging.note_refusals(con, [reply.account_id], now)
        else:
            fates[reply.job_id] = ReplyFate.SENT
            touched.append(_send(con, reply, message, found, ids, now))
    return fates, touched


def _asked(con: Connection, reply: Reply, row: _Message, prices: Mapping[int, Mapping[Service, int]], now: datetime) -> Asked:
    clock = Clock(zone_named(row.time_zone))
    day = clock.local(now).date().isoformat()
    days = [] if row.rule_id is None else [("rule", row.rule_id, day)]
    echoes = [reply.account_id] if len(row.text) >= SHORTEST_ECHO else []
    known = load_known(con, [] if row.number_id is None else [(reply.account_id, row.number_id, row.sender)], (), (), now)
    answered = load_answered(con, Wanted([row.sender], echoes, days), now)
    message = InboundMessage(
        reply.message_id,
        row.connection_id,
        row.sender,
        row.recipient,
        row.text,
        Encoding.GSM7,
        con.dialect.moment(row.received_at),
        is_test=bool(row.is_test),
    )
    return Asked(
        message=message,
        account_id=reply.account_id,
        number_id=row.number_id,
        rule_id=row.rule_id,
        ceiling=row.ceiling,
        sender=known.sender(reply.account_id, row.number_id, row.sender),
        profile=Profile(clock=clock, prices=prices.get(reply.account_id, STANDARD_PRICES)),
        past=answered.past((row.sender, bool(row.is_test)), {row.sender} if row.is_own else frozenset(), lambda text: segments(text).count),
        is_answered=bool(row.is_answered),
        has_number=row.digits is not None and bool(row.can_send or row.is_test),
    )


def _send(con: Connection, reply: Reply, row: _Message, charge: Charge, ids: Iterator[int], now: datetime) -> Touched:
    """Write the text and its job; what is reserved for it is reserved already."""
    outbound_id, stamp = next(ids), con.dialect.timestamp(now)
    # As with every automatic reply, a test is answered where it came from: no answer to it may reach a carrier.
    link = row.connection_id if row.is_test or row.link is None else row.link
    statements.ANSWER_BY_PROGRAM.run(
        con,
        [
            (
                outbound_id,
                reply.account_id,
                row.number_id,
                link,
                row.dialogue_id,
                row.digits,
                row.sender,
                reply.text,
                reply.message_id,
                row.rule_id,
                charge.segment_count,
                charge.cost,
                charging.charge_state(charge.cost, reply.account_id),
                f"reply:{reply.job_id}",
                bool(row.is_test),
                stamp,
            )
        ],
    )
    statements.JOB.run(con, [(next(ids), reply.account_id, "submit", reply.message_id, outbound_id, None, stamp, stamp)])
    _count(con, reply.account_id, charge, ids)
    con.execute(_COUNT, (row.dialogue_id,))
    return Touched(outbound_id, reply.account_id, row.dialogue_id)


def _trip(con: Connection, reply: Reply, row: _Message, trip: TripBreaker | None, ids: Iterator[int], now: datetime) -> None:
    if trip is None:
        return
    about = (reply.account_id, row.number_id, trip.rule_id, None, row.sender, trip.reason.value, reply.message_id)
    stamp = con.dialect.timestamp
    statements.BREAKER_TRIP.run(con, [(next(ids), *about, bool(row.is_test), stamp(now), stamp(trip.until))])
    if trip.charge is not None:
        _count(con, reply.account_id, trip.charge, ids)


def _count(con: Connection, account_id: int, charge: Charge, ids: Iterator[int]) -> None:
    """Count what it costs for the day of its rule, or that the day is over for it."""
    if charge.source is not None:
        is_sent = charge.stopped_ceiling is None
        row = (next(ids), account_id, *charge.source, charge.day, int(is_sent), charge.segment_count, charge.cost, charge.stopped_ceiling)
        statements.ANSWER_DAY.run(con, [row])
