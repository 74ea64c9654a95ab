"""Run every benchmark one after the other; print the figures as a table and as JSON lines (`make bench`, or `python -m bench NAME …`).

Each benchmark is a script of its own that prints one JSON object a line for each figure: {"figure", "value", "unit"}
and, where it ran several times, "min" and "max". Everything else it prints is shown as it comes.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
ORDER = [
    *("codec", "decide", "matching", "opt_out", "drafts", "keywords", "store", "receive", "growth", "campaigns", "panel", "api", "backlog"),
    *("live", "replies", "kannel", "submit", "forwards", "contests"),
]


def main() -> int:
    names = sys.argv[1:] or [name for name in ORDER if (HERE / f"{name}.py").exists()]
    figures: list[dict[str, object]] = []
    failed = []
    for name in names:
        print(f"── {name}", flush=True)
        began = time.monotonic()
        status = run(name, figures)
        print(f"   {name}: {time.monotonic() - began:.0f} s", flush=True)
        if status:
            failed.append(name)
    show(figures)
    for figure in figures:
        print(json.dumps(figure, ensure_ascii=False))
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def run(name: str, figures: list[dict[str, object]]) -> int:
    with subprocess.Popen([sys.executable, str(HERE / f"{name}.py")], stdout=subprocess.PIPE, text=True, cwd=HERE.parent) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith('{"figure"'):
                figures.append({"bench": name, **json.loads(line)})
            else:
                print(f"   {line}", end="", flush=True)
        return process.wait()


def show(figures: list[dict[str, object]]) -> None:
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    table = Table("bench", "figure", "value", "unit", "min", "max", title=f"{os.cpu_count()} cores, load {load}")
    for figure in figures:
        cells = [figure.get(key, "") for key in ("bench", "figure", "value", "unit", "min", "max")]
        table.add_row(*(f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in cells))
    Console(width=140).print(table)


if __name__ == "__main__":
    sys.exit(main())
