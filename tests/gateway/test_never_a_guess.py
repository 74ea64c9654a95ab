"""Whatever two accounts and a phone do on one shared number: no message is guessed to be somebody's, nothing leaks (product.md §2)."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from gateway.two_accounts import TwoAccounts
from recado.store.dialect import Connection, connect

CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def play(con: Connection, examples: int, steps: int) -> None:
    machine = type("OnThisDatabase", (TwoAccounts,), {"con": con})
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=CHECKS)
    run_state_machine_as_test(machine, settings=chosen)


def test_a_message_is_nobodys_unless_keyword_sole_writer_or_consent_say_whose(sqlite_database):
    with_closing(sqlite_database, 25, 15)


@pytest.mark.postgresql
def test_it_is_the_same_on_postgresql(postgresql_database):
    with_closing(postgresql_database, 5, 10)


def with_closing(database, examples: int, steps: int) -> None:
    con = connect(database)
    try:
        play(con, examples, steps)
    finally:
        con.close()
