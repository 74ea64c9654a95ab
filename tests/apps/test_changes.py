"""Notices of changes inside the process."""

import pytest
from django.db import transaction

from recado.apps.changes import Change, announce, subscribe


@pytest.fixture
def told():
    heard = []
    unsubscribe = subscribe(heard.append)
    yield heard
    unsubscribe()


@pytest.mark.django_db(transaction=True)
def test_a_change_is_told_after_commit_and_never_after_rollback(told):
    with transaction.atomic():
        announce(Change("contacts", 1))
        assert told == []
    assert told == [Change("contacts", 1)]
    with transaction.atomic():
        announce(Change("contacts", 2))
        transaction.set_rollback(True)
    assert told == [Change("contacts", 1)]


@pytest.mark.django_db(transaction=True)
def test_a_failing_subscriber_disturbs_neither_the_writer_nor_the_others(told):
    def fail(change):
        raise RuntimeError("broken page")

    unsubscribe = subscribe(fail)
    try:
        announce(Change("routing"))
    finally:
        unsubscribe()
    assert told == [Change("routing")]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_a_change_is_told_at_once(told):
    announce(Change("jobs", 3, 4))
    assert told == [Change("jobs", 3, 4)]
