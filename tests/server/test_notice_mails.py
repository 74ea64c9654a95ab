"""The thread of the mails: it looks when it starts, when somebody is told, and goes on after a failure."""

from itertools import count
from queue import Queue

import pytest

from recado.apps.changes import Change
from recado.server.notice_mails import NoticeMails

PATIENCE = 5


@pytest.fixture
def looked():
    return Queue()


@pytest.fixture
def reminded():
    return Queue()


@pytest.fixture
def mails(looked: Queue, reminded: Queue, db):
    looks = count()

    def send(now, base_url):
        looked.put(base_url)
        if next(looks) == 0:
            raise RuntimeError("the first look fails")
        return 0

    def remind(now):
        reminded.put(now)
        raise RuntimeError("no look reminds anybody")

    running = NoticeMails("https://sms.example.org", remind=remind, send=send, pause=3600)
    running.start()
    yield running
    running.stop()


def test_it_looks_at_the_start_and_whenever_somebody_is_told(mails, looked):
    assert looked.get(timeout=PATIENCE) == "https://sms.example.org"
    mails._hear(Change("contacts", 1))
    mails._hear(Change("notification", 1))
    assert looked.get(timeout=PATIENCE)
    assert looked.empty()


def test_every_look_reminds_before_it_sends_and_sends_even_if_that_fails(mails, looked, reminded):
    for _ in range(2):
        assert looked.get(timeout=PATIENCE)
        assert reminded.get_nowait()
        mails._hear(Change("notification", 1))


def test_it_ends_when_told(mails):
    mails.stop()
    assert not mails._thread.is_alive()
