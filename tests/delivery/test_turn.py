"""Which of the texts just claimed may be handed over at once."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from recado.core.submit import OutboundText
from recado.delivery.jobs import SubmitJob
from recado.delivery.lanes import Room
from recado.delivery.turn import Turn, place

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def job(key: int, phone: str = "", *, connection_id: int = 3, is_bulk: bool = False) -> SubmitJob:
    return SubmitJob(key, 1, 0, connection_id, OutboundText(key, "4301", phone or str(key), "Hello", is_bulk=is_bulk), None)


def going(jobs, rooms, can_go=lambda _: True):
    return [one.job_id for one in place(jobs, rooms, can_go)[0]]


def test_as_many_go_as_there_is_room_for():
    jobs = [job(1), job(2), job(3), job(4, connection_id=4)]
    assert going(jobs, {3: Room(2, 2, frozenset())}) == [1, 2]


def test_bulk_takes_its_share_only():
    jobs = [job(1), job(2, is_bulk=True), job(3, is_bulk=True), job(4)]
    assert going(jobs, {3: Room(4, 1, frozenset())}) == [1, 2, 4]


def test_one_text_at_a_time_goes_to_a_phone_and_none_overtakes():
    jobs = [job(1, "anna"), job(2, "anna"), job(3, "bob"), job(4, "eve"), job(5, "eve")]
    assert going(jobs, {3: Room(9, 9, frozenset({("bob", False)}))}, lambda one: one.job_id != 4) == [1]


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.booleans())), st.integers(0, 5), st.integers(0, 5))
def test_whatever_comes_everything_goes_or_waits_in_order(given_jobs, places, bulk_places):
    jobs = [job(key, phone, is_bulk=is_bulk) for key, (phone, is_bulk) in enumerate(given_jobs)]
    gone, waiting = place(jobs, {3: Room(places, bulk_places, frozenset())}, lambda _: True)
    assert sorted(one.job_id for one in gone + waiting) == list(range(len(jobs)))
    assert len(gone) <= places
    assert sum(one.is_bulk for one in gone) <= bulk_places
    for one in gone:
        assert all(one.job_id < other.job_id for other in waiting if other.order == one.order)


def test_a_first_turn_writes_even_with_nothing_to_do():
    turn = Turn(now=NOW, lease=NOW - NOW)
    assert not turn.writes
    assert Turn(now=NOW, lease=NOW - NOW, is_first=True).writes
