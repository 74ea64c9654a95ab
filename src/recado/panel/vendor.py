"""Compares vendored files with the `vendor.toml` beside them: `python -m recado.panel.vendor` fails if one was changed or is not listed.

What belongs here: the check. Fetching new versions is a developer's work by hand.
"""

import hashlib
import sys
import tomllib
from pathlib import Path

FOLDERS = (Path(__file__).parent / "static" / "panel" / "vendor", Path(__file__).parent / "posters" / "fonts")
LIST = "vendor.toml"


def problems() -> list[str]:
    """Return what is wrong, one sentence each; empty when all is well."""
    return [problem for folder in FOLDERS for problem in _problems_in(folder)]


def _problems_in(folder: Path) -> list[str]:
    listed = {entry["path"]: entry["sha256"] for entry in tomllib.loads((folder / LIST).read_text(encoding="utf-8"))["file"]}
    present = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name != LIST}
    missing = [f"{name} is listed in {LIST} but not there" for name in sorted(listed.keys() - present.keys())]
    unknown = [f"{name} is not listed in {LIST}" for name in sorted(present.keys() - listed.keys())]
    changed = [f"{name} differs from {LIST}" for name in sorted(listed.keys() & present.keys()) if listed[name] != present[name]]
    return missing + unknown + changed


def main() -> int:
    """Print the problems and say by the exit code whether there are any."""
    found = problems()
    sys.stderr.write("".join(f"{problem}\n" for problem in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
