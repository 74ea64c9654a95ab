"""Fresh, migrated databases for benchmarks, durable as in production: SQLite in a folder, PostgreSQL in a cluster of its own."""

import argparse
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ENGINES = ("sqlite", "postgresql")


@contextmanager
def fresh(engine: str) -> Iterator[dict[str, str]]:
    """Yield the environment of processes that are to use a fresh database; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"recado-bench-{engine}-", dir=os.environ.get("RECADO_BENCH_DIR")))
    try:
        if engine == "sqlite":
            yield migrated(folder, f"sqlite://{folder / 'recado.sqlite3'}")
            return
        with cluster(folder) as url:
            yield migrated(folder, url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def migrated(folder: Path, url: str) -> dict[str, str]:
    environment = os.environ | {
        "RECADO_DATA": str(folder),
        "RECADO_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
        "RECADO_LOG_LEVEL": "ERROR",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=environment, check=True)
    return environment


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run PostgreSQL with its own defaults but for memory; commits are synchronous."""
    programs = postgresql_programs()
    user = "postgres" if os.getuid() == 0 else None
    if user:
        folder.chmod(0o755)
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data = folder / "cluster"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    subprocess.run(initdb, user=user, check=True, capture_output=True, cwd=folder)
    options = ["-clisten_addresses=", f"-cunix_socket_directories={folder}", "-cshared_buffers=256MB", "-cmax_wal_size=4GB"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([programs / "postgres", "-D", data, *options], user=user, cwd=folder, stdout=log, stderr=log)
    try:
        wait_for(folder / ".s.PGSQL.5432", process)
        yield f"postgresql://postgres@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        process.terminate()
        process.wait(30)


def wait_for(socket: Path, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if socket.exists():
            time.sleep(0.3)
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit("PostgreSQL did not start")


def postgresql_programs() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not folders:
        raise SystemExit("the PostgreSQL programs are not installed")
    return folders[-1]


def on_each_engine(script: Path, about: str | None, measure: Callable[[str], None]) -> int:
    """Run a benchmark on a fresh database of each engine, or of the one asked for, each in a process of its own: Django knows only one."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--here", action="store_true", help="fill and measure the database of this process's environment")
    options = parser.parse_args()
    if options.here:
        measure(options.engine)
        return 0
    for engine in [options.engine] if options.engine else ENGINES:
        with fresh(engine) as environment:
            subprocess.run([sys.executable, str(script), "--here", "--engine", engine], env=environment, check=True)
    return 0
