"""The client of clamd, with a real one: verdicts, files it will not take, and whose fault it is where no verdict comes."""

import io
import socket
import threading
from contextlib import contextmanager

import pytest

from recado.apps.media.clamd import ScanBrokenError, Scanner, ScannerAwayError
from recado.config import Clamd
from recado.protocols.clamav import PING, Answer, Verdict
from running_clamd import EICAR, FOUND, LARGEST

TOO_LARGE = Answer(Verdict.ERROR, "INSTREAM size limit exceeded")


@pytest.fixture(params=["socket", "port"])
def scanner(clamd, request):
    return Scanner(clamd.at if request.param == "socket" else clamd.at_port)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Answer(Verdict.CLEAN)),
        (b"roses", Answer(Verdict.CLEAN)),
        (bytes(LARGEST), Answer(Verdict.CLEAN)),
        (EICAR, Answer(Verdict.FOUND, FOUND)),
        (bytes(200_000) + EICAR + bytes(200_000), Answer(Verdict.FOUND, FOUND)),
        (bytes(LARGEST + 1), TOO_LARGE),
        (bytes(20 * LARGEST), TOO_LARGE),
    ],
    ids=["empty", "clean", "largest", "infected", "in the middle", "too large", "far too large"],
)
def test_a_file_gets_its_verdict(scanner, content, expected):
    assert scanner.scan(io.BytesIO(content)) == expected


def test_the_scanner_says_what_it_is(scanner):
    assert scanner.version().startswith("ClamAV ")


def test_a_file_is_read_in_small_pieces(clamd):
    read = []

    class Watched(io.BytesIO):
        def read(self, size=-1):
            read.append(size)
            return super().read(size)

    Scanner(clamd.at).scan(Watched(bytes(500_000)))
    assert set(read) == {65_536}


def test_a_file_that_cannot_be_read_is_not_the_scanners_fault(clamd):
    class Damaged(io.BytesIO):
        def read(self, _size=-1):
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        Scanner(clamd.at).scan(Damaged())


def scan(scanner, content):
    scanner.ping()
    return scanner.scan(io.BytesIO(content))


@contextmanager
def answering(answers):
    """Listen, and answer the first question of each connection by what is given for it; then hang up."""

    def serve():
        while True:
            try:
                peer, _ = listening.accept()
            except OSError:
                return
            with peer:
                command = peer.recv(10)
                said = answers.get(command if command == PING else b"scan")
                if said is None:
                    waiting.wait(10)
                else:
                    peer.sendall(said)

    waiting = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield Clamd(host="127.0.0.1", port=listening.getsockname()[1])
        finally:
            waiting.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({PING: b"PONG\0", b"scan": b""}, ScanBrokenError),
        ({PING: b"PONG\0", b"scan": b"stream: O"}, ScanBrokenError),
        ({PING: b"PONG\0"}, ScanBrokenError),
        ({PING: b"220 mail.example.org ESMTP\r\n"}, ScannerAwayError),
        ({PING: b""}, ScannerAwayError),
        ({}, ScannerAwayError),
    ],
    ids=["cut off", "half an answer", "no verdict", "something else", "nothing", "hanging"],
)
def test_where_no_verdict_comes_it_is_known_whose_fault_it_is(answers, error):
    with answering(answers) as at:
        scanner = Scanner(at, prompt_seconds=5 if answers else 0.2, scan_seconds=0.2)
        with pytest.raises(error):
            scan(scanner, b"roses")


@pytest.mark.parametrize("at", [Clamd(path="/nowhere/clamd.ctl"), Clamd(host="127.0.0.1", port=1), Clamd(host="::1", port=1)])
def test_a_scanner_that_is_not_there_is_away(at):
    with pytest.raises(ScannerAwayError, match=str(at).replace("[", r"\[")):
        Scanner(at).version()
