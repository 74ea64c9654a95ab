"""Links between pages lead somewhere, decisions are numbered without holes, and nothing names an address it must not."""

import re
from pathlib import Path

import pytest
from pages import DOCS, ROOT, written_pages

import recado

PAGES = written_pages()
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ROLE = re.compile(r"\{doc\}`(?:[^`<]*<)?([^`>]+)>?`")
FENCE = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)}


def is_there(page: Path, target: str) -> bool:
    address, _, anchor = target.partition("#")
    found = (page.parent / address).resolve() if address else page
    return found.exists() and (not anchor or found.suffix != ".md" or anchor in anchors(found))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = FENCE.sub("", page.read_text())
    internal = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]
    assert [link for link in internal if not is_there(page, link)] == []
    assert [name for name in ROLE.findall(text) if not (page.parent / f"{name}.md").exists()] == []


def test_decisions_are_numbered_without_holes():
    names = sorted(page.name for page in (DOCS / "adr").glob("0*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for name in names:
        assert (DOCS / "adr" / name).read_text().startswith(f"# {name[:4]}. ")


def test_every_decision_has_the_same_sections():
    for page in (DOCS / "adr").glob("0*.md"):
        headings = re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE)
        assert headings == ["Context", "Options", "Decision", "Consequences"], page.name


@pytest.mark.parametrize("page", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda page: page.name)
def test_locked_requirements_name_no_address(page):
    text = page.read_text()
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host| @ ", text)


def test_the_changelog_has_an_entry_for_this_version():
    released = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released[0] == "Unreleased"
    assert recado.__version__ in released
