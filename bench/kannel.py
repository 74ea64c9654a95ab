"""Kannel and Recado under the same load in the same run: SMPP in, 4 links × window 100, as fast as each acknowledges.

Kannel hands every message to a receiver by HTTP through its smsbox, without a store and with its spool store (files, no fsync).
It acknowledges what it has queued in memory, so two rates are printed: acknowledged, and handed over. Recado acknowledges when
the decision and all its rows are committed with fsync, so its rate is compared with what Kannel has handed over; with a rule that
forwards, which is what Kannel does, and with one that adds to a group and replies as well. All share the machine's cores with the
load, in turn, three rounds. Needs Debian's `kannel`; says so and ends where it is missing.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.receive import recado_rate  # noqa: E402  # needs the path
from recado.testing.process import free_port  # noqa: E402

LINKS, WINDOW, ROUNDS = 4, 100, 3
MESSAGES = {"no store": 40_000, "spool": 20_000}
CORE = """
group = core
admin-port = {admin}
admin-password = bench
smsbox-port = {smsbox}
box-allow-ip = 127.0.0.1
{store}

{links}
group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}

group = sms-service
keyword = default
catch-all = true
get-url = "http://127.0.0.1:{receiver}/?from=%p&text=%a"
max-messages = 0
"""
LINK = """group = smsc
smsc = smpp
smsc-id = link{index}
host = 127.0.0.1
port = {port}
smsc-username = bench
smsc-password = bench
system-type = ""
transceiver-mode = true
connect-allow-ip = 127.0.0.1

"""
RECEIVER = """
import asyncio, sys, time, uvloop
count, first, last = 0, 0.0, 0.0
class Answer(asyncio.Protocol):
    def connection_made(self, transport): self.transport = transport; self.rest = b""
    def data_received(self, data):
        global count, first, last
        data = self.rest + data
        ended = data.count(b"\\r\\n\\r\\n")
        self.rest = data[data.rfind(b"\\r\\n\\r\\n") + 4 :] if ended else data
        first, last, count = first or time.perf_counter(), time.perf_counter(), count + ended
        self.transport.write(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\nContent-Length: 0\\r\\n\\r\\n" * ended)
async def main():
    server = await asyncio.get_running_loop().create_server(Answer, "127.0.0.1", int(sys.argv[1]))
    async with server:
        while not count or (count < int(sys.argv[2]) and time.perf_counter() - last < 5):
            await asyncio.sleep(0.05)
    print(count, last - first)
uvloop.run(main())
"""


@contextmanager
def running(*commands: list[str]) -> Iterator[None]:
    """Run programs one after the other, and end them in reverse."""
    processes = []
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(0.7)
        yield
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def kannel_rates(store: str, folder: Path) -> tuple[float, float]:
    """Return what Kannel acknowledged a second, and what it handed to the receiver a second."""
    ports = {name: free_port() for name in ("admin", "smsbox", "sendsms", "receiver")}
    receiver = python("-c", RECEIVER, str(ports["receiver"]), str(MESSAGES[store]))
    load = python(str(HERE / "load.py"), "--links", str(LINKS), "--window", str(WINDOW), "--messages", str(MESSAGES[store]))
    assert load.stdout is not None
    port = json.loads(load.stdout.readline())["listening"]
    spool = folder / "spool"
    spool.mkdir()
    config = folder / "kannel.conf"
    kept = f"store-type = spool\nstore-location = {spool}" if store == "spool" else ""
    config.write_text(CORE.format(**ports, store=kept, links="".join(LINK.format(index=index, port=port) for index in range(LINKS))))
    with running(["bearerbox", "-v", "4", str(config)], [smsbox(), "-v", "4", str(config)]):
        acknowledged = json.loads(load.stdout.readline())["rate"]
        handed_over, seconds = receiver.communicate(timeout=120)[0].split()
    load.wait(60)
    return float(acknowledged), int(handed_over) / float(seconds)


def python(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)


def smsbox() -> str:
    """Find Kannel's smsbox, which Debian keeps off the path."""
    return shutil.which("smsbox") or "/usr/lib/kannel/smsbox"


def main() -> int:
    if shutil.which("bearerbox") is None or not Path(smsbox()).exists():
        print("Kannel is not installed: apt-get install kannel")
        return 1
    recado: list[float] = []
    full: list[float] = []
    acked: dict[str, list[float]] = {store: [] for store in MESSAGES}
    handed: dict[str, list[float]] = {store: [] for store in MESSAGES}
    for _ in range(ROUNDS):
        recado.append(recado_rate("sqlite", links=LINKS, window=WINDOW, actions=("forward_to_url",)))
        full.append(recado_rate("sqlite", links=LINKS, window=WINDOW))
        for store in MESSAGES:
            with tempfile.TemporaryDirectory() as folder:
                acknowledged, handed_over = kannel_rates(store, Path(folder))
            acked[store].append(acknowledged)
            handed[store].append(handed_over)
    figure("Recado, forward: decided, committed with fsync, acknowledged", recado, "msg/s")
    figure("Recado, group, reply and forward: the same", full, "msg/s")
    for store in MESSAGES:
        figure(f"Kannel, {store}: handed over", handed[store], "msg/s")
        figure(f"Kannel, {store}: acknowledged into memory", acked[store], "msg/s")
        figure(f"Recado, forward / Kannel, {store}", [ours / theirs for ours, theirs in zip(recado, handed[store], strict=True)], "×")
    return 0


def figure(name: str, values: list[float], unit: str) -> None:
    shown = {"figure": name, "value": round(statistics.median(values), 2), "unit": unit}
    print(json.dumps({**shown, "min": round(min(values), 2), "max": round(max(values), 2)}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
