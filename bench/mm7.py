"""Receiving MMS by MM7: messages of 300 kB a second over one and several connections, how long answers take, and memory.

A real process on a SQLite database; each message is new, and answered once its files and rows are durable. The load runs in this
process, on the other core. Then one message of nearly 10 MB, and what it costs of memory.

    python bench/mm7.py            all figures
    python bench/mm7.py --quick    fewer messages
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from recado.testing.mmsc_client import MmscClient  # noqa: E402  # needs the path
from recado.testing.mmsc_requests import Request, SamplePart, deliver_xml, with_files  # noqa: E402
from recado.testing.process import RunningRecado  # noqa: E402

SIZE = 300_000
LARGE = 9_900_000
CONNECTIONS = (1, 4, 16)
MESSAGES = 400


def message(name: str, size: int) -> Request:
    return with_files(deliver_xml(name, subject=name), [SamplePart("image/jpeg", b"\xff\xd8\xff" + os.urandom(size), "one", "one.jpg")])


def memory(pid: int, name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return round(int(found[1]) / 1024, 1) if found else 0.0


def begin_peak_anew(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


async def load(client: MmscClient, connections: int, count: int) -> dict[str, Any]:
    """Bring messages over so many connections at once, each made before the clock starts."""
    waiting = [message(f"{connections}-{index}", SIZE) for index in range(count)]
    seconds: list[float] = []
    failed = 0

    async def bring() -> None:
        nonlocal failed
        while waiting:
            request = waiting.pop()
            began = time.perf_counter()
            answered = await client.post(request)
            seconds.append(time.perf_counter() - began)
            failed += answered.status_code != 1000

    began = time.perf_counter()
    await asyncio.gather(*(bring() for _ in range(connections)))
    took = time.perf_counter() - began
    seconds.sort()
    return {
        "connections": connections,
        "messages_per_second": round(count / took, 1),
        "megabytes_per_second": round(count * SIZE / took / 1e6, 1),
        "p50_ms": round(seconds[len(seconds) // 2] * 1000, 1),
        "p99_ms": round(seconds[int(len(seconds) * 0.99)] * 1000, 1),
        "failed": failed,
    }


def configured(data: Path, url: str) -> int:
    """Migrate a database and configure it; return the connection's id."""
    environment = os.environ | {"RECADO_DATA": str(data), "RECADO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "recado.server.settings"}
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True)
    program = [sys.executable, str(HERE.parent / "tests" / "e2e" / "configure_mm7.py")]
    return int(subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout)


def measure(folder: Path, count: int) -> dict[str, Any]:
    url = f"sqlite://{folder / 'recado.sqlite3'}"
    connection_id = configured(folder, url)
    with RunningRecado(folder, url) as recado:
        client = MmscClient(f"{recado.url}/mm7/{connection_id}", "centre", "secret")
        asyncio.run(client.post(message("first", 1000)))
        pid = recado.process.pid if recado.process else 0
        result: dict[str, Any] = {"idle_mb": memory(pid, "VmRSS")}
        begin_peak_anew(pid)
        before = memory(pid, "VmRSS")
        answered = asyncio.run(client.post(message("large", LARGE)))
        result["large"] = {"status": answered.status_code, "peak_above_idle_mb": round(memory(pid, "VmHWM") - before, 1)}
        result["load"] = [asyncio.run(load(client, connections, count)) for connections in CONNECTIONS]
        result["peak_mb"] = memory(pid, "VmHWM")
        return result


def main() -> int:
    parser = argparse.ArgumentParser(description="Receiving MMS by MM7.")
    parser.add_argument("--quick", action="store_true")
    count = MESSAGES // 4 if parser.parse_args().quick else MESSAGES
    with tempfile.TemporaryDirectory(prefix="recado-bench-mm7-", dir=os.environ.get("RECADO_BENCH_DIR")) as folder:
        print(json.dumps(measure(Path(folder), count), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
