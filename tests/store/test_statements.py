"""Every declared insert fits its Django model, both ways."""

import pytest
from django.apps import apps
from django.db import models

from recado.store.statements import INSERTS, Insert

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


def columns_of(insert: Insert) -> dict[str, models.Field]:
    return {field.column: field for field in MODELS[insert.table]._meta.concrete_fields}


@pytest.mark.parametrize("insert", INSERTS, ids=lambda insert: insert.table)
def test_every_column_named_exists(insert: Insert) -> None:
    assert {*insert.columns, *insert.constants} <= columns_of(insert).keys()


@pytest.mark.parametrize("insert", INSERTS, ids=lambda insert: insert.table)
def test_every_column_that_may_not_be_null_is_written(insert: Insert) -> None:
    needed = {name for name, field in columns_of(insert).items() if not field.null}
    assert needed <= {*insert.columns, *insert.constants}


@pytest.mark.parametrize("insert", INSERTS, ids=lambda insert: insert.table)
def test_types_are_those_of_the_model(insert: Insert) -> None:
    fields = columns_of(insert)
    found = {name: (fields[name].target_field if fields[name].is_relation else fields[name]).get_internal_type() for name in insert.columns}
    assert {name: WIDER[kind] for name, kind in found.items()} == insert.columns


def test_every_table_with_ids_of_ours_is_declared() -> None:
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("recado.") and type(model._meta.pk) is models.BigIntegerField
    }
    assert ours == {insert.table for insert in INSERTS}
