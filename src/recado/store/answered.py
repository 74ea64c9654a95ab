"""What the loop and money breaker must know about the phones of a group: what was sent to them, where answers were stopped, what they cost.

What belongs here: loading it, one query for each table, and letting each message of a group see what the ones before it were answered. What
does not: what follows from it (`core.breaker`), writing rows (`collectors`, `write`).
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from recado.core.action import Charge, SendReply, Source, TripBreaker
from recado.core.breaker import ECHO_WITHIN, TEXTS_REMEMBERED, Day, Past, Sent, Trip, as_echoed
from recado.store.charging import left
from recado.store.dialect import POSTGRESQL, Connection
from recado.store.ids import greatest_before
from recado.store.insert import BIGINT, TEXT

TRIPS_WITHIN = timedelta(hours=26)
"""No trip is in force for longer: at most a calendar day with an hour more when the clocks change."""

_SENT = """SELECT o.recipient, o.account_id, o.text, o.created_at, o.origin, o.is_test, o.survey_id
    FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.recipient = k.a AND o.id > k.b ORDER BY o.id"""
_TEXTS = f"""SELECT o.account_id, o.text FROM {{keys}} CROSS JOIN outbox_outboundmessage o
    WHERE o.account_id = k.a AND o.id >= COALESCE((
        SELECT i.id FROM outbox_outboundmessage i WHERE i.account_id = k.a AND i.id > k.b
        ORDER BY i.id DESC LIMIT 1 OFFSET {TEXTS_REMEMBERED - 1}
    ), k.b + 1)"""  # noqa: S608  # a number of ours
_TEXTS_POSTGRESQL = f"""SELECT o.account_id, o.text FROM {{keys}} CROSS JOIN outbox_outboundmessage o
    WHERE o.account_id <= k.a AND (o.account_id, o.id) >= (k.a, COALESCE((
        SELECT i.id FROM outbox_outboundmessage i WHERE (i.account_id, i.id) > (k.a, k.b) AND i.account_id <= k.a
        ORDER BY i.account_id DESC, i.id DESC LIMIT 1 OFFSET {TEXTS_REMEMBERED - 1}
    ), k.b + 1))"""  # noqa: S608  # a number of ours
"""The same, written so that only the index by account and id serves: by id alone, what all others sent on that day would be read, too."""
_TRIPS = """SELECT t.msisdn, t.account_id, t.rule_id, t.autoresponder_id, t.until, t.lifted_at, t.is_test
    FROM {keys} CROSS JOIN autoresponders_breakertrip t WHERE t.msisdn = k.a AND t.id > k.b AND t.reason <> 'ceiling'"""
_DAYS = """SELECT d.source, d.source_id, d.cost, d.stopped_ceiling FROM {keys} CROSS JOIN autoresponders_answerday d
    WHERE d.source = k.a AND d.source_id = k.b AND d.day = k.c"""
_GIVEN = """SELECT o.recipient, o.autoresponder_id, o.is_test, MAX(o.created_at) FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.recipient = k.a AND o.autoresponder_id = k.b AND o.id > k.c GROUP BY o.recipient, o.autoresponder_id, o.is_test"""


Phone: TypeAlias = tuple[str, bool]
"""A phone, and whether it is a simulated one: neither uses up what the other gets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a group asks about."""

    phones: Iterable[str] = ()
    accounts: Iterable[int] = ()
    days: Iterable[tuple[str, int, str]] = ()
    """Kind and id of a source, and the calendar day of its account."""
    given: Iterable[tuple[str, int, timedelta]] = ()
    """Phone, autoresponder, and within what time it is given once."""
    payers: Iterable[int] = ()
    """Accounts that would pay for an answer."""


@dataclass(slots=True)
class Answered:
    """What is known about automatic answers to the phones of a group."""

    sent: dict[Phone, list[Sent]] = field(default_factory=dict)
    trips: dict[Phone, list[Trip]] = field(default_factory=dict)
    texts: dict[int, set[str]] = field(default_factory=dict)
    days: dict[Source, Day] = field(default_factory=dict)
    given: dict[Phone, dict[int, datetime]] = field(default_factory=dict)
    credit: dict[int, int] = field(default_factory=dict)
    """What accounts can still spend; who may owe any amount is left out."""

    def knows(self, phone: Phone) -> bool:
        """Say whether anything was sent to a phone lately, or answers to it were stopped; else it is like all the others."""
        return phone in self.sent or phone in self.given or phone in self.trips

    def past(self, phone: Phone, own_numbers: Container[str], count_segments: Callable[[str], int]) -> Past:
        """Return what is known about one phone, now and when later messages of the group add to it."""
        sent: Sequence[Sent] = self.sent.get(phone, ())
        given = self.given.get(phone, {})
        return Past(own_numbers, sent, self.trips.get(phone, ()), self.texts, self.days, given, self.credit, count_segments)

    def note_reply(self, account_id: int | None, phone: Phone, reply: SendReply, now: datetime) -> None:
        """Remember that a message of this group is answered."""
        self.sent.setdefault(phone, []).append(
            Sent(account_id, reply.text, now, is_automatic=True, is_of_survey=reply.survey_id is not None)
        )
        if account_id is not None and account_id in self.texts:
            self.texts[account_id].add(as_echoed(reply.text))
        if reply.autoresponder_id is not None:
            self.given.setdefault(phone, {})[reply.autoresponder_id] = now
        self._count(reply.charge)
        if reply.charge is not None and account_id in self.credit:
            self.credit[account_id] -= reply.charge.cost

    def note_trip(self, phone: Phone, trip: TripBreaker) -> None:
        """Remember that a message of this group stopped answers."""
        if trip.charge is not None:
            self._count(trip.charge)
        else:
            self.trips.setdefault(phone, []).append(Trip(trip.account_id, (trip.rule_id, trip.autoresponder_id), trip.until))

    def _count(self, charge: Charge | None) -> None:
        if charge is not None and charge.source is not None:
            day = self.days.get(charge.source, Day())
            stopped = day.stopped_ceiling if charge.stopped_ceiling is None else charge.stopped_ceiling
            self.days[charge.source] = Day(day.cost + charge.cost, stopped)


def load_answered(con: Connection, wanted: Wanted, now: datetime) -> Answered:
    """Load what is asked about, as far as it is stored."""
    found = Answered()
    moment = con.dialect.moment
    phones, accounts = list(dict.fromkeys(wanted.phones)), list(dict.fromkeys(wanted.accounts))
    since = _before(now - ECHO_WITHIN)
    for msisdn, account_id, text, at, origin, is_test, survey_id in con.rows_for(
        _SENT, (TEXT, BIGINT), [(phone, since) for phone in phones]
    ):
        sent = Sent(account_id, text, moment(at), origin == "rule", survey_id is not None)
        found.sent.setdefault((msisdn, bool(is_test)), []).append(sent)
    found.texts = {account_id: set() for account_id in accounts}
    texts = _TEXTS_POSTGRESQL if con.dialect is POSTGRESQL else _TEXTS
    for account_id, text in con.rows_for(texts, (BIGINT, BIGINT), [(account_id, since) for account_id in accounts]):
        found.texts[account_id].add(as_echoed(text))
    oldest = _before(now - TRIPS_WITHIN)
    for msisdn, account_id, rule_id, autoresponder_id, until, lifted_at, is_test in con.rows_for(
        _TRIPS, (TEXT, BIGINT), [(phone, oldest) for phone in phones]
    ):
        lifted = None if lifted_at is None else moment(lifted_at)
        found.trips.setdefault((msisdn, bool(is_test)), []).append(Trip(account_id, (rule_id, autoresponder_id), moment(until), lifted))
    for source, source_id, cost, stopped in con.rows_for(_DAYS, (TEXT, BIGINT, TEXT), list(dict.fromkeys(wanted.days))):
        found.days[source, source_id] = Day(cost, stopped)
    given = [(phone, key, _before(now - within)) for phone, key, within in dict.fromkeys(wanted.given)]
    for msisdn, autoresponder_id, is_test, at in con.rows_for(_GIVEN, (TEXT, BIGINT, BIGINT), given):
        found.given.setdefault((msisdn, bool(is_test)), {})[autoresponder_id] = moment(at)
    found.credit = left(con, dict.fromkeys(wanted.payers))
    return found


def _before(moment: datetime) -> int:
    return greatest_before(int(moment.timestamp() * 1000))
