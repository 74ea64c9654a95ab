"""Foreign message centres as processes that speak JSON lines on their standard streams."""

import json
import os
import queue
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
COMMANDS = {
    "npm smpp": ["node", str(HERE / "smsc_node.js")],
    "perl Net::SMPP": ["perl", str(HERE / "smsc_perl.pl")],
}


def why_missing(name):
    """Say what is not installed, or nothing. Where CI is set everything must be there."""
    program = COMMANDS[name][0]
    if shutil.which(program) is None:
        return f"{program} is not installed"
    if program == "node" and not (HERE / "node_modules" / "smpp").is_dir():
        return "npm ci was not run in tests/interop"
    if program == "perl" and subprocess.run(["perl", "-MNet::SMPP", "-e", "1"], capture_output=True, check=False).returncode:
        return "the Debian package libnet-smpp-perl is not installed"
    return ""


class ForeignSmsc:
    """One running message centre."""

    def __init__(self, name):
        missing = why_missing(name)
        if missing and "CI" in os.environ:
            pytest.fail(missing)
        if missing:
            pytest.skip(missing)
        self._process = subprocess.Popen(COMMANDS[name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE)
        self._events = queue.Queue()
        self.seen = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = self.expect("listening")["port"]

    def _read(self):
        for line in self._process.stdout:
            self._events.put(json.loads(line))

    def expect(self, event, *, seconds=15):
        """Wait for the next event of a kind; others are kept in `seen`."""
        deadline = time.monotonic() + seconds
        for found in self.seen:
            if found["event"] == event:
                self.seen.remove(found)
                return found
        while True:
            try:
                found = self._events.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {event!r} within {seconds} s, but {self.seen}") from None
            if found["event"] == event:
                return found
            self.seen.append(found)

    def send(self, text, *, source="48501222333", destination="48503340503", data_coding=0, esm_class=0):
        """Deliver a message; `text` is octets."""
        message = {"source": source, "destination": destination, "octets": text.hex(), "data_coding": data_coding, "esm_class": esm_class}
        self._process.stdin.write(json.dumps({"send": message}) + "\n")
        self._process.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(5)
        self._process.stdout.close()
