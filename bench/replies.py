"""Replies: from a phone's deliver_sm to the submit_sm of the automatic answer, idle and while a campaign of 100,000 leaves the same way.

Gateway, worker and feeder as in `recado serve`, in a process of their own; the message centre in another sends one message after the other
from ever new phones, answers every submit_sm at once, and takes the time to each answer. Two links: one that takes what fits into a window
of 50, one that takes 100 a second besides. The aim: p95 under the campaign at most a second above the idle one.

    python bench/replies.py            both links on both databases
    python bench/replies.py --quick    fewer messages, on SQLite
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import ENGINES, fresh  # noqa: E402  # needs the path
from bench.load import BINDS, HEADER, RESPONSE, Link, Load, build  # noqa: E402

NUMBER, WORD = "48503340503", b"GARDENER"
RECIPIENTS, WINDOW = 100_000, 50
LINKS = {f"window {WINDOW}": 0, f"window {WINDOW}, 100 a second": 100}
"""What each link is called, and how many texts a second it takes at most; 0: as many as it can."""
ASKED, QUICK, ASKED_A_SECOND = 200, 60, 10
SETTLED_SECONDS = 3.0
PATIENCE_SECONDS = 60.0
FIRST_CUSTOMER, FIRST_ASKER = 48_600_000_000, 48_700_000_000
SUBMIT_SM = 4


# --- processes of their own: `replies.py seed`, `replies.py begin`, `replies.py serve`, `replies.py centre` ---


def seed(port: int, per_second: int) -> None:
    """Write a keyword that answers, the link, and a campaign whose messages are ready."""
    from recado.apps.accounts.models import Account  # noqa: PLC0415  # Django is set up by now
    from recado.apps.campaigns.models import Campaign  # noqa: PLC0415
    from recado.apps.connections.models import Connection  # noqa: PLC0415
    from recado.apps.keywords.models import Keyword, Rule, RuleAction  # noqa: PLC0415
    from recado.apps.numbers.models import Number  # noqa: PLC0415
    from recado.apps.outbox.models import OutboundMessage  # noqa: PLC0415

    settings = {"host": "127.0.0.1", "port": port, "system_id": "bench", "password": "bench", "window_size": WINDOW}
    connection = Connection.objects.create(name="bench", kind="smpp", settings={**settings, "max_per_second": per_second})
    account = Account.objects.create(name="Bench")
    number = Number.objects.create(digits=NUMBER, kind="shared_long", connection=connection)
    word = WORD.decode()
    keyword = Keyword.objects.create(account=account, number=number, word=word, tokens=word.lower(), folded=word.lower())
    rule = Rule.objects.create(account=account, number=number, keyword=keyword, daily_ceiling=2_000_000_000)
    RuleAction.objects.create(rule=rule, position=0, kind="send_reply", text="Thank you, you are in.")
    campaign = Campaign.objects.create(account=account, name="Sale", text="Sale!", number=number, recipient_count=RECIPIENTS)
    common = {"account": account, "number": number, "connection": connection, "sender": NUMBER, "text": "Sale!", "origin": "campaign"}
    now = datetime.now(UTC)
    OutboundMessage.objects.bulk_create(
        (
            OutboundMessage(id=1000 + index, recipient=str(FIRST_CUSTOMER + index), campaign_id=campaign.pk, created_at=now, **common)
            for index in range(RECIPIENTS)
        ),
        2000,
    )


def begin() -> None:
    """Let the campaign begin."""
    from recado.apps.campaigns.models import Campaign  # noqa: PLC0415  # Django is set up by now

    Campaign.objects.update(state=Campaign.State.SENDING, started_at=datetime.now(UTC))


async def serve() -> None:
    """Run gateway, worker and feeder until SIGTERM."""
    from recado import config  # noqa: PLC0415  # this process only
    from recado.gateway.logs import configure  # noqa: PLC0415
    from recado.server.runtime import Runtime  # noqa: PLC0415

    given = config.load()
    configure(given.log_level)
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    runtime = Runtime(given)
    await runtime.start()
    await stopping.wait()
    await runtime.stop()


class Centre(Link):
    """The message centre: asks when told to, answers what is submitted, notes when each asker got an answer."""

    def __init__(self, asked: dict[bytes, float], latencies: list[float]) -> None:
        super().__init__(Load([], 1, 1, 0, 0))
        self.asked, self.latencies = asked, latencies
        self.submitted = 0
        self.changed = asyncio.Event()

    async def all_answered(self) -> None:
        while self.asked:
            self.changed.clear()
            await self.changed.wait()

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        data = self.rest + data
        offset = 0
        answers = []
        while len(data) - offset >= HEADER.size:
            length, command, _, sequence = HEADER.unpack_from(data, offset)
            if offset + length > len(data):
                break
            if command < RESPONSE:
                body = b"centre\0" if command in BINDS else b""
                if command == SUBMIT_SM:
                    self.submitted += 1
                    body = b"%x\0" % self.submitted
                    if (began := self.asked.pop(_phone(data[offset + HEADER.size : offset + length]), 0.0)) > 0:
                        self.latencies.append(now - began)
                        self.changed.set()
                answers.append(HEADER.pack(HEADER.size + len(body), command | RESPONSE, 0, sequence) + body)
                if command in BINDS:
                    self.load.finished.set()
            offset += length
        self.rest = data[offset:]
        if answers:
            cast("asyncio.Transport", self.transport).write(b"".join(answers))


def _phone(body: bytes) -> bytes:
    """Return destination_addr of a submit_sm: after service_type, two octets, source_addr, two octets."""
    _, rest = body.split(b"\0", 1)
    _, rest = rest[2:].split(b"\0", 1)
    return rest[2:].split(b"\0", 1)[0]


async def centre() -> None:
    """Listen, say where, and ask as often as each line of the standard input says; print what came of it."""
    asked: dict[bytes, float] = {}
    latencies: list[float] = []
    link = Centre(asked, latencies)
    server = await asyncio.get_running_loop().create_server(lambda: link, "127.0.0.1", 0)
    print(json.dumps({"listening": server.sockets[0].getsockname()[1]}), flush=True)
    await link.load.finished.wait()
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    first = FIRST_ASKER
    while line := await lines.readline():
        latencies.clear()
        before, began = link.submitted, time.perf_counter()
        for pdu in build(NUMBER, [WORD], int(line), first):
            asked[pdu[HEADER.size + 3 :].split(b"\0", 1)[0]] = time.perf_counter()
            cast("asyncio.Transport", link.transport).write(pdu)
            await asyncio.sleep(1 / ASKED_A_SECOND)
        took = time.perf_counter() - began
        rate = (link.submitted - before) / took
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(link.all_answered(), PATIENCE_SECONDS)
        first += 1_000_000_000
        print(json.dumps({"latencies": sorted(latencies), "unanswered": len(asked), "rate": rate}), flush=True)


# --- measuring ---


def script(*arguments: object) -> list[str]:
    return [sys.executable, str(HERE / "replies.py"), *map(str, arguments)]


@contextlib.contextmanager
def running(command: list[str], **more: Any) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(command, text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def measure(engine: str, name: str, count: int) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with fresh(engine) as environment, running(script("centre"), **pipes) as told:
        assert told.stdin is not None
        assert told.stdout is not None
        answers, ask = told.stdout, told.stdin

        def asked() -> dict[str, Any]:
            ask.write(f"{count}\n")
            ask.flush()
            result: dict[str, Any] = json.loads(answers.readline())
            if result["unanswered"]:
                print(f"{result['unanswered']} of {count} got no answer", flush=True)
            return result

        port = json.loads(answers.readline())["listening"]
        subprocess.run(script("seed", port, LINKS[name]), env=environment, check=True)
        with running(script("serve"), env=environment):
            idle = asked()
            subprocess.run(script("begin"), env=environment, check=True)
            time.sleep(SETTLED_SECONDS)
            busy = asked()
    where = f"{engine}, {name}"
    for moment, result in (("idle", idle), ("under a campaign", busy)):
        for share in (0.5, 0.95):
            figure(f"reply p{share * 100:.0f} {moment}, {where}", _at(result["latencies"], share) * 1000, "ms")
    figure(f"reply p95 above idle, {where}", (_at(busy["latencies"], 0.95) - _at(idle["latencies"], 0.95)) * 1000, "ms")
    figure(f"campaign meanwhile, {where}", busy["rate"] - ASKED_A_SECOND, "msg/s")


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def figure(name: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": name, "value": round(value, 1), "unit": unit}, ensure_ascii=False), flush=True)


def main() -> int:
    if sys.argv[1:2] in (["seed"], ["begin"], ["serve"]):
        import django  # noqa: PLC0415  # these processes only

        django.setup()
    if sys.argv[1:2] == ["seed"]:
        seed(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["begin"]:
        begin()
    elif sys.argv[1:2] in (["serve"], ["centre"]):
        import uvloop  # noqa: PLC0415  # these processes only

        uvloop.run(serve() if sys.argv[1] == "serve" else centre())
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--quick", action="store_true")
        parser.add_argument("--engine", choices=ENGINES)
        parser.add_argument("--link", choices=list(LINKS))
        options = parser.parse_args()
        engines = [options.engine] if options.engine else ENGINES[:1] if options.quick else ENGINES
        for engine in engines:
            for name in [options.link] if options.link else LINKS:
                measure(engine, name, QUICK if options.quick else ASKED)
        print(f"load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
