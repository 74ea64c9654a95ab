"""Masks of the log."""

import json
import logging
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
import structlog

from recado.gateway.logs import configure, mask_event, mask_msisdn, mask_numbers_within
from recado.store.dialect import connect


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("48501222333", "4850*****33"),
        ("+48501222333", "+4850*****33"),
        ("501222333", "5012***33"),
        ("4301", "4301"),
        ("InfoBank", "InfoBank"),
    ],
)
def test_a_number_shows_its_start_and_its_end(given, shown):
    assert mask_msisdn(given) == shown


def test_numbers_inside_sentences_are_masked_and_addresses_and_times_are_not():
    sentence = "no route for 48501222333 at 10.200.300.400:27750 2026-11-22T10:00:00.123456789Z"
    assert mask_numbers_within(sentence) == "no route for 4850*****33 at 10.200.300.400:27750 2026-11-22T10:00:00.123456789Z"


def test_an_event_loses_texts_numbers_and_secrets_but_keeps_ids():
    event = {
        "event": "stored for 48501222333",
        "message_id": 123456789012345,
        "carrier_message_id": "123456789012",
        "sender": "48501222333",
        "text": "my secret",
        "password": "hunter2",
        "octets": b"abc",
        "inner": {"text": "deep", "recipients": ["48501222333"]},
    }
    masked = mask_event(None, "info", event)
    assert masked["event"] == "stored for 4850*****33"
    assert (masked["message_id"], masked["carrier_message_id"]) == (123456789012345, "123456789012")
    assert (masked["sender"], masked["text"], masked["password"], masked["octets"]) == (
        "4850*****33",
        "<9 characters>",
        "********",
        "<3 octets>",
    )
    assert masked["inner"] == {"text": "<4 characters>", "recipients": ["4850*****33"]}


@pytest.fixture
def unconfigured():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:], root.level = before


@pytest.mark.parametrize(("texts", "shown"), [(False, "<2 characters>"), (True, "hi")])
def test_the_operator_may_switch_the_masks_off(capsys, unconfigured, texts, shown):
    configure("INFO", texts=texts)
    structlog.get_logger("t").info("stored", text="hi")
    structlog.get_logger("t").debug("hidden")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["text"] == shown


def test_what_libraries_log_takes_the_same_form_and_the_same_masks(capsys, unconfigured):
    configure("INFO")
    logging.getLogger("some.library").error("no route for %s", "48501222333")
    logged = json.loads(capsys.readouterr().err)
    assert (logged["event"], logged["level"]) == ("no route for 4850*****33", "error")


def test_a_log_on_a_full_disk_stops_nobody(monkeypatch, unconfigured):
    with Path("/dev/full").open("w", buffering=1) as full:
        monkeypatch.setattr("sys.stderr", full)
        configure("INFO")
        structlog.get_logger("recado").error("database_unavailable", reason="disk full")
        logging.getLogger("recado").error("said by a library")
        with suppress(OSError):
            full.close()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("no contact has 48501222333.", "no contact has 4850*****33."),
        ("sender:48501222333", "sender:4850*****33"),
        ("(48501222333): unknown", "(4850*****33): unknown"),
        ("sender='48501222333'", "sender='4850*****33'"),
        ("at 10:00:00:123456789", "at 10:00:00:123456789"),
        ("file-48501222333", "file-48501222333"),
    ],
)
def test_a_number_is_masked_whatever_stands_around_it(said, shown):
    assert mask_numbers_within(said) == shown


@pytest.mark.postgresql
def test_the_row_postgresql_quotes_in_an_error_does_not_reach_the_log(postgresql_database, capsys, unconfigured):
    configure("INFO")
    written = "my\n" + "a".join("TULP")  # spelled so that it does not stand in the source, which tracebacks quote
    con = connect(postgresql_database)
    with pytest.raises(psycopg.errors.NotNullViolation, match=written) as caught:
        con.execute("INSERT INTO inbox_message (id, text) VALUES (1, ?)", (written,))
    con.close()
    structlog.get_logger("t").error("group_failed", error=str(caught.value), exc_info=caught.value)
    said = capsys.readouterr().err
    assert "violates not-null" in said
    assert written.splitlines()[1] not in said
    assert "DETAIL: (left out)" in said
