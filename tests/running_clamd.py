"""A real clamd for tests: the daemon of the package, with a configuration and a signature of its own, in a folder of its own.

What belongs here: starting and ending it, and what it finds. What does not: the fixture that hands it to tests (`conftest.py`).
"""

import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

from recado.apps.media.clamd import Scanner, ScannerAwayError
from recado.config import Clamd

PROGRAM = "/usr/sbin/clamd"
_PIECES = "X5O!P%@AP[4", "\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE", "!$H+H*"
EICAR = "".join(_PIECES).encode()
"""The test string of the antivirus industry, in pieces, so that this file is none."""
FOUND = "Recado.Test.UNOFFICIAL"
"""What the one signature is called in answers."""
LARGEST = 1024 * 1024
"""Octets of a stream that it takes."""
PATIENCE_SECONDS = 30.0


class RunningClamd:
    """A clamd that can be ended and started again; it is started by `start`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="clamd-"))  # short, for the sake of the socket's path
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.at, self.at_port = Clamd(path=str(self.folder / "ctl")), Clamd(host="127.0.0.1", port=port)
        (self.folder / "signatures").mkdir()
        (self.folder / "signatures" / "test.ndb").write_text(f"Recado.Test:0:*:{EICAR.hex()}\n")
        (self.folder / "clamd.conf").write_text(
            f"Foreground yes\nLogFile {self.folder / 'log'}\nDatabaseDirectory {self.folder / 'signatures'}\n"
            f"LocalSocket {self.at.path}\nTCPAddr 127.0.0.1\nTCPSocket {port}\nTemporaryDirectory {self.folder}\n"
            f"StreamMaxLength {LARGEST}\nMaxThreads 2\nSelfCheck 0\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return once it answers."""
        self._process = subprocess.Popen(
            [PROGRAM, "--config-file", str(self.folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = monotonic() + PATIENCE_SECONDS
        while self._process.poll() is None and monotonic() < until:
            with suppress(ScannerAwayError):
                Scanner(self.at).version()
                return
            sleep(0.05)
        log = self.folder / "log"
        raise RuntimeError(f"clamd did not start: {log.read_text() if log.exists() else 'without a word'}")

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def remove(self) -> None:
        """End it, and delete its folder."""
        self.stop()
        shutil.rmtree(self.folder)
