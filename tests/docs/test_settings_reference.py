"""The page about settings says what `recado.config` does."""

from dataclasses import fields

import pytest
from pages import DOCS, ROOT, table_rows

from recado import config

VARIABLES = {"database": "RECADO_DATABASE_URL"}
ROWS = {name.strip("`"): default.strip("`") for name, default, _ in table_rows((DOCS / "reference/settings.md").read_text())}


def variable(field: str) -> str:
    return VARIABLES.get(field, f"RECADO_{field.upper()}")


def test_every_setting_is_documented_and_no_other():
    assert set(ROWS) == {variable(field.name) for field in fields(config.Config)}


@pytest.mark.parametrize("field", [field.name for field in fields(config.Config)])
def test_the_documented_default_is_the_default(field):
    default = ROWS[variable(field)].replace("empty", "")
    assert getattr(config.load({variable(field): default}), field) == getattr(config.load({}), field)


@pytest.mark.parametrize("field", [field.name for field in fields(config.Config)])
def test_every_documented_setting_has_an_effect(field):
    other = {
        "data": "elsewhere",
        "database": "postgresql://me@there/recado",
        "host": "::1",
        "port": "8001",
        "log_level": "DEBUG",
        "correlation_days": "30",
        "keep_messages_months": "12",
        "keep_files_days": "30",
        "node": "3",
        "operators_need_second_factor": "no",
        "public_hosts": "a.example, b.example",
        "api_calls_per_minute": "60",
        "smtp_url": "smtp://mail.example.org",
        "mail_from": "sms@example.org",
        "mail_listen": "lmtp://127.0.0.1:8024",
        "media_url": "s3://key:secret@s3.example.org/files",
        "clamav": "/run/clamav/clamd.ctl",
    }.get(field, "yes")
    needed = {"RECADO_MAIL_DOMAIN": "reply.example.org"}
    assert getattr(config.load({**needed, variable(field): other}), field) != getattr(config.load({}), field)


def test_a_database_address_is_read_as_documented():
    through_socket = config.parse_database("postgresql://recado@%2Fvar%2Frun%2Fpostgresql/recado", DOCS)
    assert (through_socket.user, through_socket.host, through_socket.name) == ("recado", "/var/run/postgresql", "recado")
    assert config.parse_database("postgresql:///recado", DOCS).dsn == "dbname='recado'"


def test_public_hosts_are_separated_by_commas_or_blanks():
    assert config.load({"RECADO_PUBLIC_HOSTS": "a.example, b.example"}).public_hosts == ("a.example", "b.example")


def test_the_example_for_systemd_names_settings_that_exist():
    lines = [line.strip("# ") for line in (ROOT / "examples/recado.env").read_text().splitlines()]
    given = dict(line.split("=", 1) for line in lines if line.startswith("RECADO_"))
    assert given
    assert set(given) <= set(ROWS)
    config.load(given)
