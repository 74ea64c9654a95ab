"""The thread of the news: it looks where something was heard, once for many notices, and goes on after a failure."""

from queue import Empty, Queue

import pytest

from recado.gateway.live import Notice
from recado.server.news import MOST_HEARD, News

PATIENCE = 5


@pytest.fixture
def looked():
    return Queue()


@pytest.fixture
def news(looked: Queue, db):
    def keeping(places, _now):
        looked.put(("outbound", places))

    def failing(places, _now):
        looked.put(("jobs", places))
        raise RuntimeError("this look fails")

    running = News({"jobs": failing, "outbound": keeping}, rest=0)
    yield running
    running.stop()


def test_it_looks_at_the_places_it_heard_of_although_a_look_fails(news, looked):
    for notice in (
        Notice("outbound", 1, 7),
        Notice("jobs", 1, 8),
        Notice("outbound", 1, 7),
        Notice("outbound", 2, 9),
        Notice("contacts", 1),
    ):
        news.hear(notice)
    news.start()
    assert looked.get(timeout=PATIENCE) == ("jobs", {1})
    assert looked.get(timeout=PATIENCE) == ("outbound", {7, 9})
    news.hear(Notice("outbound", 1, 10))
    assert looked.get(timeout=PATIENCE) == ("outbound", {10})


def test_in_a_flood_it_remembers_a_bounded_number_of_places(news, looked):
    for dialogue_id in range(MOST_HEARD * 3):
        news.hear(Notice("outbound", 1, dialogue_id))
    news.start()
    assert len(looked.get(timeout=PATIENCE)[1]) == MOST_HEARD


def test_what_has_no_place_wakes_nobody(news, looked):
    news.hear(Notice("refetch", 1))
    news.hear(Notice("outbound", 1))
    news.start()
    with pytest.raises(Empty):
        looked.get(timeout=0.1)


def test_it_ends_when_told(news):
    news.start()
    news.stop()
    assert not news._thread.is_alive()
