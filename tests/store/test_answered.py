"""What the breaker is told about phones comes out of both databases as it was put in, and no more of it than counts."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.core.action import Charge, SendReply, TripBreaker, TripReason
from recado.core.breaker import TEXTS_REMEMBERED, Day, Sent, Trip
from recado.store.answered import Answered, Wanted, load_answered
from recado.store.dialect import Connection
from recado.store.ids import greatest_before
from recado.store.statements import ANSWER_DAY, BREAKER_TRIP, OUTBOUND_MESSAGE
from recado.testing.routing import Configured, configure

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA, BOB = "48501222333", "48601222333"


@pytest.fixture
def configured(connection: Connection) -> Configured:
    with connection.transaction():
        return configure(connection, NOW)


def send(con: Connection, account: int | None, ago: timedelta, *texts: str, phone: str = ANNA, autoresponder: int | None = None) -> None:
    at = NOW - ago
    first = greatest_before(int(at.timestamp() * 1000)) + 1 + 1000 * (account or 0) + (500 if phone == BOB else 0)
    rest = (None, autoresponder, None, 1, 9, "", False, con.dialect.timestamp(at))
    rows = [(first + place, account, None, None, None, "4301", phone, text, None, *rest) for place, text in enumerate(texts)]
    with con.transaction():
        OUTBOUND_MESSAGE.run(con, rows)


def test_what_went_to_a_phone_within_a_day_is_known_in_its_order(connection: Connection, configured: Configured) -> None:
    first, second = configured.accounts
    send(connection, first, timedelta(hours=25), "Long ago")
    send(connection, second, timedelta(hours=23), "From another")
    send(connection, first, timedelta(hours=1), "One", "Two")
    send(connection, None, timedelta(minutes=1), "Ours")
    send(connection, first, timedelta(minutes=1), "To Bob", phone=BOB)
    connection.execute("UPDATE outbox_outboundmessage SET origin = 'agent' WHERE text = 'Two'")
    connection.execute("UPDATE outbox_outboundmessage SET is_test = TRUE WHERE text = 'One'")
    found = load_answered(connection, Wanted([ANNA]), NOW)
    assert found.sent == {
        (ANNA, False): [
            Sent(second, "From another", NOW - timedelta(hours=23), is_automatic=True),
            Sent(first, "Two", NOW - timedelta(hours=1), is_automatic=False),
            Sent(None, "Ours", NOW - timedelta(minutes=1), is_automatic=True),
        ],
        (ANNA, True): [Sent(first, "One", NOW - timedelta(hours=1), is_automatic=True)],
    }


def test_of_what_accounts_sent_to_anybody_the_last_texts_of_a_day_are_known(connection: Connection, configured: Configured) -> None:
    first, second = configured.accounts
    send(connection, first, timedelta(hours=25), "Long ago")
    send(connection, second, timedelta(hours=3), "Only  ONE\n")
    assert load_answered(connection, Wanted(accounts=[first, second]), NOW).texts == {first: set(), second: {"only one"}}
    send(connection, first, timedelta(hours=2), *(f"text {count}" for count in range(TEXTS_REMEMBERED + 5)))
    found = load_answered(connection, Wanted(accounts=[first, second]), NOW).texts
    assert found == {first: {f"text {count}" for count in range(5, TEXTS_REMEMBERED + 5)}, second: {"only one"}}


def test_trips_days_and_what_was_given_once_are_known(connection: Connection, configured: Configured) -> None:
    account = configured.accounts[0]
    stamp = connection.dialect.timestamp
    until, at = NOW + timedelta(hours=1), greatest_before(int((NOW - timedelta(hours=23)).timestamp() * 1000)) + 1

    def trip(key: int, reason: str, msisdn: str, **ours: int) -> tuple[object, ...]:
        place = (account, None, ours.get("rule"), ours.get("responder"))
        return (key, *place, msisdn, reason, 1, False, stamp(NOW), stamp(until))

    with connection.transaction():
        old = greatest_before(int((NOW - timedelta(hours=27)).timestamp() * 1000))
        some = [trip(at, "echo", ANNA, rule=5), trip(at + 1, "ceiling", ANNA, rule=6), trip(at + 2, "echo", BOB), trip(old, "echo", ANNA)]
        BREAKER_TRIP.run(connection, some)
        ANSWER_DAY.run(
            connection, [(1, account, "rule", 5, "2026-11-22", 2, 3, 27, None), (2, account, "rule", 6, "2026-11-21", 1, 1, 9, 9)]
        )
        ANSWER_DAY.run(connection, [(3, account, "rule", 5, "2026-11-22", 0, 0, 0, 30)])
        ANSWER_DAY.run(connection, [(4, account, "rule", 5, "2026-11-22", 1, 1, 9, None)])
    connection.execute("UPDATE autoresponders_breakertrip SET lifted_at = ? WHERE id = ?", (stamp(NOW), at))
    send(connection, account, timedelta(days=3), "Given", autoresponder=7)
    send(connection, account, timedelta(days=2), "Given", autoresponder=7)
    days = [("rule", 5, "2026-11-22"), ("rule", 6, "2026-11-22")]
    found = load_answered(connection, Wanted([ANNA], [], days, [(ANNA, 7, timedelta(days=30)), (ANNA, 8, timedelta(days=1))]), NOW)
    assert found.trips == {(ANNA, False): [Trip(account, (5, None), until, lifted_at=NOW)]}
    assert found.days == {("rule", 5): Day(36, 30)}
    assert found.given == {(ANNA, False): {7: NOW - timedelta(days=2)}}
    assert load_answered(connection, Wanted([ANNA], given=[(ANNA, 7, timedelta(days=1))]), NOW).given == {}


def test_later_messages_of_a_group_see_what_the_ones_before_were_answered() -> None:
    known, phone = Answered(texts={1: set()}), (ANNA, False)
    past = known.past(phone, frozenset(), len)
    assert not known.knows(phone)
    known.note_reply(1, phone, SendReply("Hello YOU", autoresponder_id=4, charge=Charge(1, 9, ("autoresponder", 4), "2026-11-22")), NOW)
    known.note_trip((BOB, False), TripBreaker(1, 5, None, TripReason.ECHO, NOW))
    stopped = Charge(0, 0, ("autoresponder", 4), "2026-11-22", 9)
    known.note_trip(phone, TripBreaker(1, None, 4, TripReason.CEILING, NOW, stopped))
    assert known.knows(phone)
    assert known.knows((BOB, False))
    again = known.past(phone, frozenset(), len)
    assert [one.text for one in again.sent] == ["Hello YOU"]
    assert again.given == {4: NOW}
    assert again.trips == ()
    assert past.texts == {1: {"hello you"}}
    assert past.days == {("autoresponder", 4): Day(9, 9)}
