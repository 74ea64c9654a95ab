"""What an operator can mend is told in one sentence; our own faults keep their traceback."""

import errno
import sqlite3

import pytest
from django.db import OperationalError

from recado import cli
from recado.cli.errors import explain_error
from recado.config import ConfigError


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (ConfigError("RECADO_PORT is 'abc'; write a whole number"), "write a whole number"),
        (OSError(errno.EADDRINUSE, "in use"), "set RECADO_PORT"),
        (PermissionError(errno.EACCES, "denied", "/data"), "/data cannot be written"),
        (OSError(errno.ENOSPC, "no space"), "the disk is full"),
        (OperationalError("no such table: x"), "recado migrate"),
        (sqlite3.OperationalError("unable to open database file"), "recado doctor"),
    ],
)
def test_a_known_fault_says_what_to_do(error, advice):
    assert advice in (explain_error(error) or "")


@pytest.mark.parametrize("error", [ValueError("x"), OSError(errno.EPIPE, "broken"), KeyError("x")])
def test_a_fault_of_ours_is_not_explained_away(error):
    assert explain_error(error) is None


def test_a_wrong_setting_ends_the_command_with_its_sentence(monkeypatch, capsys):
    monkeypatch.setenv("RECADO_PORT", "abc")
    monkeypatch.setattr("sys.argv", ["recado", "serve"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert told.count("\n") == 1
    assert "RECADO_PORT is 'abc'" in told
