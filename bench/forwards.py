"""Forwards: the carrier's deliver_sm → decided and stored with fsync → the receiver's answer, every attempt recorded.

Recado's gateway and worker as in `recado serve` against `load.py` and a fast HTTP receiver in processes of their own; beside it, in
the same run and in turn, Debian's Kannel with its spool store and get-url, with the same messages. Measured from the first deliver_sm,
once both sides are up, to the receiver's last answer. Kannel keeps a message in a file without fsync and no record of what the receiver
said, and some rounds of it are three times as fast as others: so medians are compared.

    python bench/forwards.py                     seven rounds of each, on SQLite, then one of Recado on PostgreSQL
    python bench/forwards.py --engine sqlite --quick [--batch 100] [--profile FILE]    one round of Recado alone, shorter
    python bench/forwards.py --isolation         1,000 endpoints of which 100 hang: how long the others wait, and memory
"""

import argparse
import asyncio
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import ENGINES, fresh  # noqa: E402  # needs the path
from bench.kannel import CORE, LINK, running, smsbox  # noqa: E402
from bench.receive import NUMBER, figure  # noqa: E402
from recado.testing.process import free_port  # noqa: E402

LINKS, WINDOW, ROUNDS, MESSAGES, QUICK = 4, 100, 7, 20_000, 5_000
PHONE = re.compile(rb"(?<!\d)\+?(\d{11})(?!\d)")
ENDPOINTS, HANGING, A_SECOND, SECONDS = 1000, 100, 200, 20
STALL_SECONDS, SETTLE_SECONDS = 15.0, 3.0


class NoLinks:
    """Hands nothing over: there are only forwards."""

    def opening(self, _connection_id: int | None) -> Any:
        from recado.core.submit import Opening  # noqa: PLC0415

        return Opening(0, "no links")

    async def submit(self, *_: object) -> Any:
        raise AssertionError("nothing to submit")


class Answers(asyncio.Protocol):
    """Answers every request with OK; counts the phones in what it is told, so that batches count as what they carry."""

    seen: set[bytes] = set()  # noqa: RUF012  # of the process
    requests = 0
    last = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport, self.rest = transport, b""

    def data_received(self, data: bytes) -> None:
        cls, self.rest = type(self), self.rest + data
        while (end := self.rest.find(b"\r\n\r\n")) >= 0:
            found = re.search(rb"content-length: *(\d+)", self.rest[:end], re.IGNORECASE)
            size = end + 4 + (int(found[1]) if found else 0)
            if len(self.rest) < size:
                return
            request, self.rest = self.rest[:size], self.rest[size:]
            cls.seen.update(PHONE.findall(request))
            cls.requests += 1
            cls.last = time.perf_counter()
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK")


# --- processes of their own ---


async def receive(port: int, messages: int) -> None:
    """Receive until so many phones were told of, or nothing came for a while; say how it went."""
    server = await asyncio.get_running_loop().create_server(Answers, "127.0.0.1", port)
    async with server:
        began = time.perf_counter()
        while (count := len(Answers.seen - {NUMBER.encode()})) < messages:
            if time.perf_counter() - max(Answers.last, began + STALL_SECONDS) > STALL_SECONDS:
                break
            await asyncio.sleep(0.05)
    print(json.dumps({"received": count, "requests": Answers.requests, "last": Answers.last}), flush=True)


async def endpoints(count: int, hanging: int) -> None:
    """Listen on so many ports, the first of which never answer; at the end of the input say when which phone was told of."""
    told: dict[str, float] = {}
    loop = asyncio.get_running_loop()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, hangs: bool) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if hangs:
                    await reader.read()
                    break
                for phone in PHONE.findall(head.split(b"\r\n", 1)[0]):
                    told[phone.decode()] = time.perf_counter()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    ports = []
    for index in range(count):
        server = await asyncio.start_server(lambda r, w, hangs=index < hanging: serve(r, w, hangs=hangs), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
    print(json.dumps(ports), flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    print(json.dumps(told), flush=True)
    os._exit(0)


def seed(port: int, receiver: int, batch: int) -> None:
    """Write the link, and a number whose every message is forwarded: one in a request, or signed in batches."""
    import django  # noqa: PLC0415  # this process only

    django.setup()
    from recado.apps.accounts.models import Account  # noqa: PLC0415
    from recado.apps.connections.models import Connection  # noqa: PLC0415
    from recado.apps.keywords.models import Rule, RuleAction  # noqa: PLC0415
    from recado.apps.numbers.models import Number, RoutingVersion  # noqa: PLC0415
    from recado.apps.outbox.models import Destination, SigningSecret  # noqa: PLC0415

    settings = {"host": "127.0.0.1", "port": port, "system_id": "bench", "password": "bench", "links": LINKS}
    connection = Connection.objects.create(name="bench", kind="smpp", settings=settings)
    account = Account.objects.create(name="Bench")
    number = Number.objects.create(digits=NUMBER, kind="individual_long", connection=connection, account=account, state="assigned")
    address = f"http://127.0.0.1:{receiver}/"
    if batch:
        place = Destination.objects.create(account=account, name="Bench", kind="webhook", url=address, method="POST", batch_limit=batch)
        SigningSecret.objects.create(destination=place, signature="hmac", secret="whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")
    else:
        place = Destination.objects.create(account=account, name="Bench", url=address + "?from=#NUMER#&text=#WIADOMOSC#")
    rule = Rule.objects.create(account=account, number=number)
    RuleAction.objects.create(rule=rule, position=0, kind="forward_to_url", destination=place)
    RoutingVersion.objects.get_or_create()


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
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpu_seconds": cpu, "rss_mb": after.ru_maxrss / 1024}), flush=True)


def trickle(ports: list[int]) -> None:
    """Write forwards to many endpoints at a steady pace beside a worker; print when each was written, by phone, and memory."""
    import django  # noqa: PLC0415  # this process only

    django.setup()
    from recado import config  # noqa: PLC0415
    from recado.apps.accounts.models import Account  # noqa: PLC0415
    from recado.apps.ids import next_id  # noqa: PLC0415
    from recado.apps.inbox.models import Message  # noqa: PLC0415
    from recado.apps.outbox.models import Destination, Job  # noqa: PLC0415
    from recado.delivery.http_client import HttpClient  # noqa: PLC0415
    from recado.delivery.worker import Worker  # noqa: PLC0415

    account = Account.objects.create(name="Bench")
    places = Destination.objects.bulk_create(
        Destination(account=account, name="x", url=f"http://127.0.0.1:{port}/?n=#NUMER#") for port in ports
    )
    written: dict[str, float] = {}

    def write(worker: Worker) -> None:
        began = time.perf_counter()
        common = {"recipient": NUMBER, "text": "Gardener", "account": account, "raw": b"", "fingerprint": 0, "trail": []}
        for tick in range(SECONDS * 10):
            size, now = A_SECOND // 10, datetime.now(UTC)
            phones = [f"48{600_000_000 + tick * size + index}" for index in range(size)]
            messages = [Message(id=next_id(), sender=phone, received_at=now, **common) for phone in phones]
            Message.objects.bulk_create(messages)
            jobs = [
                Job(
                    id=next_id(),
                    account=account,
                    kind="forward_url",
                    message_id=message.pk,
                    destination=places[(tick * size + index) * 7 % len(places)],
                    next_attempt_at=now,
                    created_at=now,
                )
                for index, message in enumerate(messages)
            ]
            Job.objects.bulk_create(jobs)
            written.update(dict.fromkeys(phones, time.perf_counter()))
            worker.wake()
            time.sleep(max(0.0, began + (tick + 1) / 10 - time.perf_counter()))

    async def work() -> None:
        async with HttpClient(allow_private=True) as client:
            worker = Worker(config.load().database, NoLinks(), client, lambda: datetime.now(UTC))
            worker.start()
            thread = threading.Thread(target=write, args=(worker,))
            thread.start()
            await asyncio.to_thread(thread.join)
            await asyncio.sleep(3)
            usage = resource.getrusage(resource.RUSAGE_SELF)
            of = {phone: places[index * 7 % len(places)].pk - places[0].pk for index, phone in enumerate(written)}
            print(json.dumps({"written": written, "endpoint": of, "rss_mb": usage.ru_maxrss / 1024}), flush=True)
            await worker.stop(timeout_seconds=0.1)

    asyncio.run(work())


# --- measuring ---


def script(*arguments: object) -> list[str]:
    return [sys.executable, str(HERE / "forwards.py"), *map(str, arguments)]


def load(messages: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(HERE / "load.py"), "--links", LINKS, "--window", WINDOW, "--messages", messages]
    command += ["--first-sender", "48600000000", "--hold"]
    return subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def begin(sender: "subprocess.Popen[str]") -> None:
    """Let the messages come, once everything has had time to begin."""
    assert sender.stdin is not None
    time.sleep(SETTLE_SECONDS)
    sender.stdin.write("go\n")
    sender.stdin.flush()


def rate(told: dict[str, float], sender: "subprocess.Popen[str]") -> float:
    """Messages a second from the first deliver_sm to the answer to the last message."""
    assert sender.stdout is not None
    return told["received"] / (told["last"] - json.loads(sender.stdout.readline())["began"])


def port_of(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    return int(json.loads(process.stdout.readline())["listening"])


def recado_run(engine: str, messages: int, batch: int = 0, profile: str = "") -> dict[str, float]:
    """One run on a fresh database: messages a second, requests, and microseconds of the processor for a message."""
    port = free_port()
    with fresh(engine) as given:
        environment = given | {"RECADO_ALLOW_PRIVATE_FORWARDS": "true"}
        with subprocess.Popen(script("receive", port, messages), stdout=subprocess.PIPE, text=True) as receiver, load(messages) as sender:
            subprocess.run(script("seed", port_of(sender), port, batch), env=environment, check=True)
            with subprocess.Popen(script("serve", profile), env=environment, stdout=subprocess.PIPE, text=True) as served:
                begin(sender)
                told = json.loads(receiver.communicate(timeout=300)[0])
                served.terminate()
                told |= json.loads(served.communicate(timeout=60)[0].splitlines()[-1])
            told["rate"] = rate(told, sender)
    if told["received"] < messages:
        print(f"of {messages} messages: {told}", flush=True)
    return told | {"cpu_us": told["cpu_seconds"] / messages * 1e6}


def kannel_rate(messages: int) -> float:
    """Messages a second that Kannel hands to the receiver, with its spool store."""
    ports = {name: free_port() for name in ("admin", "smsbox", "sendsms", "receiver")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spool, config = folder / "spool", folder / "kannel.conf"
        spool.mkdir()
        command = script("receive", ports["receiver"], messages)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as receiver, load(messages) as sender:
            port = port_of(sender)
            links = "".join(LINK.format(index=index, port=port) for index in range(LINKS))
            config.write_text(CORE.format(**ports, store=f"store-type = spool\nstore-location = {spool}", links=links))
            with running(["bearerbox", "-v", "4", str(config)], [smsbox(), "-v", "4", str(config)]):
                begin(sender)
                told = json.loads(receiver.communicate(timeout=300)[0])
            told["rate"] = rate(told, sender)
    if told["received"] < messages:
        print(f"of {messages} messages, Kannel: {told}", flush=True)
    return float(told["rate"])


def isolation(engine: str) -> None:
    """Measure how long healthy endpoints wait beside hanging ones."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    listening = script("endpoints", ENDPOINTS, HANGING)
    with (
        fresh(engine) as environment,
        subprocess.Popen(listening, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as servers,
    ):
        assert servers.stdout is not None
        ports = json.loads(servers.stdout.readline())
        done = subprocess.run(script("trickle", *ports), env=environment, check=True, stdout=subprocess.PIPE, text=True)
        ours = json.loads(done.stdout.splitlines()[-1])
        told = json.loads(servers.communicate("\n", timeout=30)[0].splitlines()[-1])
    healthy = [phone for phone in ours["written"] if ours["endpoint"][phone] >= HANGING]
    waits = sorted(told[phone] - ours["written"][phone] for phone in healthy if phone in told)
    name = f"{ENDPOINTS} endpoints, {HANGING} hang, {A_SECOND} msg/s, {engine}"
    for label, at in (("p50", 0.5), ("p95", 0.95), ("max", 1.0)):
        figure(f"{name}: healthy, {label}", [round(waits[min(int(len(waits) * at), len(waits) - 1)] * 1000, 1)], "ms")
    figure(f"{name}: healthy, not delivered", [len(healthy) - len(waits)], "msg")
    figure(f"{name}: memory", [round(ours["rss_mb"])], "MB")


def part(name: str, arguments: list[str]) -> None:
    """Do what a process of its own is for."""
    import uvloop  # noqa: PLC0415

    if name == "seed":
        seed(*map(int, arguments))
    elif name == "trickle":
        trickle(list(map(int, arguments)))
    elif name == "serve":
        import django  # noqa: PLC0415  # this process only

        django.setup()
        uvloop.run(serve(*arguments))
    else:
        uvloop.run({"receive": receive, "endpoints": endpoints}[name](*map(int, arguments)))


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in {"seed", "serve", "receive", "endpoints", "trickle"}:
        part(sys.argv[1], sys.argv[2:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--isolation", action="store_true")
    parser.add_argument("--engine", choices=(*ENGINES, "kannel"))
    parser.add_argument("--batch", type=int, default=0, help="messages in a request to a webhook; 0: a URL, one a request")
    parser.add_argument("--profile", default="", help="a file for cProfile, of the event loop's thread")
    options = parser.parse_args()
    began, messages = time.monotonic(), QUICK if options.quick else MESSAGES
    if options.isolation:
        isolation(options.engine or "sqlite")
    elif options.engine == "kannel":
        figure("Kannel, spool: forwarded", [round(kannel_rate(messages))], "msg/s")
    elif options.engine:
        told = recado_run(options.engine, messages, options.batch, options.profile)
        figure(f"Recado, {options.engine}: forwarded, {options.batch or 1} a request", [round(told["rate"])], "msg/s")
        figure("CPU per message, received and forwarded", [round(told["cpu_us"])], "µs")
        figure("messages a request", [round(told["received"] / told["requests"], 1)], "msg")
    else:
        return compare(messages, 1 if options.quick else ROUNDS)
    print(f"{time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    return 0


def compare(messages: int, rounds: int) -> int:
    """Measure Recado and Kannel in turn."""
    if shutil.which("bearerbox") is None or not Path(smsbox()).exists():
        print("Kannel is not installed: apt-get install kannel")
        return 1
    single, batched, theirs = [], [], []
    for _ in range(rounds):
        single.append(recado_run("sqlite", messages))
        batched.append(recado_run("sqlite", messages, batch=100))
        theirs.append(kannel_rate(messages))
    for name, runs in (("one a request", single), ("up to 100 a request", batched)):
        figure(f"Recado, SQLite: forwarded, {name}", [round(run["rate"]) for run in runs], "msg/s")
        figure(f"Recado, SQLite: CPU per message, {name}", [round(run["cpu_us"]) for run in runs], "µs")
        middle = median(run["rate"] for run in runs) / median(theirs)
        figure(f"Recado / Kannel, {name}, median of the rounds of each", [round(middle, 2)], "×")
    figure("Kannel, spool: forwarded, one a request", list(map(round, theirs)), "msg/s")
    figure("Recado, PostgreSQL: forwarded, one a request", [round(recado_run("postgresql", messages)["rate"])], "msg/s")
    return 0


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
