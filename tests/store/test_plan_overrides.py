"""What the snapshot reads about plans, on both databases."""

import pytest

from recado.core.number import NumberKind
from recado.core.plan import PlanError
from recado.store.plans import load_overrides

ACCOUNT = """INSERT INTO accounts_account (id, name, language, time_zone, is_suspended, keeps_public_holidays, created_at, plan_id)
    VALUES (?, ?, 'pl', 'Europe/Warsaw', ?, ?, '2026-11-26 12:00:00+00:00', ?)"""
PLAN = """INSERT INTO plans_plan (id, name, is_default, is_prepaid, overrides, keyword_quotas, created_at)
    VALUES (?, ?, ?, ?, ?, '{}', '2026-11-26 12:00:00+00:00')"""


def write(connection, *statements):
    with connection.transaction():
        for sql, values in statements:
            connection.execute(sql, values)


def test_the_shipped_plan_changes_nothing(connection):
    write(connection, (ACCOUNT, (1, "Alice", False, True, None)))
    assert load_overrides(connection) == {}


def test_accounts_have_their_own_plan_or_the_default(connection):
    write(
        connection,
        ("UPDATE plans_plan SET overrides = ? WHERE is_default", ('{"individual_long": {"mms": true}}',)),
        (PLAN, (7, "Small", False, False, '{"individual_short": {"all_messages": false}}')),
        (PLAN, (8, "As it is", False, False, "{}")),
        (ACCOUNT, (1, "Alice", False, True, None)),
        (ACCOUNT, (2, "Bob", False, True, 7)),
        (ACCOUNT, (3, "Charlie", False, True, 8)),
    )
    assert load_overrides(connection) == {
        1: {(NumberKind.INDIVIDUAL_LONG, "mms"): True},
        2: {(NumberKind.INDIVIDUAL_SHORT, "all_messages"): False},
    }


def test_a_plan_that_cannot_be_read_is_named_not_guessed(connection):
    write(connection, (PLAN, (7, "Odd", False, False, '{"pigeon": {}}')), (ACCOUNT, (2, "Bob", False, True, 7)))
    with pytest.raises(PlanError):
        load_overrides(connection)
