"""Looking for due forwards: past what others wait for, in order, by index."""

from datetime import timedelta

import pytest

from delivery.outbox_rows import NOW, OutboxRows
from recado.store import due_forwards, parking
from recado.store.dialect import SQLITE


@pytest.fixture
def outbox(connection) -> OutboxRows:
    return OutboxRows(connection)


def test_a_few_of_every_destination_are_found_however_many_wait_in_front(outbox, monkeypatch):
    monkeypatch.setattr(due_forwards, "OF_ONE", 2)
    first, second, third = (outbox.destination("http://127.0.0.1:9/") for _ in range(3))
    of_first = [outbox.forward(first, due=NOW - timedelta(hours=1)) for _ in range(4)]
    of_second = [outbox.forward(second) for _ in range(3)]
    outbox.forward(third, due=NOW + timedelta(hours=1))
    outbox.forward(third, url="http://127.0.0.1:8/")
    assert due_forwards.due_of_each(outbox.con, NOW, [], 10) == of_first[:2] + of_second[:2]
    assert due_forwards.due_of_each(outbox.con, NOW, [first], 10) == of_second[:2]
    assert due_forwards.due_of_each(outbox.con, NOW, [], 3) == of_first[:2] + of_second[:1]
    assert parking.places(outbox.con) == [first, second, third]


def test_tests_and_what_goes_elsewhere_are_found_apart(outbox):
    place = outbox.destination("http://127.0.0.1:9/")
    outbox.forward(place)
    elsewhere = outbox.forward(place, url="http://127.0.0.1:8/")
    outbox.job(5, "forward_url", NOW, destination_id=place, sample='{"sender": "1", "recipient": "2", "text": "3"}')
    assert due_forwards.due_samples(outbox.con, NOW) == [5]
    assert due_forwards.due_elsewhere(outbox.con, NOW, 10) == [elsewhere]
    assert due_forwards.due_elsewhere(outbox.con, NOW, 0) == []


def test_each_look_goes_by_its_index(outbox, monkeypatch):
    if outbox.con.dialect is not SQLITE:
        pytest.skip("PostgreSQL chooses by what is in the tables")
    plans = []
    rows = type(outbox.con).rows

    def explain(con, sql, parameters=()):
        plans.append(" ".join(str(row[3]) for row in rows(con, "EXPLAIN QUERY PLAN " + sql, parameters)))
        return rows(con, sql, parameters)

    place = outbox.destination("http://127.0.0.1:9/")
    outbox.forward(place)
    monkeypatch.setattr(type(outbox.con), "rows", explain)
    due_forwards.due_of_each(outbox.con, NOW, [], 10)
    due_forwards.due_samples(outbox.con, NOW)
    due_forwards.due_elsewhere(outbox.con, NOW, 10)
    places, of_each, samples, elsewhere = plans
    assert places.count("job_due_by_destination") == 2
    assert "job_due_by_destination" in of_each
    assert "SCAN o" not in of_each
    assert "job_sample" in samples
    assert "job_elsewhere" in elsewhere
