"""Writes the operations of the Python client out of the API's description; with `--check` says whether they are fresh.

Run it (`make client`) after changing a route or a shape. What is written by hand is beside it in `clients/python/src/recado_client`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "clients" / "python" / "src" / "recado_client" / "operations"


def main() -> int:
    """Write or check; return 1 where something was not fresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as data:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recado.server.settings")
        os.environ.setdefault("RECADO_DATA", data)
        import django  # noqa: PLC0415  # the settings come first

        django.setup()
        stale = stale_files()
    if is_check:
        sys.stdout.writelines(f"{path.relative_to(ROOT)} is not what the API's description says: run `make client`\n" for path in stale)
        return 1 if stale else 0
    TARGET.mkdir(exist_ok=True)
    for path, text in stale.items():
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
    return 0


def stale_files() -> dict[Path, str | None]:
    """Return what is not as it should be: the file, and what must be in it; None where it must go."""
    from client_writing import written  # noqa: PLC0415  # beside this file
    from recado.api.v1.api import api  # noqa: PLC0415  # after django.setup

    wanted: dict[Path, str | None] = {TARGET / name: _formatted(text) for name, text in written(api.get_openapi_schema()).items()}
    there = set(TARGET.glob("*.py"))
    changed = {path: text for path, text in wanted.items() if path not in there or path.read_text() != text}
    return changed | dict.fromkeys(there - wanted.keys())


def _formatted(text: str) -> str:
    """Lay out a file as ruff does."""
    program = str(Path(sys.executable).with_name("ruff"))
    for command in (["check", "--select", "I,F401", "--fix-only", "--quiet"], ["format", "--quiet"]):
        arguments = [program, *command, "--stdin-filename", "written.py", "-"]
        text = subprocess.run(arguments, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout  # noqa: S603  # fixed words
    return text


if __name__ == "__main__":
    sys.exit(main())
