"""The directory guide has a line for every package, and none for what is gone."""

import re

from pages import DOCS, PACKAGE, ROOT

GUIDE = (DOCS / "directory-guide.md").read_text()
LISTED = set(re.findall(r"^\| `([^`]+)`", GUIDE, re.MULTILINE))


def packages() -> set[str]:
    folders = {file.parent for file in PACKAGE.rglob("__init__.py")}
    return {f"{folder.relative_to(PACKAGE)}/" for folder in folders - {PACKAGE} if folder.name not in {"migrations", "templatetags"}}


def test_every_package_has_a_line():
    assert packages() - LISTED == set()


def test_every_line_is_about_something_that_is_there():
    assert [name for name in LISTED if not any((base / name).exists() for base in (PACKAGE, ROOT))] == []


def test_every_folder_of_the_repository_has_a_line():
    hidden_or_made = {"build", "data", "node_modules", "__pycache__"}
    folders = {f"{folder.name}/" for folder in ROOT.iterdir() if folder.is_dir() and not folder.name.startswith(".")}
    assert folders - {f"{name}/" for name in hidden_or_made} - LISTED == set()
