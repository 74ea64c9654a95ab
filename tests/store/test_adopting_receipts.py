"""Receipts of messages of which no answer came: adopted where it is certain, kept where it is not; on both databases."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from test_outbox import DELIVERED, LINK, NOW, ON_ITS_WAY, UNDELIVERED, World

from recado.core.receipt import DeliveryReceipt
from recado.store import handing, reconcile
from recado.store.dialect import Connection, connect
from recado.store.outbox import apply_kept_for_uncertain, apply_late_kept_for_uncertain
from recado.store.statements import JOB, OUTBOUND_MESSAGE

PHONE, SENDER = "48501222333", "4301"


def said(receipt: DeliveryReceipt = DELIVERED, carrier_id: str = "new", **more: object) -> DeliveryReceipt:
    return replace(receipt, **({"carrier_message_id": carrier_id, "sender": SENDER, "recipient": PHONE} | more))


class Uncertainties(World):
    def uncertain(self, text: str = "Hello", *, segments: int = 1, sender: str = SENDER) -> int:
        outbound_id = self.message(text, sender)
        at = self.con.dialect.timestamp(NOW)
        self.con.execute(
            "UPDATE outbox_outboundmessage SET state = 'uncertain', segment_count = ?, sent_at = ? WHERE id = ?",
            (segments, at, outbound_id),
        )
        return outbound_id

    def message(self, text: str = "Hello", sender: str = SENDER) -> int:
        outbound_id, at = next(self.ids), self.con.dialect.timestamp(NOW)
        OUTBOUND_MESSAGE.run(self.con, [(outbound_id, 1, 1, LINK, 9, sender, PHONE, text, None, None, None, None, 1, 0, "", False, at)])
        return outbound_id

    def being_handed_over(self) -> int:
        outbound_id, at = self.message(), self.con.dialect.timestamp(NOW)
        JOB.run(self.con, [(next(self.ids), 1, "submit", None, outbound_id, None, at, at)])
        self.con.execute("UPDATE outbox_job SET state = 'handing' WHERE outbound_message_id = ?", (outbound_id,))
        return outbound_id


@pytest.fixture
def world(connection: Connection) -> Uncertainties:
    return Uncertainties(connection)


@pytest.mark.parametrize(("receipt", "state"), [(DELIVERED, "delivered"), (UNDELIVERED, "undelivered"), (ON_ITS_WAY, "sent")])
def test_a_receipt_tells_what_became_of_the_one_uncertain_message(world, receipt, state):
    outbound_id = world.uncertain()
    world.apply(said(receipt))
    assert world.state(outbound_id)[0] == state
    assert world.kept() == 0


def test_delivered_takes_as_many_segments_as_the_text_has(world):
    outbound_id = world.uncertain("Hello " * 40, segments=2)
    assert world.apply(said()) == []
    assert world.state(outbound_id)[0] == "uncertain"
    assert world.apply(said(carrier_id="second")) == [outbound_id]
    assert world.state(outbound_id)[0] == "delivered"
    world.apply(said(carrier_id="third"))
    assert world.kept() == 1


def test_several_reports_about_one_segment_in_one_group_are_one_segment(world):
    outbound_id = world.uncertain(segments=2)
    world.apply(said(ON_ITS_WAY), said(DELIVERED), said(DELIVERED))
    assert world.con.rows("SELECT state FROM outbox_segment") == [("delivered",)]
    assert world.state(outbound_id)[0] == "uncertain"


def test_between_two_only_the_text_decides(world):
    first, second = world.uncertain("Come in"), world.uncertain("Go out")
    world.apply(said())
    assert world.kept() == 1
    assert world.apply(said(carrier_id="b", text="Go out")) == [second]
    assert world.state(first)[0] == "uncertain"


@pytest.mark.parametrize(
    "other", [{"connection_id": LINK + 1}, {"recipient": "48501222334"}, {"sender": "4302"}, {"received_at": NOW + timedelta(days=4)}]
)
def test_what_is_not_about_it_is_kept(world, other):
    outbound_id = world.uncertain()
    world.apply(said(**other))
    assert world.state(outbound_id)[0] == "uncertain"
    assert world.kept() == 1


def test_while_another_text_to_the_phone_is_under_way_nothing_is_certain_and_later_it_is(world):
    outbound_id, other = world.uncertain(), world.being_handed_over()
    world.apply(said())
    assert world.state(outbound_id)[0] == "uncertain"
    assert world.kept() == 1
    world.con.execute("UPDATE outbox_job SET state = 'done' WHERE outbound_message_id = ?", (other,))
    assert [one.outbound_id for one in apply_late_kept_for_uncertain(world.con, 0, world.ids)] == [outbound_id]
    assert world.kept() == 0


def test_what_was_kept_before_a_message_became_uncertain_is_applied(world):
    world.apply(said(), said(carrier_id="b", recipient="48501222334"))
    outbound_id = world.uncertain()
    touched = apply_kept_for_uncertain(world.con, [(LINK, PHONE)], world.ids)
    assert [one.outbound_id for one in touched] == [outbound_id]
    assert world.state(outbound_id)[0] == "delivered"
    assert world.kept() == 1


def test_what_stays_doubtful_stays_kept_as_it_is(world):
    world.apply(said())
    world.uncertain(), world.uncertain()
    before = world.con.rows("SELECT * FROM outbox_unmatchedreceipt")
    assert apply_kept_for_uncertain(world.con, [(LINK, PHONE)], world.ids) == []
    assert apply_late_kept_for_uncertain(world.con, 0, world.ids) == []
    assert world.con.rows("SELECT * FROM outbox_unmatchedreceipt") == before


PLANS = {
    "lost": (handing._LOST.format(condition=handing._LEASE_ENDED), ("2026", 1)),
    "lost by earlier lives": (handing._LOST.format(condition="j.claimed_by % 8 = ? AND j.claimed_by <> ?"), (0, 1)),
    "own beyond lease": (handing._OWN_BEYOND_LEASE, ("2026", 1)),
    "being handed over": (reconcile._BEING_HANDED_OVER, ()),
}


@pytest.mark.parametrize("what", PLANS)
def test_looking_for_what_is_being_handed_over_never_looks_through_all_jobs(sqlite_database, what):
    with closing(connect(sqlite_database)) as con:
        plan = [row[3] for row in con.rows(f"EXPLAIN QUERY PLAN {PLANS[what][0]}", PLANS[what][1])]
    assert "job_handing" in plan[0]
