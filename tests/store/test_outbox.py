"""What receipts do to outgoing messages, in any order and number, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

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
        OUTBOUND_MESSAGE.run(self.con, [(outbound_id, 1, 1, LINK, 9, "4301", "48501222333", "Hello", None, None, None, 1, 0, False, at)])
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


@pytest.mark.parametrize("first", [DELIVERED, UNDELIVERED])
def test_a_final_state_never_goes_back(world: World, first: DeliveryReceipt) -> None:
    outbound_id = world.sent("a")
    world.apply(first)
    final = world.state(outbound_id)
    for late in (ON_ITS_WAY, DELIVERED, UNDELIVERED, first):
        assert world.apply(late) == []
    assert world.state(outbound_id) == final
    assert world.kept() == 0


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
