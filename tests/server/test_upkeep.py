"""The thread that keeps things tidy: it does all its work at the start and goes on after a failure."""

from queue import Queue

import pytest

from recado.server.upkeep import WORK, Upkeep

PATIENCE = 5


@pytest.fixture
def done():
    return Queue()


@pytest.fixture
def upkeep(done: Queue, db):
    def fail(now):
        done.put(("first", now))
        raise RuntimeError("this one always fails")

    running = Upkeep({"first": fail, "second": lambda now: done.put(("second", now))}, pause=0.01)
    running.start()
    yield running
    running.stop()


def test_a_failure_stops_neither_the_rest_nor_the_next_look(upkeep, done):
    names = [done.get(timeout=PATIENCE)[0] for _ in range(4)]
    assert names == ["first", "second", "first", "second"]


def test_it_does_all_that_nobody_asks_for():
    assert set(WORK) == {
        "ending_memberships",
        "minding_surveys",
        "counting_scans",
        "counting_near_misses",
        "withdrawing_texts",
        "telling_of_stopped_answers",
        "refusing_unanswered_ages",
        "telling_of_low_codes",
        "telling_of_paused_destinations",
        "resuming_to_the_end",
        "forgetting_attempts",
        "telling_of_used_up_credit",
        "recounting_the_books",
        "drawing_days",
        "telling_of_contests",
        "counting_statistics",
        "beginning_price_lists",
        "telling_of_credit",
        "posting_invoices",
        "forgetting_mails",
        "forgetting_calls",
        "forgetting_answers",
        "forgetting_files_of_mms",
        "forgetting_old_messages",
        "sweeping_media",
    }
