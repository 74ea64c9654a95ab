"""What the end-to-end tests share: the address of a database as an installation would write it, a running demo, a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from panel.browser import PROGRAM, chromium
from recado.config import Database
from recado.testing.process import RunningRecado

pytest.register_assert_rewrite("stored", "web_client", "configuring", "demo_windows", "page_race")  # before their first import
from demo_windows import Windows  # noqa: E402  # as said


@pytest.fixture
def database_url(database: Database) -> str:
    """The value of RECADO_DATABASE_URL for `database`."""
    if database.engine == "sqlite":
        return f"sqlite://{database.name}"
    return f"postgresql://{database.user}@{quote(database.host, safe='')}/{database.name}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, loaded_demo: Path) -> Iterator[RunningRecado]:
    """A running demo, one for all tests of a module: each uses a simulated phone of its own."""
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(loaded_demo, data)
    with RunningRecado(data, demo=True) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(PROGRAM).exists():
        (pytest.fail if "CI" in os.environ else pytest.skip)("Chromium is not installed")
    with chromium() as started:
        yield started


@pytest.fixture
def windows(browser: Browser, demo: RunningRecado) -> Iterator[Windows]:
    """Windows of a person who is not signed in yet; at the end none may have complained."""
    opened = Windows(browser, demo.url)
    yield opened
    opened.close()
    assert opened.complaints == []
