"""Turning forwards to phones into outgoing messages: each once, with its money reserved, in the transaction that ends its job.

What belongs here: this one transaction, for jobs of the kind `forward_phone`. What does not: what the text says (`core.phone_forward`),
loops (`core.phone_loop`), what is loaded for it (`phone_forward_rows`), sending the texts, which is like sending any other
(docs/adr/0033).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from recado.core.correlation import CORRELATION_WINDOW
from recado.core.phone_forward import STANDARD_DAILY_LIMIT, PhoneRefusal, forwarded_text
from recado.core.phone_loop import loops
from recado.core.price import STANDARD_PRICES, Service, cost
from recado.protocols.gsm import segments
from recado.store import jobs
from recado.store import phone_forward_rows as rows
from recado.store.charging import reserve
from recado.store.dialect import Connection
from recado.store.parking import park
from recado.store.phone_forward_rows import OUTGOING, PhoneForward
from recado.store.plans import load_prices_of
from recado.store.pool import PoolNumber, load_pool, take_numbers
from recado.store.statements import JOB

LEASE = timedelta(minutes=1)
"""Never waited for: a job is claimed and ended in one transaction."""


class Turned(NamedTuple):
    """A job that was worked off."""

    job_id: int
    account_id: int
    dialogue_id: int | None
    """Of the message that is handed on."""
    refusal: PhoneRefusal | None
    """Why no text was written; None where one was, now or before."""


class _Sender(NamedTuple):
    """Where a text leaves from."""

    shown: str
    number_id: int | None
    connection_id: int | None
    kind: str


@dataclass(slots=True)
class _Group:
    """Jobs on their way through one transaction, and what is known about all of them."""

    con: Connection
    ids: Iterator[int]
    now: datetime
    window: timedelta
    forwards: Sequence[PhoneForward]
    written: list[tuple[object, ...]] = field(default_factory=list)
    queued: list[tuple[object, ...]] = field(default_factory=list)
    pool: list[PoolNumber] | None = None

    def turn(self) -> list[Turned]:
        """Decide on one job after the other, then write all."""
        con, now = self.con, self.now
        counts = Counter(rows.lock_and_count(con, self.forwards, now))
        known = rows.load_known(con, self.forwards, now)
        prices = load_prices_of(con, {one.account_id for one in self.forwards}, now)
        ended = []
        for one in self.forwards:
            refusal = None
            if one.job_id not in known.done:
                refusal = self._refusal(one, known, counts[one.destination_id or 0])
                if refusal is None:
                    refusal = self._write(one, known, prices.get(one.account_id, STANDARD_PRICES)[Service.FORWARD])
                counts[one.destination_id or 0] += refusal is None and not one.is_test
            ended.append(Turned(one.job_id, one.account_id, one.dialogue_id, refusal))
        OUTGOING.run(con, self.written)
        JOB.run(con, self.queued)
        jobs.end(con, [_ending(one, turned.refusal) for one, turned in zip(self.forwards, ended, strict=True)], now)
        return ended

    def _refusal(self, one: PhoneForward, known: rows.Known, count: int) -> PhoneRefusal | None:
        """Say why a message is not handed on; what depends on the sender comes later."""
        if one.msisdn is None or one.text is None:
            return PhoneRefusal.GONE
        if closed := _closed(one):
            return closed
        if loop := loops(one.msisdn, one.sender, one.text, known.own_numbers, known.handed_on.get(one.job_id, ())):
            return loop
        if (one.account_id, one.msisdn) in known.blocked:
            return PhoneRefusal.BLOCKED
        scopes = known.opt_outs.get((one.account_id, one.msisdn), set())
        if ("account", 0) in scopes or ("number", one.number_id) in scopes:
            return PhoneRefusal.OPTED_OUT
        limit = STANDARD_DAILY_LIMIT if one.daily_limit is None else one.daily_limit
        return PhoneRefusal.DAILY_LIMIT if count >= limit and not one.is_test else None

    def _write(self, one: PhoneForward, known: rows.Known, price: int) -> PhoneRefusal | None:
        """Add a text and the job that sends it; say why not where it has no sender, or credit does not reach for it."""
        sender = self._sender(one)
        if sender is None:
            return PhoneRefusal.NO_SENDER
        if ("number", sender.number_id) in known.opt_outs.get((one.account_id, one.msisdn or ""), ()):
            return PhoneRefusal.OPTED_OUT
        count = partial(_count, width=known.widths.get(sender.connection_id or 0, 8))
        text = forwarded_text(one.sender, one.text or "", count)
        segment_count = count(text)
        amount = 0 if one.is_test else cost({Service.FORWARD: price}, Service.FORWARD, segment_count)
        if not reserve(self.con, one.account_id, amount, self.now):
            return PhoneRefusal.NO_CREDIT
        stamp, outbound_id = self.con.dialect.timestamp(self.now), next(self.ids)
        whose = (outbound_id, one.account_id, sender.number_id, sender.connection_id, sender.shown, one.msisdn, text)
        charge_state = "reserved" if amount else ""
        because = (one.message_id, one.destination_id, rows.key_of(one.job_id))
        self.written.append((*whose, segment_count, one.is_test, sender.kind, amount, charge_state, *because, stamp))
        self.queued.append((next(self.ids), one.account_id, jobs.SUBMIT, one.message_id, outbound_id, None, stamp, stamp))
        return None

    def _sender(self, one: PhoneForward) -> _Sender | None:
        """Choose where a text leaves from: the number the message came to, where that can send, else the pool."""
        own_connection = one.came_through if one.is_test else one.connection_id
        if one.number_id is not None and own_connection is not None and (one.is_test or (one.can_send and one.number_kind != "eco")):
            return _Sender(one.digits, one.number_id, own_connection, "full")
        if self.pool is None:
            self.pool = load_pool(self.con)
        same = [number for number in self.pool if number.id == one.number_id]
        for some in (same, self.pool):
            if some and (taken := take_numbers(self.con, one.account_id, {one.msisdn or "": self.now}, some, self.now, self.window)):
                number = taken[one.msisdn or ""]
                return _Sender(number.digits, number.id, number.connection_id, "eco")
        return None


def due(con: Connection, now: datetime, limit: int) -> list[int]:
    """Return forwards to phones that may be worked off, oldest first."""
    return rows.due(con, now, limit)


def turn(
    con: Connection, job_ids: Sequence[int], ids: Iterator[int], now: datetime, me: int, window: timedelta = CORRELATION_WINDOW
) -> list[Turned]:
    """Work off jobs inside the transaction that is open: each becomes an outgoing message once, or ends with the reason why not.

    Jobs that somebody else has are left alone, those to paused destinations wait (`parking`); a job that was worked off before, and was
    given another chance, writes nothing more.
    """
    claimed = jobs.claim(con, job_ids, now, LEASE, me)
    left = sorted(set(claimed) - park(con, claimed, now)) if claimed else []
    forwards = rows.load(con, left) if left else []
    return _Group(con, ids, now, window, forwards).turn() if forwards else []


def give_up(con: Connection, job_id: int, now: datetime) -> None:
    """End a job that could not be worked off because of a fault of ours."""
    jobs.end(con, [jobs.Ending(job_id, "dead", 1, None, PhoneRefusal.BROKEN)], now)


def _closed(one: PhoneForward) -> PhoneRefusal | None:
    """Say why nothing at all goes to the phone, or why there is nothing to hand on."""
    if not one.is_enabled:
        return PhoneRefusal.SWITCHED_OFF
    if not one.is_confirmed:
        return PhoneRefusal.UNCONFIRMED
    return None if (one.text or "").strip() else PhoneRefusal.NO_TEXT


def _ending(one: PhoneForward, refusal: PhoneRefusal | None) -> jobs.Ending:
    return jobs.Ending(one.job_id, "dead" if refusal else "done", one.attempt_count + 1, None, refusal or "")


def _count(text: str, *, width: int) -> int:
    return segments(text, width).count
