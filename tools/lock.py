"""Resolve pyproject.toml into requirements/*.txt: hashed, for every platform, without addresses."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMON = [
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
    "--no-strip-extras",  # some versions of pip take an unlisted `name[extra]` for one that is not locked
    *("pyproject.toml", "requirements/base.in"),
]


def main() -> int:
    """Write both lock files; return the resolver's exit status."""
    uv = Path(sys.executable).with_name("uv")
    for extra, target in ([], "base.txt"), (["--group", "dev"], "dev.txt"):
        command = [str(uv), "pip", "compile", *COMMON, *extra, "-o", f"requirements/{target}"]
        if status := subprocess.run(command, cwd=ROOT, check=False).returncode:  # noqa: S603  # fixed words
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
