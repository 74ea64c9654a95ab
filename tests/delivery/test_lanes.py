"""Which claimed jobs may start: bounded, in turn, in order, apart from one another."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recado.delivery.lanes import Lanes, Room

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAUSE = timedelta(seconds=5)
SOON = NOW + PAUSE


@dataclass(frozen=True)
class One:
    job_id: int
    lane: str
    order: str = ""
    is_bulk: bool = False


def jobs(lane: str, *ids: int, order: str | None = None) -> list[One]:
    return [One(each, lane, order if order is not None else str(each)) for each in ids]


def started(lanes: Lanes[One], now: datetime = NOW) -> list[int]:
    return [job.job_id for job in lanes.start(now)]


def test_lanes_are_served_in_turn():
    lanes = Lanes(per_lane=10, in_all=4)
    lanes.add(jobs("a", 1, 2, 3, 4, 5) + jobs("b", 6, 7))
    assert started(lanes) == [1, 6, 2, 7]
    assert (lanes.running_count, lanes.waiting_count) == (4, 3)


def test_a_lane_with_much_to_do_leaves_room_for_others():
    lanes = Lanes(per_lane=2, in_all=100)
    lanes.add(jobs("slow", *range(50)))
    assert started(lanes) == [0, 1]
    lanes.add(jobs("quick", 100, 101))
    assert started(lanes) == [100, 101]
    assert set(lanes.closed(NOW)) == {"slow"}


def test_jobs_of_one_sender_run_one_after_the_other():
    lanes = Lanes(per_lane=10, in_all=10)
    lanes.add([One(1, "a", "anna"), One(2, "a", "anna"), One(3, "a", "bob"), One(4, "b", "anna")])
    running = {job.job_id: job for job in lanes.start(NOW)}
    assert sorted(running) == [1, 3, 4]
    lanes.finish(running[1])
    assert started(lanes) == [2]


def test_a_lane_in_trouble_rests_and_then_tries_with_one_job():
    lanes = Lanes(per_lane=4, in_all=10)
    lanes.add(jobs("a", 1, 2, 3))
    first = next(lanes.start(NOW))
    lanes.finish(first)
    assert [job.job_id for job in lanes.pause("a", NOW, lambda _: PAUSE)] == [2, 3]
    lanes.add(jobs("a", 4, 5))
    assert lanes.closed(NOW) == ["a"]
    assert started(lanes) == []
    assert started(lanes, SOON) == [4]
    assert started(lanes, SOON) == []
    lanes.recovered("a")
    assert started(lanes, SOON) == [5]


def test_failures_of_attempts_under_way_together_count_once():
    lanes = Lanes(per_lane=4, in_all=10)
    told = []
    for moment in (NOW, NOW, SOON, SOON, SOON):
        lanes.pause("a", moment, lambda failures: told.append(failures) or PAUSE)
    assert told == [0, 1]


def test_a_job_claimed_again_by_mistake_is_not_run_twice():
    lanes = Lanes(per_lane=4, in_all=10)
    lanes.add(jobs("a", 1))
    assert started(lanes) == [1]
    lanes.add(jobs("a", 1, 1, 2, 2))
    assert started(lanes) == [2]


def test_held_jobs_are_those_at_work_and_those_waiting():
    lanes = Lanes(per_lane=1, in_all=10)
    lanes.add(jobs("a", 1, 2))
    (first,) = lanes.start(NOW)
    assert sorted(lanes.held()) == [1, 2]
    lanes.finish(first)
    lanes.finish(first)
    assert lanes.held() == [2]
    assert [job.job_id for job in lanes.give_back()] == [2]
    assert lanes.held() == []


def test_nothing_is_remembered_of_lanes_long_quiet():
    lanes = Lanes(per_lane=1, in_all=10)
    for number in range(5):
        lanes.pause(f"lane {number}", NOW, lambda _: PAUSE)
    lanes.forget(NOW, key_limit=3)
    assert len(lanes.closed(NOW)) == 5
    lanes.forget(SOON, key_limit=3)
    assert lanes.failures("lane 0") == 0


def test_what_is_urgent_goes_first_and_bulk_never_takes_every_place():
    lanes = Lanes(per_lane=8, in_all=100)
    lanes.add([One(number, "a", str(number), is_bulk=True) for number in range(20)])
    assert started(lanes) == list(range(7))
    lanes.add([One(100, "a", "100"), One(101, "a", "101")])
    assert started(lanes) == [100]
    assert lanes.urgent_waiting_count == 1
    assert (lanes.closed(NOW), lanes.closed(NOW, is_bulk=True)) == ([], ["a"])


def test_a_lane_says_what_more_it_can_take_and_who_must_wait():
    lanes = Lanes(per_lane=8, in_all=100)
    lanes.begin([One(1, "a", "anna"), One(2, "b", "bob", is_bulk=True)])
    lanes.pause("c", NOW, lambda _: PAUSE)
    rooms = lanes.rooms(NOW, {"a": 4, "b": 8, "c": 8}.__getitem__)
    assert rooms == {"a": Room(3, 3, frozenset({"anna"})), "b": Room(7, 6, frozenset({"bob"}))}
    assert lanes.rooms(NOW, lambda _: 0) == {}


def test_no_more_run_than_a_lane_has_places_now():
    lanes = Lanes(per_lane=8, in_all=100)
    lanes.add(jobs("a", 1, 2, 3))
    assert [job.job_id for job in lanes.start(NOW, lambda _: 2)] == [1, 2]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))),
    st.integers(1, 3),
    st.integers(1, 6),
    st.randoms(use_true_random=False),
)
def test_every_job_runs_once_within_the_bounds_and_in_order(given_jobs, per_lane, in_all, chance):
    lanes = Lanes(per_lane, in_all)
    lanes.add(One(number, lane, order) for number, (lane, order) in enumerate(given_jobs))
    running, ran = [], []
    while lanes.running_count or lanes.waiting_count:
        running += lanes.start(NOW)
        assert 0 < len(running) <= in_all
        assert all(sum(job.lane == lane for job in running) <= per_lane for lane in "abc")
        assert len({(job.lane, job.order) for job in running}) == len(running)
        done = running.pop(chance.randrange(len(running)))
        lanes.finish(done)
        ran.append(done)
    assert sorted(job.job_id for job in ran) == list(range(len(given_jobs)))
    for key in {(job.lane, job.order) for job in ran}:
        numbers = [job.job_id for job in ran if (job.lane, job.order) == key]
        assert numbers == sorted(numbers)


def test_a_lane_of_which_nothing_is_known_begins_slowly():
    lanes = Lanes(per_lane=4, in_all=100, begins_slowly=True)
    lanes.add(jobs("a", *range(20)))
    running = []
    for expected in (1, 2, 4, 4):
        for job in running:
            lanes.finish(job)
        running = list(lanes.start(NOW))
        assert len(running) == expected
        lanes.recovered("a")
    lanes.pause("a", NOW, lambda _: PAUSE)
    lanes.add(jobs("a", *range(20, 30)))
    for job in running:
        lanes.finish(job)
    assert len(started(lanes, SOON)) == 1


def test_what_waits_behind_a_job_at_work_can_be_given_back_alone():
    lanes = Lanes(per_lane=10, in_all=10)
    lanes.add([One(1, "a", "anna"), One(2, "a", "anna"), One(3, "a", "anna"), One(4, "a", "bob"), One(5, "a", "bob")])
    running = {job.job_id: job for job in lanes.start(NOW)}
    assert [job.job_id for job in lanes.drop_behind(running[1])] == [2, 3]
    assert lanes.drop_behind(running[1]) == []
    lanes.finish(running[1])
    lanes.finish(running[4])
    assert started(lanes) == [5]
    assert (lanes.held(), lanes.waiting_count) == ([5], 0)
