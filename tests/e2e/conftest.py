"""What the end-to-end tests share: the address of a database as an installation would write it, a running demo, a browser."""

import fcntl
import os
import shutil
import subprocess
import sys
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


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo, loaded once for all processes that run tests: that takes as long as many a test."""
    place = tmp_path_factory.getbasetemp()
    place = (place.parent if "PYTEST_XDIST_WORKER" in os.environ else place) / "loaded-demo"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "data").exists():
            environment = {name: value for name, value in os.environ.items() if not name.startswith("RECADO_")}
            command = [sys.executable, "-m", "recado.cli", "demo"]
            subprocess.run(command, env=environment | {"RECADO_DATA": str(place / "loading")}, check=True, capture_output=True)
            (place / "loading").rename(place / "data")
    return place / "data"


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
