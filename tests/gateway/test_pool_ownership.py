"""Whatever accounts write from pool numbers and phones answer: each answer is that account's which the pool names, else nobody's."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from gateway.pool_and_phones import PHONES, POOL, PoolAndPhones
from recado.store.dialect import connect

CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def play(database, examples: int, steps: int) -> None:
    con = connect(database)
    try:
        machine = type("OnThisDatabase", (PoolAndPhones,), {"con": con})
        chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=CHECKS)
        run_state_machine_as_test(machine, settings=chosen)
    finally:
        con.close()


def test_an_answer_is_the_accounts_that_the_pool_names_or_nobodys(sqlite_database):
    play(sqlite_database, 25, 15)


@pytest.mark.postgresql
def test_it_is_the_same_on_postgresql(postgresql_database):
    play(postgresql_database, 5, 10)


def test_a_test_on_a_pool_number_belongs_to_the_one_account_that_tested(connection):
    machine = type("Here", (PoolAndPhones,), {"con": connection})()
    machine.configure()
    machine.write(0, POOL[0], PHONES[0], None)
    connection.execute("UPDATE outbox_outboundmessage SET is_test = TRUE")
    connection.execute("DELETE FROM outbox_pooluse")
    account, answers, _ = machine._receive(POOL[0], PHONES[0], "Yes", is_test=True)
    assert (account, answers) == (machine.accounts[0], machine.written[POOL[0], PHONES[0]][0][2])
    assert machine._receive(POOL[0], PHONES[0], "Yes", is_test=False)[0] is None
