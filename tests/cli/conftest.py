"""Calls commands as an operator types them, on a migrated database that the test rolls back."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from recado.cli.root import root

Recado = Callable[..., Result]


@pytest.fixture
def recado(db: None, monkeypatch: pytest.MonkeyPatch) -> Recado:
    """Run `recado` with the words of a line; further arguments are words as they are."""
    monkeypatch.setenv("COLUMNS", "200")
    return lambda line, *words: CliRunner().invoke(root, [*line.split(), *words], prog_name="recado")
