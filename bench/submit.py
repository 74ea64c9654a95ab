"""Submit: texts in the outbox → that each is handed over written with fsync → submit_sm → answer and state written. One link, window 50.

Recado's gateway and worker as in `recado serve`, on a database full of texts that are due, against `sink.py` in a process of its own;
beside it, in the same run and in turn, Debian's Kannel with its spool store, given as many texts over its sendsms interface by several
connections that are kept. Measured at the message centre, from the first submit_sm to the last. Recado, at most once, has committed that
a text is handed over before it is; Kannel has put it into a file without fsync.

    python bench/submit.py                     three rounds of each, on SQLite, then one of Recado on PostgreSQL
    python bench/submit.py --engine sqlite --quick [--profile]    one round of Recado alone, shorter
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import fresh  # noqa: E402  # needs the path
from bench.kannel import running, smsbox  # noqa: E402
from recado.testing.process import free_port  # noqa: E402

WINDOW, ROUNDS, MESSAGES, QUICK = 50, 3, 20_000, 8_000
PUSHERS = 16
"""Connections to Kannel's sendsms."""
SENDER, TEXT = "48503340503", "Thank you, you are in. See you on Sunday!"
FIRST_PHONE, COST = 48_500_000_000, 9
CONFIG = """
group = core
admin-port = {admin}
admin-password = bench
smsbox-port = {smsbox}
box-allow-ip = 127.0.0.1
store-type = spool
store-location = {spool}

group = smsc
smsc = smpp
smsc-id = sink
host = 127.0.0.1
port = {port}
smsc-username = bench
smsc-password = bench
system-type = ""
transceiver-mode = true
max-pending-submits = {window}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}

group = sendsms-user
username = bench
password = bench
max-messages = 1
"""


# --- processes of their own ---


def seed(port: int, messages: int) -> None:
    """Write the link and texts that are due."""
    import django  # noqa: PLC0415  # this process only

    django.setup()
    from recado.apps.accounts.models import Account  # noqa: PLC0415
    from recado.apps.billing.models import Wallet  # noqa: PLC0415
    from recado.apps.connections.models import Connection  # noqa: PLC0415
    from recado.apps.numbers.models import Number  # noqa: PLC0415
    from recado.apps.outbox.models import Job, OutboundMessage  # noqa: PLC0415

    account = Account.objects.create(name="Bench")
    Wallet.objects.create(account=account, reserved=COST * messages)
    settings = {"host": "127.0.0.1", "port": port, "system_id": "bench", "password": "bench", "window_size": WINDOW}
    connection = Connection.objects.create(name="bench", kind="smpp", settings=settings)
    number = Number.objects.create(digits=SENDER, kind="individual_long", connection=connection)
    now = datetime.now(UTC)
    paid = {"account": account, "cost": COST, "charge_state": "reserved"}
    common = {"number": number, "sender": SENDER, "text": TEXT, "origin": "api", "created_at": now} | paid
    OutboundMessage.objects.bulk_create(
        (OutboundMessage(id=1000 + index, recipient=str(FIRST_PHONE + index), **common) for index in range(messages)), 1000
    )
    job = {"kind": "submit", "next_attempt_at": now, "created_at": now}
    Job.objects.bulk_create((Job(id=1000 + index, outbound_message_id=1000 + index, **job) for index in range(messages)), 1000)


async def serve(profile: str) -> None:
    """Run gateway and worker until SIGTERM."""
    import cProfile  # noqa: PLC0415  # this process only

    from recado import config  # noqa: PLC0415
    from recado.server.runtime import Runtime  # noqa: PLC0415

    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    runtime = Runtime(config.load())
    await runtime.start()
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    before = resource.getrusage(resource.RUSAGE_SELF)
    await stopping.wait()
    if profile:
        profiler.disable()
        profiler.dump_stats(profile)
    after = resource.getrusage(resource.RUSAGE_SELF)
    await runtime.stop()
    print(json.dumps({"cpu_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}), flush=True)


async def push(port: int, messages: int) -> None:
    """Give texts to Kannel's sendsms over connections that are kept."""
    left = iter(range(messages))
    path = f"/cgi-bin/sendsms?username=bench&password=bench&from={SENDER}&text={TEXT.replace(' ', '+')}&to="

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for index in left:
            writer.write(f"GET {path}{FIRST_PHONE + index} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
            if not head.startswith(b"HTTP/1.1 202"):
                raise SystemExit(f"Kannel answers {head!r}")
        writer.close()

    await asyncio.gather(*(one() for _ in range(PUSHERS)))


# --- measuring ---


def recado_rate(engine: str, messages: int, profile: str = "") -> tuple[float, float]:
    """Texts a second, and microseconds of the processor for a text, of one run on a fresh database."""
    with fresh(engine) as environment, sink(messages) as (port, counted):
        script = [sys.executable, str(HERE / "submit.py")]
        subprocess.run([*script, "seed", str(port), str(messages)], env=environment, check=True)
        with subprocess.Popen([*script, "serve", profile], env=environment, stdout=subprocess.PIPE, text=True) as served:
            result = json.loads(counted.readline())
            served.terminate()
            told = json.loads(served.communicate(timeout=30)[0].splitlines()[-1])
    return checked(result, messages), told["cpu_seconds"] / messages * 1e6


def kannel_rate(messages: int) -> float:
    """Texts a second that Kannel submits while it is given more."""
    with tempfile.TemporaryDirectory() as name, sink(messages) as (port, counted):
        folder = Path(name)
        spool, config = folder / "spool", folder / "kannel.conf"
        spool.mkdir()
        ports = {name: free_port() for name in ("admin", "smsbox", "sendsms")}
        config.write_text(CONFIG.format(**ports, spool=spool, port=port, window=WINDOW))
        with running(["bearerbox", "-v", "4", str(config)], [smsbox(), "-v", "4", str(config)]):
            subprocess.run([sys.executable, str(HERE / "submit.py"), "push", str(ports["sendsms"]), str(messages)], check=True)
            result = json.loads(counted.readline())
    return checked(result, messages)


class sink:  # noqa: N801  # reads as a function
    """Run the message centre; inside, its port and where it says what it counted."""

    def __init__(self, messages: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "sink.py"), "--messages", str(messages)], stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> tuple[int, IO[str]]:
        out = self.process.stdout
        assert out is not None
        return json.loads(out.readline())["listening"], out

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)


def checked(result: dict[str, float], messages: int) -> float:
    if result["submitted"] < messages or result["repeated"]:
        print(f"of {messages} texts: {result}", flush=True)
    return result["rate"]


def figure(name: str, values: list[float], unit: str) -> None:
    shown = {"figure": name, "value": round(statistics.median(values), 2), "unit": unit}
    print(json.dumps({**shown, "min": round(min(values), 2), "max": round(max(values), 2)}, ensure_ascii=False), flush=True)


def part(name: str, arguments: list[str]) -> None:
    """Do what a process of its own is for."""
    import django  # noqa: PLC0415  # this process only
    import uvloop  # noqa: PLC0415

    if name == "seed":
        seed(*map(int, arguments))
    elif name == "serve":
        django.setup()
        uvloop.run(serve(*arguments))
    else:
        uvloop.run(push(*map(int, arguments)))


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in {"seed", "serve", "push"}:
        part(sys.argv[1], sys.argv[2:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "kannel"))
    parser.add_argument("--profile", default="", help="a file for cProfile, of the event loop's thread")
    options = parser.parse_args()
    began, messages = time.monotonic(), QUICK if options.quick else MESSAGES
    if options.engine:
        if options.engine == "kannel":
            figure("Kannel, spool", [kannel_rate(messages)], "msg/s")
            return 0
        rate, cost = recado_rate(options.engine, messages, options.profile)
        figure(f"Recado, {options.engine}: submitted, 1 link × window {WINDOW}", [rate], "msg/s")
        figure("CPU per text", [cost], "µs")
        return 0
    if shutil.which("bearerbox") is None or not Path(smsbox()).exists():
        print("Kannel is not installed: apt-get install kannel")
        return 1
    ours, costs, theirs = [], [], []
    for _ in range(1 if options.quick else ROUNDS):
        rate, cost = recado_rate("sqlite", messages)
        ours.append(rate)
        costs.append(cost)
        theirs.append(kannel_rate(messages))
    figure(f"Recado, SQLite: submitted, 1 link × window {WINDOW}", ours, "msg/s")
    figure("Recado, SQLite: CPU per text", costs, "µs")
    figure("Kannel, spool: the same", theirs, "msg/s")
    figure("Recado / Kannel", [a / b for a, b in zip(ours, theirs, strict=True)], "×")
    figure("Recado, PostgreSQL: the same", [recado_rate("postgresql", messages)[0]], "msg/s")
    print(f"{time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
