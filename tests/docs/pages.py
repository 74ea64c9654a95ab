"""What tests of the documentation share: where pages are, and how a page is taken apart."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "recado"


def written_pages() -> list[Path]:
    """Every page people read, in the repository's root and under docs."""
    pages = [page for page in DOCS.rglob("*.md") if "_build" not in page.parts]
    readmes = [page for folder in (PACKAGE, ROOT / "bench", ROOT / "examples") for page in folder.rglob("*.md")]
    return sorted([*ROOT.glob("*.md"), *pages, *readmes])


def sections(page: str, level: str = "##") -> dict[str, str]:
    """The text under each heading of a level."""
    parts = re.split(rf"^{level} (.+)$", (DOCS / page).read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def table_rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, headings and rules left out; code marks taken off."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    rules = [position for position, row in enumerate(rows) if set("".join(row)) <= {"-", " ", ":"}]
    return [row for position, row in enumerate(rows) if position not in rules and position + 1 not in rules]
