"""Asks clamd, ClamAV's daemon, about files: a connection for each question, as the daemon has it.

What belongs here: the socket, and whose fault it is where no answer comes. What does not: octets (`protocols.clamav`), what becomes of
a file (`scanning`).
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from recado.config import Clamd
from recado.protocols.clamav import CHUNK, END, INSTREAM, PING, VERSION, Answer, chunk, read_answer, text_of

PROMPT_SECONDS = 10.0
"""For an answer that needs no work, and for taking a piece of a file."""
SCAN_SECONDS = 180.0
"""For a verdict; clamd itself gives up after MaxScanTime, two minutes unless configured otherwise."""
LONGEST_ANSWER = 4096


class ScannerAwayError(Exception):
    """The scanner cannot be asked now; what was to be scanned has nothing to do with it."""


class ScanBrokenError(Exception):
    """The scanner, which answered a moment ago, gave no verdict on this file."""


class Scanner:
    """One clamd. Usable from any thread."""

    def __init__(self, at: Clamd, *, prompt_seconds: float = PROMPT_SECONDS, scan_seconds: float = SCAN_SECONDS) -> None:
        self._at, self._prompt, self._patience = at, prompt_seconds, scan_seconds

    def version(self) -> str:
        """Return what runs there: `ClamAV 1.4.3/27890/Fri Nov 27 2026`; raises ScannerAwayError."""
        return self._ask(VERSION)

    def ping(self) -> None:
        """Return if it is there; raises ScannerAwayError. Asked before a scan, so that a scanner that hangs is never the file's fault."""
        if (said := self._ask(PING)) != "PONG":
            raise ScannerAwayError(f"{self._at} answers {said[:80]!r}")

    def scan(self, file: BinaryIO) -> Answer:
        """Have a file scanned from where it stands.

        Raises ScannerAwayError, ScanBrokenError, and OSError where the file cannot be read.
        """
        with self._connected() as connection:
            self._send(connection, file)
            try:
                connection.settimeout(self._patience)
                octets = _all_of(connection)
            except OSError as error:
                raise ScanBrokenError(str(error)) from error
        answer = read_answer(octets)
        if answer is None:
            raise ScanBrokenError(f"answered {text_of(octets)[:80]!r}")
        return answer

    def _send(self, connection: socket.socket, file: BinaryIO) -> None:
        """Send a file; where clamd will not have all of it, it says why before it hangs up."""
        pieces = iter(lambda: file.read(CHUNK), b"")
        is_taken = _send(connection, INSTREAM)
        while is_taken and (piece := next(pieces, None)) is not None:
            is_taken = _send(connection, chunk(piece))
        if is_taken:
            _send(connection, END)

    def _ask(self, command: bytes) -> str:
        with self._connected() as connection:
            try:
                connection.sendall(command)
                return text_of(_all_of(connection))
            except OSError as error:
                raise ScannerAwayError(f"{self._at}: {error.strerror or error}") from error

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        at = self._at
        family = socket.AF_UNIX if at.path else socket.AF_INET6 if ":" in at.host else socket.AF_INET
        with socket.socket(family) as connection:
            connection.settimeout(self._prompt)
            try:
                connection.connect(at.path or (at.host, at.port))
            except OSError as error:
                raise ScannerAwayError(f"{at}: {error.strerror or error}") from error
            yield connection


def _send(connection: socket.socket, octets: bytes) -> bool:
    """Send some octets; False where nobody takes them any more."""
    try:
        connection.sendall(octets)
    except OSError:
        return False
    return True


def _all_of(connection: socket.socket) -> bytes:
    """Read until the end of the answer, or of the connection."""
    octets = b""
    while b"\0" not in octets and len(octets) < LONGEST_ANSWER and (more := connection.recv(LONGEST_ANSWER)):
        octets += more
    return octets
