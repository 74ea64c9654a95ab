"""The queue between links and writer: order, bounds, waking."""

import threading
import time
from datetime import UTC, datetime

import pytest

from recado.core.message import Encoding, InboundPart
from recado.gateway.intake import Intake, NotStoredError, Rebound, Waiter
from recado.gateway.session_breaks import RebindWatch

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def part(text: str) -> InboundPart:
    return InboundPart(1, "48501222333", "4301", text, Encoding.GSM7, NOW, b"", 1)


def texts(queued: list) -> list[str]:
    return [item.text for item, _ in queued]


def test_items_come_out_in_order_and_at_most_as_many_as_asked_for():
    intake = Intake()
    for text in "abcde":
        assert intake.put(part(text))
    assert texts(intake.take(3, 0)[0]) == ["a", "b", "c"]
    assert texts(intake.take(3, 0)[0]) == ["d", "e"]


def test_above_the_high_water_mark_nothing_is_taken_until_there_is_room():
    intake = Intake(high_water=2)
    assert [intake.put(part("x")) for _ in range(3)] == [True, True, False]
    assert not intake.has_room
    intake.take(1, 0)
    assert intake.has_room
    assert intake.put(part("x"))


def test_a_rebound_is_always_taken_and_always_first_in_its_group():
    intake = Intake(high_water=1)
    intake.put(part("before"))
    assert intake.put(Rebound(1, NOW, NOW))
    first, second = intake.take(10, 0)[0], intake.take(10, 0)[0]
    assert texts(first) == ["before"]
    assert isinstance(second[0][0], Rebound)


def test_what_is_put_back_comes_first():
    intake = Intake()
    intake.put(part("new"))
    intake.put_back([(part("a"), None), (part("b"), None)])
    assert texts(intake.take(10, 0)[0]) == ["a", "b", "new"]


def test_a_put_wakes_a_waiting_taker():
    intake, taken = Intake(), []
    thread = threading.Thread(target=lambda: taken.extend(intake.take(10, 30)[0]))
    thread.start()
    while not intake._is_idle:
        time.sleep(0.001)
    intake.put(part("x"))
    thread.join(10)
    assert texts(taken) == ["x"]


def test_a_call_wakes_too_and_is_handed_out_once():
    intake, called = Intake(), []
    intake.call(lambda: called.append(1))
    for call in intake.take(10, 30)[1]:
        call()
    assert called == [1]
    assert intake.take(10, 0) == ([], [])


def test_a_closed_intake_takes_nothing_more_but_gives_what_it_has():
    intake = Intake()
    intake.put(part("x"))
    intake.close()
    assert not intake.put(part("y"))
    assert texts(intake.take(10, 30)[0]) == ["x"]


def test_receive_waits_for_the_id():
    intake = Intake()

    def answer() -> None:
        ((_, ticket),), _ = intake.take(1, 30)
        assert isinstance(ticket, Waiter)
        ticket.done.set_result(17)

    thread = threading.Thread(target=answer)
    thread.start()
    assert intake.receive(part("x")) == 17
    thread.join(10)


def test_receive_says_when_nothing_is_stored():
    with pytest.raises(NotStoredError, match="full"):
        Intake(high_water=0).receive(part("x"))
    with pytest.raises(NotStoredError, match="not stored within"):
        Intake().receive(part("x"), timeout=0.01)


def test_resends_are_expected_at_the_start_after_a_loss_and_once_more_bound_but_not_when_a_link_joins():
    announced: list[Rebound] = []
    watch = RebindWatch(announced.append, lambda: NOW)
    watch.bound(1)
    watch.bound(1)
    assert len(announced) == 1
    watch.lost(1)
    assert len(announced) == 2
    watch.bound(1)
    watch.bound(2)
    assert [each.connection_id for each in announced] == [1, 1, 1, 2]
