"""Collects the texts people see into the catalogues and compiles them; with `--check` says whether both are fresh and complete.

Run it after changing a text, translate what is empty in `src/recado/panel/locale/*/LC_MESSAGES/django.po`, and run it again.
Needs the gettext programs.
"""

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "recado"
LOCALE = Path("panel") / "locale"
LANGUAGES = ("pl",)
"""English is the language of the source and needs no catalogue."""


def main(arguments: list[str]) -> int:
    """Bring the catalogues up to date, or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail if something is stale or untranslated")
    check = parser.parse_args(arguments).check
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "recado"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("static", "migrations", "__pycache__"))
        collect(copy)
        problems = [problem for language in LANGUAGES for problem in stale(copy, language)] if check else []
        if not check:
            shutil.copytree(copy / LOCALE, SOURCE / LOCALE, dirs_exist_ok=True)
        problems += [problem for language in LANGUAGES for problem in incomplete(copy, language)]
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


def collect(root: Path) -> None:
    """Write the catalogues below `root` anew from its sources, and compile them."""
    for language in LANGUAGES:
        (root / LOCALE / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    options = [option for language in LANGUAGES for option in ("--locale", language)]
    code = (
        "from django.conf import settings; from django.core.management import call_command; import sys, django;"
        f"settings.configure(LOCALE_PATHS=[{str(root / LOCALE)!r}], USE_I18N=True); django.setup();"
        "call_command('makemessages', *sys.argv[1:], no_location=True, no_obsolete=True, no_wrap=True, verbosity=0)"
    )
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([sys.executable, "-c", code, *options], cwd=root, check=True, env=environment)  # noqa: S603  # our own words
    for language in LANGUAGES:
        catalogue = _catalogue(root, language)
        lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
        catalogue.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date')), encoding="utf-8")
        _run("msgfmt", "--check", "--output-file", catalogue.with_suffix(".mo"), catalogue)


def stale(copy: Path, language: str) -> list[str]:
    """Say in which lines the stored catalogue differs from the one collected anew."""
    ours, fresh = _catalogue(SOURCE, language), _catalogue(copy, language)
    lines = [path.read_text(encoding="utf-8").splitlines() if path.exists() else [] for path in (ours, fresh)]
    changed = list(difflib.unified_diff(*lines, "stored", "collected anew", lineterm="", n=1))
    if not changed and ours.with_suffix(".mo").read_bytes() != fresh.with_suffix(".mo").read_bytes():
        changed = [f"{ours.with_suffix('.mo')} is not what {ours.name} compiles to"]
    return [*changed, "run `make translations`"] if changed else []


def incomplete(copy: Path, language: str) -> list[str]:
    """List the texts that have no translation, or only a guessed one."""
    found = [_run("msgattrib", kind, "--no-wrap", _catalogue(copy, language)) for kind in ("--untranslated", "--only-fuzzy")]
    texts = [line for listing in found for line in listing.splitlines() if line.startswith("msgid ") and line != 'msgid ""']
    lacking = re.findall(r'^msgstr\[\d\] ""\n(?!")', _catalogue(copy, language).read_text(encoding="utf-8"), re.MULTILINE)
    half = [f"{language}: {len(lacking)} forms of plurals are empty"] if lacking else []
    return [f"{language}: not translated: {text.removeprefix('msgid ')}" for text in texts] + half


def _catalogue(root: Path, language: str) -> Path:
    return root / LOCALE / language / "LC_MESSAGES" / "django.po"


def _run(program: str, *arguments: str | Path) -> str:
    command = [program, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout  # noqa: S603  # our own words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
