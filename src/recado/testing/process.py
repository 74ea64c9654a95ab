"""A real `recado serve` process on loopback, for tests that start, kill and start it again.

What belongs here: running the process and waiting for it. What does not: what is expected of it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 60.0


def free_port() -> int:
    """Ask the system for a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RunningRecado:
    """One `recado serve`, with a data folder and a database that outlive it."""

    def __init__(self, data: Path, database_url: str = "", *, demo: bool = False, environment: dict[str, str] | None = None) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "serve.log"
        self._command = [sys.executable, "-m", "recado.cli", "serve", *(["--demo"] if demo else [])]
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("RECADO_")},
            "RECADO_DATA": str(data),
            "RECADO_PORT": str(self.port),
            **({"RECADO_DATABASE_URL": database_url} if database_url else {}),
            **(environment or {}),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start and wait until it is healthy."""
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Stop in order."""
        self.stop()

    def start(self, *, wait: bool = True) -> None:
        """Start the process; with `wait`, return once it is healthy."""
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log, cwd=self.data)  # noqa: S603  # our own program
        if wait:
            self.wait_until_healthy()

    def wait_until_healthy(self) -> dict[str, Any]:
        """Return the health once it is good; raise with the end of the log if that takes too long."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                break
            health = self.health()
            if health.get("ok"):
                return health
            time.sleep(0.1)
        raise RuntimeError(f"recado serve did not get healthy:\n{self.log.read_text()[-4000:]}")

    def health(self) -> dict[str, Any]:
        """Ask /healthz; empty while nobody answers."""
        try:
            with urlopen(f"{self.url}/healthz", timeout=2) as response:  # noqa: S310  # our own process
                health: dict[str, Any] = json.load(response)
                return health
        except URLError as error:
            body = getattr(error, "read", None)
            return json.loads(body()) if body else {}
        except (OSError, ValueError):
            return {}

    def kill(self) -> None:
        """End it at once, as a power cut ends a process."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop and return its exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, signal_number: int) -> int:
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal_number)
        status = self.process.wait(40)
        self.process = None
        return status
