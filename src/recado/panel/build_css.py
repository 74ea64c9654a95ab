"""Concatenates the stylesheets of `static/panel/css` into the one file that is served: `python -m recado.panel.build_css [--check]`.

What belongs here: order and freshness. What does not: any transformation; the files are plain CSS, each in its cascade layer.
"""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "panel"
TARGET = STATIC / "app.css"


def stylesheet() -> str:
    """Return all component files in name order, comments and indentation left out."""
    joined = "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css")))
    without_comments = re.sub(r"/\*.*?\*/", "", joined, flags=re.DOTALL)
    lines = (line.strip() for line in without_comments.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def is_fresh() -> bool:
    """Say whether the served file is what the component files give."""
    return TARGET.exists() and TARGET.read_text(encoding="utf-8") == stylesheet()


def main(arguments: list[str]) -> int:
    """Write the file, or with `--check` only compare."""
    if "--check" in arguments:
        return 0 if is_fresh() else 1
    TARGET.write_text(stylesheet(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
