"""What receipts do to outgoing messages, in any order and number, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recado.core.fate import CORRECTED_WITHIN
from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason
from recado.store.dialect import Connection
from recado.store.ids import IdGenerator
from recado.store.outbox import apply_kept_receipts, apply_late_kept_receipts, apply_receipts
from recado.store.statements import OUTBOUND_MESSAGE, SEGMENT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINK = 3
DELIVERED = DeliveryReceipt(LINK, "a", "DELIVRD", "000", NOW, b"raw", OutboundState.DELIVERED)
UNDELIVERED = DeliveryReceipt(LINK, "a", "UNDELIV", "0B1", NOW, b"raw", OutboundState.UNDELIVERED, UndeliveredReason.WRONG_NUMBER)
ON_ITS_WAY = DeliveryReceipt(LINK, "a", "ENROUTE", "000", NOW, b"raw", None)


class World:
    def __init__(self, con: Connection) -> None:
        self.con = con
        self.ids = IdGenerator(0).stream(0)

    def sent(self, *carrier_ids: str) -> int:
        outbound_id = next(self.ids)
        at = self.con.dialect.timestamp(NOW)
        OUTBOUND_MESSAGE.run(
            self.con, [(outbound_id, 1, 1, LINK, 9, "4301", "48501222333", "Hello", None, None, None, None, 1, 0, "", False, at)]
        )
        self.con.execute(
            "UPDATE outbox_outboundmessage SET state = 'sent', segment_count = ? WHERE id = ?", (len(carrier_ids), outbound_id)
        )
        self.segments(outbound_id, *carrier_ids)
        return outbound_id

    def segments(self, outbound_id: int, *carrier_ids: str) -> None:
        at = self.con.dialect.timestamp(NOW)
        SEGMENT.run(self.con, [(next(self.ids), outbound_id, n, LINK, carrier_id, at) for n, carrier_id in enumerate(carrier_ids, 1)])

    def apply(self, *receipts: DeliveryReceipt) -> list[int]:
        return [one.outbound_id for one in apply_receipts(self.con, receipts, self.ids)]

    def state(self, outbound_id: int) -> tuple[object, ...] | None:
        return self.con.row("SELECT state, reason, carrier_error FROM outbox_outboundmessage WHERE id = ?", (outbound_id,))

    def kept(self) -> int:
        return len(self.con.rows("SELECT id FROM outbox_unmatchedreceipt"))


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def test_delivered_takes_all_segments(world: World) -> None:
    outbound_id = world.sent("a", "b")
    assert world.apply(DELIVERED) == []
    assert world.state(outbound_id) == ("sent", "", "")
    assert world.apply(replace(DELIVERED, carrier_message_id="b")) == [outbound_id]
    assert world.state(outbound_id) == ("delivered", "", "")


def test_one_segment_undelivered_is_enough(world: World) -> None:
    outbound_id = world.sent("a", "b")
    assert world.apply(UNDELIVERED, replace(DELIVERED, carrier_message_id="b")) == [outbound_id]
    assert world.state(outbound_id) == ("undelivered", "wrong_number", "0B1")


def test_delivered_never_goes_back(world: World) -> None:
    outbound_id = world.sent("a")
    world.apply(DELIVERED)
    for late in (ON_ITS_WAY, UNDELIVERED, DELIVERED):
        assert world.apply(late) == []
    assert world.state(outbound_id) == ("delivered", "", "")
    assert world.kept() == 0


def test_undelivered_is_corrected_by_a_later_success_and_by_nothing_else(world: World) -> None:
    outbound_id = world.sent("a")
    world.apply(UNDELIVERED)
    assert world.apply(ON_ITS_WAY, UNDELIVERED) == []
    assert world.state(outbound_id) == ("undelivered", "wrong_number", "0B1")
    assert world.apply(DELIVERED) == [outbound_id]
    assert world.state(outbound_id) == ("delivered", "", "")


def test_a_corrected_segment_leaves_the_message_on_its_way_while_others_are(world: World) -> None:
    outbound_id = world.sent("a", "b")
    world.apply(UNDELIVERED)
    assert world.apply(DELIVERED) == [outbound_id]
    assert world.con.row("SELECT state, reason, finished_at FROM outbox_outboundmessage") == ("sent", "", None)
    assert world.apply(replace(DELIVERED, carrier_message_id="b")) == [outbound_id]


def test_a_report_days_later_is_about_another_message_with_the_same_id(world: World) -> None:
    outbound_id = world.sent("a")
    world.apply(UNDELIVERED)
    world.apply(replace(DELIVERED, received_at=NOW + CORRECTED_WITHIN + timedelta(seconds=1)))
    assert world.state(outbound_id) == ("undelivered", "wrong_number", "0B1")
    assert world.kept() == 1


def test_what_ended_when_it_was_handed_over_does_not_come_back_by_a_report_about_a_part(world: World) -> None:
    outbound_id = world.sent("a")
    refused = "UPDATE outbox_outboundmessage SET state = 'undelivered', reason = 'message_rejected', segment_count = 2 WHERE id = ?"
    world.con.execute(refused, (outbound_id,))
    assert world.apply(DELIVERED) == []
    assert world.state(outbound_id) == ("undelivered", "message_rejected", "")


def test_the_same_receipts_in_one_group_count_in_order(world: World) -> None:
    outbound_id = world.sent("a")
    assert world.apply(ON_ITS_WAY, DELIVERED, UNDELIVERED, DELIVERED) == [outbound_id]
    assert world.state(outbound_id) == ("delivered", "", "")


def test_a_carrier_still_trying_is_noted_on_the_segment_alone(world: World) -> None:
    outbound_id = world.sent("a")
    assert world.apply(ON_ITS_WAY) == []
    assert world.con.rows("SELECT state, carrier_state FROM outbox_segment") == [("sent", "ENROUTE")]
    assert world.state(outbound_id) == ("sent", "", "")


def test_another_connections_receipt_is_not_ours(world: World) -> None:
    outbound_id = world.sent("a")
    world.apply(replace(DELIVERED, connection_id=LINK + 1))
    assert world.state(outbound_id) == ("sent", "", "")
    assert world.kept() == 1


def test_an_id_used_anew_means_the_newest_segment_on_its_way(world: World) -> None:
    old, new = world.sent("a"), world.sent("a")
    assert world.apply(DELIVERED) == [new]
    assert world.apply(UNDELIVERED) == [old]
    assert world.state(new) == ("delivered", "", "")


@pytest.mark.parametrize("order", [*permutations([ON_ITS_WAY, DELIVERED])])
def test_receipts_before_the_carriers_answer_are_found_again(world: World, order: tuple[DeliveryReceipt, ...]) -> None:
    world.apply(*order)
    assert world.kept() == 2
    outbound_id = world.sent("a")
    touched = apply_kept_receipts(world.con, [(LINK, "a")])
    assert [one.outbound_id for one in touched] == [outbound_id]
    assert world.state(outbound_id) == ("delivered", "", "")
    assert world.kept() == 0


def test_receipts_kept_at_the_very_moment_the_segment_was_written_are_swept_up(world: World) -> None:
    world.apply(UNDELIVERED, replace(DELIVERED, carrier_message_id="nobody's"))
    outbound_id = world.sent("a")
    assert [one.outbound_id for one in apply_late_kept_receipts(world.con, 0)] == [outbound_id]
    assert world.state(outbound_id) == ("undelivered", "wrong_number", "0B1")
    assert world.kept() == 1


def test_receipts_that_were_kept_long_ago_are_not_looked_at_again_and_again(world: World) -> None:
    world.apply(UNDELIVERED)
    last = next(world.ids)
    world.sent("a")
    assert apply_late_kept_receipts(world.con, last) == []
    assert world.kept() == 1


def test_very_long_words_of_a_carrier_are_cut(world: World) -> None:
    world.apply(replace(ON_ITS_WAY, carrier_state="X" * 50, carrier_error="Y" * 500, carrier_message_id="Z" * 200))
    assert world.kept() == 1


WHY = ["other_error", "wrong_number", "message_expired", "message_rejected"]
SAID = [("ENROUTE", None, None), ("DELIVRD", OutboundState.DELIVERED, None), ("PARKED", None, None)]
SAID += [("UNDELIV", OutboundState.UNDELIVERED, UndeliveredReason(reason)) for reason in WHY]


@st.composite
def receipts(draw: st.DrawFn) -> DeliveryReceipt:
    word, state, reason = draw(st.sampled_from(SAID))
    at = NOW + timedelta(minutes=draw(st.integers(0, 600)))
    return DeliveryReceipt(LINK, draw(st.sampled_from("abc")), word, draw(st.sampled_from(["000", "0B1"])), at, b"raw", state, reason)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), told=st.lists(receipts(), min_size=1, max_size=6))
def test_any_order_any_repetition_and_any_grouping_of_receipts_end_the_same(
    connection: Connection, data: st.DataObject, told: list[DeliveryReceipt]
) -> None:
    ends = []
    for _ in range(2):
        world = World(connection)
        for table in ("outbox_segment", "outbox_outboundmessage", "outbox_unmatchedreceipt"):
            connection.execute(f"DELETE FROM {table}")
        outbound_id = world.sent("a", "b")
        again = data.draw(st.lists(st.sampled_from(told), max_size=4))
        order = data.draw(st.permutations([*told, *again]))
        cut = data.draw(st.integers(0, len(order)))
        for group in (order[:cut], order[cut:]):
            if group:
                world.apply(*group)
        segments = connection.rows("SELECT position, state, reason FROM outbox_segment ORDER BY position")
        ends.append((world.state(outbound_id), list(map(tuple, segments))))
    assert ends[0] == ends[1]
