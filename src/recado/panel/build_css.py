"""Concatenates the stylesheets of `static/panel/css` into the files that are served: `python -m recado.panel.build_css [--check]`.

The files in `css` itself are `app.css`, which every page loads; those of each folder in it are a file of that folder's name, which a page
that needs them names in its block `styles`. What belongs here: order and freshness. What does not: any transformation; the files are
plain CSS, each in its cascade layer.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "panel"
SOURCES = STATIC / "css"
EVERYWHERE = STATIC / "app.css"


def bundles() -> Iterator[tuple[Path, Path]]:
    """Yield each served file with the folder it is made of."""
    yield EVERYWHERE, SOURCES
    for folder in sorted(path for path in SOURCES.iterdir() if path.is_dir()):
        yield STATIC / f"{folder.name}.css", folder


def stylesheet(folder: Path) -> str:
    """Return the files of a folder in name order, comments and indentation left out."""
    joined = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    without_comments = re.sub(r"/\*.*?\*/", "", joined, flags=re.DOTALL)
    lines = (line.strip() for line in without_comments.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def is_fresh() -> bool:
    """Say whether the served files are what their folders give."""
    return all(target.exists() and target.read_text(encoding="utf-8") == stylesheet(folder) for target, folder in bundles())


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` only compare."""
    if "--check" in arguments:
        return 0 if is_fresh() else 1
    for target, folder in bundles():
        target.write_text(stylesheet(folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
