"""Settings that cannot be used are named, with what to write instead."""

from pathlib import Path

import pytest

from recado.config import ConfigError, load, parse_database


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("RECADO_PORT", "99999", "a whole number from 0 to 65535"),
        ("RECADO_PORT", "-1", "a whole number from 0 to 65535"),
        ("RECADO_NODE", "4", "a whole number from 0 to 3"),
        ("RECADO_DEBUG", "maybe", "yes or no"),
        ("RECADO_LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR"),
        ("RECADO_DATABASE_URL", "mysql://me@there/recado", "postgresql://user:password@host:5432/database"),
        ("RECADO_DATABASE_URL", "postgresql://me@there", "postgresql://user:password@host:5432/database"),
        ("RECADO_DATABASE_URL", "postgresql://me@there:port/recado", "postgresql://user:password@host:5432/database"),
        ("RECADO_DATABASE_URL", "postgresql://me@there:70000/recado", "postgresql://user:password@host:5432/database"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, advice: str):
    with pytest.raises(ConfigError) as refused:
        load({name: value})
    assert name in str(refused.value)
    assert advice in str(refused.value)


def test_a_refused_address_keeps_its_password_to_itself():
    with pytest.raises(ConfigError) as refused:
        parse_database("mysql://me:hush@there/recado", Path("data"))
    assert "hush" not in str(refused.value)


def test_an_address_is_taken_apart_and_decoded():
    found = parse_database("postgresql://me:p%40ss@%2Ftmp%2Fpg:5433/recado", Path("data"))
    assert (found.user, found.password, found.host, found.port, found.name) == ("me", "p@ss", "/tmp/pg", 5433, "recado")
    assert "p@ss" not in repr(found)
