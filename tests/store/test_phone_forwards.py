"""Forwards to phones become outgoing messages, once each, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from recado.store.dialect import Connection, connect
from recado.store.ids import greatest_before
from recado.store.parking import take_out
from recado.store.phone_forwards import due, give_up, turn

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ME = 8
OPT_OUT = """INSERT INTO contacts_optout (id, account_id, msisdn, scope, target_id, text, created_at)
    VALUES (1, 1, '48600700800', '{}', {}, 'STOP', '2026-03-01 12:00:00+00:00')"""
LATE = greatest_before(int(NOW.timestamp() * 1000)) + 1
"""An id as they are given at that time."""
SENDER, TARGET = "48501222333", "48600700800"


class Shop:
    """An account with a number that can send, a phone to forward to, and one price for it."""

    def __init__(self, con: Connection, *, floor: int | None = None, can_send: bool = True) -> None:
        self.con = con
        self.ids = count(1000)
        self.outbound_ids = count(500_000)
        stamp = con.dialect.timestamp(NOW)
        self.insert("accounts_account", id=1, name="Shop", language="pl", time_zone="UTC", is_suspended=False, created_at=stamp)
        self.insert("connections_connection", id=3, name="carrier", kind="smpp", settings="{}", is_enabled=True, created_at=stamp)
        self.number(2, "48503340503", "individual_long", can_send=can_send)
        self.destination(7)
        if floor is not None:
            self.insert("billing_wallet", account_id=1, balance=0, reserved=0, floor=floor, updated_at=stamp)

    def insert(self, table: str, **values) -> None:
        self.con.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values()))

    def number(self, key: int, digits: str, kind: str, *, can_send: bool = True) -> None:
        values = {"id": key, "digits": digits, "kind": kind, "state": "assigned", "connection_id": 3, "label": "", "can_send": can_send}
        self.insert("numbers_number", **values, created_at=self.con.dialect.timestamp(NOW))

    def destination(self, key: int, **more) -> None:
        stamp = self.con.dialect.timestamp(NOW)
        values = {"name": "owner", "kind": "phone", "url": "", "method": "GET", "msisdn": TARGET, "is_enabled": True, **more}
        self.insert("outbox_destination", id=key, account_id=1, **{"confirmed_at": stamp, **values}, created_at=stamp)

    def forward(self, text: str = "Hello", *, sender: str = SENDER, destination_id: int = 7, is_test: bool = False) -> int:
        message, job, stamp = next(self.ids), next(self.ids), self.con.dialect.timestamp(NOW)
        zeros = {"argument": "", "encoding": 0, "parts_received": 1, "parts_total": 1, "fingerprint": 0, "trail": "[]", "raw": b""}
        whose = {"account_id": 1, "number_id": 2, "connection_id": 3, "dialogue_id": 9, "recipient": "48503340503"}
        flags = {"is_test": is_test, "is_read_by_api": False}
        self.insert("inbox_message", id=message, **whose, sender=sender, text=text, received_at=stamp, **zeros, **flags)
        rest = {"state": "waiting", "attempt_count": 0, "last_error": "", "next_attempt_at": stamp, "created_at": stamp}
        self.insert("outbox_job", id=job, account_id=1, kind="forward_phone", message_id=message, destination_id=destination_id, **rest)
        return job

    def turn(self, *job_ids: int, now: datetime = NOW) -> list[str | None]:
        with self.con.transaction():
            return [one.refusal for one in turn(self.con, job_ids, self.outbound_ids, now, ME)]

    def job(self, job_id: int) -> tuple:
        return tuple(self.con.rows("SELECT state, attempt_count, last_error FROM outbox_job WHERE id = ?", (job_id,))[0])

    def outgoing(self, columns: str = "sender, recipient, text, kind, cost, charge_state, origin") -> list[tuple]:
        return [tuple(row) for row in self.con.rows(f"SELECT {columns} FROM outbox_outboundmessage ORDER BY id")]

    def set(self, sql: str) -> None:
        self.con.execute(sql)


@pytest.fixture
def shop(connection) -> Shop:
    return Shop(connection)


def test_a_forward_becomes_a_text_with_the_sender_in_front_and_the_job_that_sends_it(shop):
    job = shop.forward("Is there bread?")
    assert due(shop.con, NOW, 10) == [job]
    assert shop.turn(job) == [None]
    text = ("48503340503", TARGET, "501 222 333: Is there bread?", "full", 9, "reserved", "forward")
    assert shop.outgoing() == [text]
    assert shop.job(job) == ("done", 1, "")
    submit = shop.con.rows("SELECT state, outbound_message_id, message_id FROM outbox_job WHERE kind = 'submit'")
    assert [("waiting", *shop.outgoing("id, in_reply_to_id")[0])] == [tuple(row) for row in submit]
    assert shop.con.rows("SELECT reserved FROM billing_wallet")[0][0] == 9
    assert due(shop.con, NOW, 10) == []


def test_of_an_mms_the_phone_is_told_what_came_in_the_language_of_the_account(shop):
    bare, worded = shop.forward(""), shop.forward("Look", sender="48501222334")
    for job, subject, types in ((bare, "", ("image/jpeg", "image/png", "text/x-vcard")), (worded, "Beach", ("audio/amr",))):
        (message,) = shop.con.row("SELECT message_id FROM outbox_job WHERE id = ?", (job,))
        shop.insert("mms_receivedmms", id=message, subject=subject, slides="[]")
        for position, kind in enumerate(types):
            zeros = {"sha256": "0" * 64, "size": 1, "claimed_type": "", "name": "", "content_id": ""}
            place = {"id": message * 10 + position, "message_id": message, "position": position, "role": "media"}
            shop.insert("mms_attachment", **place, content_type=kind, **zeros)
    assert shop.turn(bare, worded) == [None, None]
    texts = [("501 222 333: [2 zdjecia, 1 wizytowka]",), ("501 222 334: [1 nagranie] Beach: Look",)]
    assert shop.outgoing("text") == texts


def test_a_job_claimed_twice_is_charged_once(shop):
    job = shop.forward()
    shop.turn(job, job)
    shop.set("UPDATE outbox_job SET state = 'waiting' WHERE kind = 'forward_phone'")  # given another chance after it was worked off
    assert shop.turn(job) == [None]
    assert len(shop.outgoing()) == 1
    assert shop.con.rows("SELECT reserved FROM billing_wallet")[0][0] == 9


def test_what_is_interrupted_leaves_nothing_behind_and_is_done_later(shop):
    job = shop.forward()
    shop.con.begin()
    turn(shop.con, [job], shop.outbound_ids, NOW, ME)
    shop.con.rollback()
    assert (shop.outgoing(), shop.job(job)) == ([], ("waiting", 0, ""))
    assert shop.con.rows("SELECT 1 FROM billing_wallet WHERE reserved <> 0") == []
    assert shop.turn(job) == [None]
    assert len(shop.outgoing()) == 1


REFUSALS = [
    ("UPDATE outbox_destination SET is_enabled = FALSE", "phone_switched_off"),
    ("DELETE FROM outbox_destination", "phone_gone"),
    ("UPDATE outbox_destination SET confirmed_at = NULL", "phone_unconfirmed"),
    ("UPDATE inbox_message SET text = ''", "phone_no_text"),
    ("DELETE FROM inbox_message", "phone_gone"),
    (f"UPDATE numbers_number SET digits = '{TARGET}'", "phone_own_number"),
    (f"UPDATE inbox_message SET sender = '{TARGET}'", "phone_same_phone"),
    ("UPDATE outbox_destination SET daily_limit = 0", "phone_daily_limit"),
    ("UPDATE numbers_number SET can_send = FALSE", "phone_no_sender"),
    (f"INSERT INTO contacts_blockedsender (account_id, msisdn, reason, created_at) VALUES (1, '{TARGET}', '', '{NOW}')", "phone_blocked"),
    (OPT_OUT.format("account", 0), "phone_opted_out"),
    (OPT_OUT.format("number", 2), "phone_opted_out"),
    (OPT_OUT.format("number", 5), None),
]


def test_what_must_not_be_handed_on_ends_with_the_reason(shop):
    job = shop.forward()
    for sql, refusal in REFUSALS:  # in one database: making one takes longer than all of this
        shop.con.begin()
        shop.set(sql)
        assert [one.refusal for one in turn(shop.con, [job], shop.outbound_ids, NOW, ME)] == [refusal], sql
        assert (len(shop.outgoing()), shop.job(job)) == ((0, ("dead", 1, refusal)) if refusal else (1, ("done", 1, ""))), sql
        shop.con.rollback()


def test_a_text_that_was_handed_on_is_not_handed_on_again_when_it_comes_back(shop):
    stamp = shop.con.dialect.timestamp(NOW)
    shop.destination(8, msisdn="48700000002")
    of_dialogue = {"state": "open", "last_text": "", "unread_count": 0, "message_count": 1, "is_test": False, "last_is_inbound": True}
    shop.insert("dialogues_dialogue", id=9, account_id=1, number_id=2, msisdn=SENDER, last_message_at=stamp, **of_dialogue)
    shop.ids, shop.outbound_ids = count(LATE), count(LATE + 1000)
    first = shop.forward("Bread?")
    assert shop.turn(first) == [None]
    for came_from in (TARGET, "48700000001"):
        assert shop.turn(shop.forward("Fwd: 501 222 333:  bread?", sender=came_from, destination_id=8)) == ["phone_echo"]
    assert len(shop.outgoing()) == 1


def test_beyond_the_daily_limit_nothing_is_handed_on_until_the_day_is_over(shop):
    shop.set("UPDATE outbox_destination SET daily_limit = 2")
    assert shop.turn(*[shop.forward(f"{each}") for each in range(3)]) == [None, None, "phone_daily_limit"]
    assert shop.turn(shop.forward(is_test=True)) == [None]  # who tries it out is not counted
    assert shop.turn(shop.forward(), now=NOW + timedelta(hours=23)) == ["phone_daily_limit"]
    assert shop.turn(shop.forward(), now=NOW + timedelta(hours=25)) == [None]


def test_where_credit_does_not_reach_nothing_is_sent(connection):
    shop = Shop(connection, floor=-10)
    assert shop.turn(shop.forward(), shop.forward()) == [None, "phone_no_credit"]
    assert len(shop.outgoing()) == 1


def test_a_test_costs_nothing_and_leaves_through_the_simulator(shop):
    shop.set("UPDATE numbers_number SET can_send = FALSE")
    assert shop.turn(shop.forward(is_test=True)) == [None]
    assert shop.outgoing("is_test, cost, charge_state, connection_id") in ([(True, 0, "", 3)], [(1, 0, "", 3)])


def test_where_the_number_cannot_send_a_pool_number_does_and_the_price_of_the_list_in_force_holds(connection):
    shop = Shop(connection, can_send=False)
    shop.number(4, "48799000001", "eco")
    stamp = connection.dialect.timestamp(NOW - timedelta(days=1))
    common = {"overrides": "{}", "keyword_quotas": "{}", "created_at": stamp}
    connection.execute("UPDATE plans_plan SET is_default = FALSE")
    shop.insert("plans_plan", id=900, name="Dear", is_default=True, **common)
    shop.insert("plans_pricelist", id=900, plan_id=900, starts_at=stamp, prices='{"forward": 12}', fees="[]", created_at=stamp)
    assert shop.turn(shop.forward("a" * 200)) == [None]
    assert shop.outgoing("sender, kind, cost") == [("48799000001", "eco", 24)]


def test_a_sample_is_sent_like_a_message(shop):
    job = shop.forward()
    shop.con.execute("UPDATE outbox_job SET message_id = NULL, sample = ? WHERE id = ?", ('{"sender": "48501222333", "text": "Try"}', job))
    shop.number(4, "48799000001", "eco")
    assert shop.turn(job) == [None]
    assert shop.outgoing("text, sender") == [("501 222 333: Try", "48799000001")]


def test_what_waits_for_a_paused_phone_is_parked_whole_and_a_job_given_up_says_so(shop):
    job, behind, sample = shop.forward(), shop.forward(), shop.forward("Try")
    shop.con.execute("UPDATE outbox_destination SET paused_at = ?", (shop.con.dialect.timestamp(NOW),))
    shop.con.execute("UPDATE outbox_job SET sample = ? WHERE id = ?", ('{"sender": "48501222333", "text": "Try"}', sample))
    shop.number(4, "48799000001", "eco")
    assert due(shop.con, NOW, 1) == [job]
    assert shop.turn(job) == []
    assert due(shop.con, NOW, 10) == [sample]  # nothing of a backlog is looked at again, and tests are tried all the same
    assert shop.turn(sample) == [None]
    with shop.con.transaction():
        assert take_out(shop.con, 7, NOW) == 2
    assert due(shop.con, NOW, 10) == [job, behind]
    give_up(shop.con, job, NOW)
    assert shop.job(job) == ("dead", 1, "phone_broken")


def test_fifty_at_once_never_go_beyond_the_daily_limit(database, connection):
    shop = Shop(connection)
    shop.set("UPDATE outbox_destination SET daily_limit = 20")
    jobs = [shop.forward(f"{each}") for each in range(50)]

    def work(index: int) -> str | None:
        own = connect(database)
        try:
            with own.transaction():
                return turn(own, [jobs[index]], count(1_000_000 + index * 10), NOW, ME)[0].refusal
        finally:
            own.close()

    with ThreadPoolExecutor(50) as pool:
        said = list(pool.map(work, range(50)))
    assert (said.count(None), said.count("phone_daily_limit")) == (20, 30)
    assert len(shop.outgoing()) == 20
    assert connection.rows("SELECT reserved FROM billing_wallet")[0][0] == 180
