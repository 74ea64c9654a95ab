"""Every declared insert fits its Django model, both ways."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import models

from recado.apps.ids import GivenId
from recado.store.dialect import Connection
from recado.store.insert import Insert
from recado.store.orders import ORDER_JOB, ORDER_MESSAGE
from recado.store.preparing import CAMPAIGN_MESSAGE
from recado.store.statements import CONTACT, CONTENT, INSERTS
from recado.testing.routing import configure

MODELS = {model._meta.db_table: model for model in apps.get_models()}
WIDER = {
    "CharField": "text",
    "TextField": "text",
    "EmailField": "text",
    "BigIntegerField": "bigint",
    "BigAutoField": "bigint",
    "IntegerField": "integer",
    "SmallIntegerField": "smallint",
    "BooleanField": "boolean",
    "DateTimeField": "timestamptz",
    "BinaryField": "bytea",
}

DECLARED = (*INSERTS, CONTENT, CAMPAIGN_MESSAGE, ORDER_MESSAGE, ORDER_JOB)
"""Those of the hot path, and those of campaigns and programs' orders, which write tables that are among them already."""
WRITTEN_BY_DJANGO = {"dialogues_note", "audit_audithead", "mails_mailreceived"}
"""Only `apps` write these: a note has an id of ours so that it sorts among messages, the head of an audit chain that of its account;
that of a mail tells when it came."""


def columns_of(insert: Insert) -> dict[str, models.Field]:
    return {field.column: field for field in MODELS[insert.table]._meta.concrete_fields}


@pytest.mark.parametrize("insert", DECLARED, ids=lambda insert: insert.table)
def test_every_column_named_exists(insert: Insert) -> None:
    assert {*insert.columns, *insert.constants} <= columns_of(insert).keys()


@pytest.mark.parametrize("insert", DECLARED, ids=lambda insert: insert.table)
def test_every_column_that_may_not_be_null_is_written_or_has_its_default_in_the_database(insert: Insert) -> None:
    needed = {name for name, field in columns_of(insert).items() if not field.null and not field.has_db_default()}
    assert needed <= {*insert.columns, *insert.constants}


@pytest.mark.parametrize("insert", DECLARED, ids=lambda insert: insert.table)
def test_types_are_those_of_the_model(insert: Insert) -> None:
    fields = columns_of(insert)
    found = {name: (fields[name].target_field if fields[name].is_relation else fields[name]).get_internal_type() for name in insert.columns}
    assert {name: WIDER[kind] for name, kind in found.items()} == insert.columns


def test_every_table_with_ids_of_ours_is_declared() -> None:
    ours = {
        model._meta.db_table for model in apps.get_models() if model.__module__.startswith("recado.") and type(model._meta.pk) is GivenId
    }
    assert ours - WRITTEN_BY_DJANGO == {insert.table for insert in INSERTS}


@pytest.mark.parametrize("count", [1, 3, 4, 63, 64, 65, 149])
def test_any_number_of_rows_is_inserted_and_counted_once(connection: Connection, count: int) -> None:
    """Rows go in portions on SQLite; those that are there already are not counted."""
    at = connection.dialect.timestamp(datetime(2026, 11, 22, tzinfo=UTC))
    account = configure(connection, datetime(2026, 11, 22, tzinfo=UTC)).accounts[0]
    rows = [(1_000 + index, account, f"48500{index:06}", at) for index in range(count)]
    with connection.transaction():
        assert CONTACT.run(connection, rows) == count
        again = [(9_000 + index, *row[1:]) for index, row in enumerate(rows)]
        assert CONTACT.run(connection, [*again, (1, account, "48999", at)]) == 1
    stored = connection.rows("SELECT id, msisdn FROM contacts_contact ORDER BY id")
    assert stored == [(1, "48999"), *((row[0], row[2]) for row in rows)]
