"""The architecture page and the others speak of files and names that exist."""

import ast
import re
from functools import cache

import pytest
from pages import DOCS, PACKAGE, ROOT

REFERENCE = re.compile(r"`([\w/]+\.py): ([\w.]+)`")
PATH = re.compile(
    r"`((?:src|tests|docs|examples|bench|tools|core|protocols|carriers|store|apps|gateway|delivery|panel|api|server|cli)/[\w./-]+\w)`"
)
PAGES = [DOCS / "architecture.md", DOCS / "patterns.md", DOCS / "directory-guide.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
STEPS = re.findall(r"^\| (\d+) \|(.*)\|$", (DOCS / "architecture.md").read_text(), re.MULTILINE)


@cache
def names_in(path: str) -> frozenset[str]:
    return frozenset(_names(ast.parse((PACKAGE / path).read_text()).body, ""))


def _names(body: list[ast.stmt], prefix: str) -> list[str]:
    found = []
    for node in body:
        if isinstance(node, ast.ClassDef):
            found += [prefix + node.name, *_names(node.body, f"{prefix}{node.name}.")]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(prefix + node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [prefix + target.id for target in targets if isinstance(target, ast.Name)]
    return found


def references() -> list[tuple[str, str]]:
    return sorted({found for page in PAGES for found in REFERENCE.findall(page.read_text())})


@pytest.mark.parametrize(("path", "name"), references())
def test_every_name_on_the_pages_is_in_the_source(path, name):
    assert name in names_in(path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_on_a_page_is_there(page):
    missing = [path for path in PATH.findall(page.read_text()) if not any((base / path).exists() for base in (ROOT, PACKAGE))]
    assert missing == []


def test_every_step_of_the_journey_names_where_it_happens():
    assert [int(number) for number, _ in STEPS] == list(range(1, len(STEPS) + 1))
    assert [number for number, text in STEPS if not REFERENCE.search(text)] == []
