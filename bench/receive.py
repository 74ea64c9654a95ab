"""Receive: deliver_sm → decided → every row committed with fsync → acknowledged. The gateway on one core, the load on the other.

1,000 keywords on a shared number, each with group, reply and forward. Every sender is new, so a message writes itself, a dialogue, a
contact, a membership, a reply and two jobs. Workers do not run. The server of PostgreSQL runs wherever the system puts it.

    python bench/receive.py            all figures, on both databases
    python bench/receive.py --quick    one run of each, shorter
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import ENGINES, fresh  # noqa: E402  # needs the path

KEYWORDS = 1000
NUMBER = "48503340503"
ROUNDS = 3
MESSAGES = {"sqlite": 60_000, "postgresql": 40_000}
GATEWAY_CORE, LOAD_CORE = 0, 1
OFFERED = 5_000
ACTIONS = ("add_to_group", "send_reply", "forward_to_url")
UNLIMITED = 2_000_000_000
"""Minor units a day: the breaker is at work, and no ceiling of costs ends a measurement."""
"""What each keyword's rule does."""


# --- processes of their own: `receive.py seed`, `receive.py gateway` ---


def seed(port: int, links: int, actions: tuple[str, ...]) -> None:
    """Write accounts, number, keywords with their actions and the link, once; later only the link's port and number of sessions."""
    import django  # noqa: PLC0415  # this process only

    django.setup()
    from recado.apps.connections.models import Connection  # noqa: PLC0415
    from recado.apps.numbers.models import RoutingVersion  # noqa: PLC0415

    settings = {"host": "127.0.0.1", "port": port, "system_id": "bench", "password": "bench", "links": links}
    connection, is_new = Connection.objects.update_or_create(name="bench", defaults={"kind": "smpp", "settings": settings})
    if is_new:
        seed_rules(connection, actions)
    version, _ = RoutingVersion.objects.get_or_create()
    version.version += 1
    version.save()


def seed_rules(connection: Any, actions: tuple[str, ...]) -> None:
    from recado.apps.accounts.models import Account  # noqa: PLC0415
    from recado.apps.contacts.models import Group  # noqa: PLC0415
    from recado.apps.keywords.models import Keyword, Rule, RuleAction  # noqa: PLC0415
    from recado.apps.numbers.models import Number  # noqa: PLC0415
    from recado.apps.outbox.models import Destination  # noqa: PLC0415

    account = Account.objects.create(name="Bench")
    number = Number.objects.create(digits=NUMBER, kind="shared_long", connection=connection)
    group = Group.objects.create(account=account, name="Bench")
    url = Destination.objects.create(account=account, name="Bench", url="http://127.0.0.1:9/")
    words = [f"WORD{index:04d}" for index in range(KEYWORDS)]
    keywords = Keyword.objects.bulk_create(
        Keyword(account=account, number=number, word=word, tokens=word.lower(), folded=word.lower()) for word in words
    )
    rules = Rule.objects.bulk_create(Rule(account=account, number=number, keyword=keyword, daily_ceiling=UNLIMITED) for keyword in keywords)
    RuleAction.objects.bulk_create(
        action
        for rule in rules
        for action in (
            RuleAction(rule=rule, position=0, kind="add_to_group", group=group),
            RuleAction(rule=rule, position=1, kind="send_reply", text="Thank you, you are in."),
            RuleAction(rule=rule, position=2, kind="forward_to_url", destination=url),
        )
        if action.kind in actions
    )


async def serve() -> None:
    """Run the gateway until SIGTERM, then drain it and say how much memory it took."""
    from recado import config  # noqa: PLC0415  # this process only
    from recado.gateway.app import Gateway  # noqa: PLC0415
    from recado.gateway.logs import configure  # noqa: PLC0415

    given = config.load()
    configure(given.log_level)
    gateway = Gateway(given)
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await gateway.start()
    before = resource.getrusage(resource.RUSAGE_SELF)
    await stopping.wait()
    await gateway.drain()
    await gateway.stop()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = usage.ru_utime + usage.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"rss_mb": round(usage.ru_maxrss / 1024), "cpu_seconds": round(cpu, 3)}), flush=True)


# --- measuring ---


def script(*arguments: object) -> list[str]:
    return [sys.executable, *map(str, arguments)]


@contextmanager
def gateway(environment: dict[str, str], result: dict[str, Any]) -> Iterator[None]:
    """Run the gateway; what it says at its end goes into `result`."""
    process = subprocess.Popen(script(HERE / "receive.py", "gateway"), env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield
    finally:
        process.terminate()
        told, _ = process.communicate(timeout=30)
        result.update(json.loads(told.splitlines()[-1]) if told.strip() else {})


_senders = iter(range(48_000_000_000, 99_000_000_000, 100_000_000))


def measure(
    environment: dict[str, str],
    messages: int,
    *,
    links: int = 4,
    window: int = 100,
    rate: float = 0,
    warm_up: float = 0,
    first_sender: int = 0,
    actions: tuple[str, ...] = ACTIONS,
) -> dict[str, Any]:
    """One run: senders nobody wrote from before, a fresh gateway process, the same database."""
    arguments = [
        "--links",
        links,
        "--window",
        window,
        "--messages",
        messages,
        "--rate",
        rate,
        "--warm-up",
        warm_up,
        "--cpu",
        LOAD_CORE % (os.cpu_count() or 1),
    ]
    command = script(HERE / "load.py", *arguments, "--first-sender", first_sender or next(_senders))
    result: dict[str, Any] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
        assert load.stdout is not None
        port = json.loads(load.stdout.readline())["listening"]
        subprocess.run(script(HERE / "receive.py", "seed", port, links, *actions), env=environment, check=True)
        with gateway(environment, result):
            result.update(json.loads(load.stdout.readline()))
    if result["acked"] != messages:
        raise SystemExit(f"only {result['acked']} of {messages} messages were acknowledged: {result}")
    return result


def recado_rate(engine: str, *, links: int = 4, window: int = 100, messages: int = 40_000, actions: tuple[str, ...] = ACTIONS) -> float:
    """Messages per second of one run on a fresh database."""
    with fresh(engine) as environment:
        return float(measure(environment, messages, links=links, window=window, actions=actions)["rate"])


def stored(environment: dict[str, str]) -> int:
    """Count the messages in the database."""
    code = "import django; django.setup(); from recado.apps.inbox.models import Message; print(Message.objects.count())"
    done = subprocess.run(script("-c", code), env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout)


def bench(engine: str, rounds: int, messages: int) -> None:
    with fresh(engine) as environment:
        expected = 0

        def runs(count: int, size: int, **options: Any) -> list[dict[str, Any]]:
            nonlocal expected
            expected += count * size
            return [measure(environment, size, **options) for _ in range(count)]

        full = runs(rounds, messages)
        figure(f"receive, {engine}, 4 links × window 100", [run["rate"] for run in full], "msg/s")
        figure(f"ack p50 at full load, {engine}", [run["p50_ms"] for run in full], "ms")
        figure(f"ack p99 at full load, {engine}", [run["p99_ms"] for run in full], "ms")
        figure(f"gateway CPU per message, {engine}", [round(run["cpu_seconds"] / messages * 1e6, 1) for run in full], "µs")
        figure(f"gateway memory, {engine}", [run["rss_mb"] for run in full], "MB")
        figure(f"receive, {engine}, 4 links × window 10", [run["rate"] for run in runs(1, messages // 2, window=10)], "msg/s")
        figure(f"receive, {engine}, 1 link × window 10", [run["rate"] for run in runs(1, messages // 4, links=1, window=10)], "msg/s")
        offered = runs(rounds, OFFERED * 5, rate=OFFERED, warm_up=1)
        figure(f"ack p50 at {OFFERED} offered, {engine}", [run["p50_ms"] for run in offered], "ms")
        figure(f"ack p99 at {OFFERED} offered, {engine}", [run["p99_ms"] for run in offered], "ms")
        if stored(environment) != expected:
            raise SystemExit(f"{expected} messages acknowledged, {stored(environment)} stored")


def figure(name: str, values: list[float], unit: str) -> None:
    shown = {"figure": name, "value": round(statistics.median(values), 2), "unit": unit}
    print(json.dumps({**shown, "min": min(values), "max": max(values)}, ensure_ascii=False), flush=True)


def main() -> int:
    if sys.argv[1:2] == ["seed"]:
        seed(int(sys.argv[2]), int(sys.argv[3]), tuple(sys.argv[4:]))
        return 0
    if sys.argv[1:2] == ["gateway"]:
        os.sched_setaffinity(0, {GATEWAY_CORE})
        import uvloop  # noqa: PLC0415  # this process only

        uvloop.run(serve())
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--engine", choices=ENGINES)
    options = parser.parse_args()
    began = time.monotonic()
    for engine in [options.engine] if options.engine else ENGINES:
        bench(engine, 1 if options.quick else ROUNDS, MESSAGES[engine] // (3 if options.quick else 1))
    print(f"{time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
