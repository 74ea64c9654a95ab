"""What one test leaves behind, the next does not find."""

import pytest
from django.contrib.auth.models import Permission

from emptied_tables import empty_like
from recado.apps.accounts.models import Account
from recado.apps.plans.models import Plan
from recado.store.dialect import connect
from used_databases import UsedDatabases

LEFT = [
    "INSERT INTO auth_group (name) VALUES ('left')",
    "BEGIN; INSERT INTO auth_group (name) VALUES ('left')",
]
UNSURE = ["CREATE INDEX left_behind ON auth_group (name)", "ANALYZE auth_permission", "UPDATE plans_plan SET name = name || '!'"]
FILL = "INSERT INTO auth_group (name) SELECT repeat('x', 100) || n FROM generate_series(1, 20000) n"


@pytest.fixture
def lent(pg_server) -> UsedDatabases:
    return UsedDatabases(pg_server)


@pytest.mark.postgresql
@pytest.mark.parametrize("statement", LEFT)
def test_rows_numbers_and_open_transactions_are_gone_in_the_next_test(lent: UsedDatabases, statement: str):
    with lent.one() as first:
        con = connect(first)
        con.raw.execute(statement)
    with lent.one() as second:
        assert second.name == first.name
        again = connect(second)
        assert again.rows("SELECT COUNT(*) FROM auth_group") == [(0,)]
        assert again.rows("INSERT INTO auth_group (name) VALUES ('new') RETURNING id") == [(1,)]
        again.close()
    con.close()


@pytest.mark.postgresql
@pytest.mark.parametrize("statement", [*UNSURE, FILL])
def test_a_database_that_is_not_surely_as_before_is_not_used_again(lent: UsedDatabases, statement: str):
    with lent.one() as first:
        con = connect(first)
        con.raw.execute(statement)
        con.close()
    with lent.one() as second:
        assert second.name != first.name


@pytest.mark.django_db(transaction=True)
def test_what_migrations_brought_comes_back_and_the_rest_goes(sqlite_template):
    brought = list(Plan.objects.values()), list(Permission.objects.values())
    Account.objects.create(name="Alice Flowers")
    Permission.objects.all().delete()
    Plan.objects.filter(pk=brought[0][0]["id"]).update(name="left")
    empty_like(sqlite_template)(None)
    assert not Account.objects.exists()
    assert (list(Plan.objects.values()), list(Permission.objects.values())) == brought
