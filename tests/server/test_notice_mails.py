"""The thread of the mails: it looks when it starts, when somebody is told, and goes on after a failure."""

from dataclasses import replace
from queue import Queue

import pytest

from recado import config
from recado.apps.changes import Change
from recado.server.notice_mails import NoticeMails, address_of

PATIENCE = 5


@pytest.fixture
def looked():
    return Queue()


@pytest.fixture
def mails(looked: Queue, db):
    def send(now, base_url):
        looked.put(base_url)
        if looked.qsize() == 1:
            raise RuntimeError("the first look fails")
        return 0

    running = NoticeMails("https://sms.example.org", send=send, pause=3600)
    running.start()
    yield running
    running.stop()


def test_it_looks_at_the_start_and_whenever_somebody_is_told(mails, looked):
    assert looked.get(timeout=PATIENCE) == "https://sms.example.org"
    mails._hear(Change("contacts", 1))
    mails._hear(Change("notification", 1))
    assert looked.get(timeout=PATIENCE)
    assert looked.empty()


def test_it_ends_when_told(mails):
    mails.stop()
    assert not mails._thread.is_alive()


def test_links_lead_where_people_reach_the_panel():
    public = replace(config.load(), public_hosts=("sms.example.org", "other.example"))
    assert address_of(public) == "https://sms.example.org"
    assert address_of(replace(public, public_hosts=(), host="127.0.0.1", port=8000)) == "http://127.0.0.1:8000"
