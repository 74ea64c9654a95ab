"""The thread that prepares campaigns: hears of new ones, goes on after a failure, ends between two portions."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Queue

import pytest

from recado.apps.changes import Change, announce
from recado.server import preparing
from recado.server.preparing import Preparing

PATIENCE = 5


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> "Queue[int]":
    """Two campaigns are due, and the first always fails."""
    found: Queue[int] = Queue()

    def prepare(campaign_id: int, _now: object, write: Callable[..., object]) -> bool:
        found.put(campaign_id)
        if campaign_id == 1:
            raise RuntimeError("this one always fails")
        write(lambda _con: found.put(-campaign_id))
        return True

    monkeypatch.setattr(preparing, "due_campaigns", lambda _now: [1, 2])
    monkeypatch.setattr(preparing, "prepare", prepare)
    return found


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
def thread(pool: ThreadPoolExecutor, turns: "Queue[int]", db: None) -> Iterator[Preparing]:
    def submit(work: Callable[..., object]) -> "Future[object]":
        return pool.submit(work, None)

    running = Preparing(submit, pause=PATIENCE * 10)
    running.start()
    yield running
    running.stop()


def test_a_campaign_that_fails_rests_and_holds_up_no_other(thread: Preparing, turns: "Queue[int]", django_capture_on_commit_callbacks):
    assert [turns.get(timeout=PATIENCE) for _ in range(3)] == [1, 2, -2]
    with django_capture_on_commit_callbacks(execute=True):
        announce(Change("campaign", 1, 2))
    assert [turns.get(timeout=PATIENCE) for _ in range(2)] == [2, -2]


def test_it_writes_nothing_more_once_it_is_to_stop(thread: Preparing, turns: "Queue[int]", django_capture_on_commit_callbacks):
    assert [turns.get(timeout=PATIENCE) for _ in range(3)] == [1, 2, -2]
    thread.stop()
    with django_capture_on_commit_callbacks(execute=True):
        announce(Change("campaign", 1, 2))
    assert turns.empty()
