"""How long programs wait: lists of a million received messages, reports, orders of 10,000 and 100,000 texts, 10,000 personalised.

An account with a million messages no program has fetched, on SQLite and on PostgreSQL; production settings and middleware through
Django's test client, so that the network is left out. Beside each time stands the time of the processor, which a busy machine does not
stretch (of Python and SQLite; PostgreSQL works in processes of its own). `python bench/api.py --engine sqlite` measures one of them.
"""

import cProfile
import json
import os
import pstats
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import on_each_engine  # noqa: E402  # needs the path

ROUNDS = 40
ONLY = os.environ.get("RECADO_BENCH_ONLY", "")
"""Measure only lists whose names begin with this."""
PROFILED = os.environ.get("RECADO_BENCH_PROFILE", "")
"""The name of a figure to be profiled."""


def main() -> int:
    return on_each_engine(Path(__file__), __doc__, measure)


def measure(engine: str) -> None:
    """Make each call several times and print what it took."""
    import django  # noqa: PLC0415  # after the environment is set

    django.setup()
    from django.test import Client  # noqa: PLC0415  # after django.setup

    from bench.api_data import DIALOGUES, MESSAGES, fill  # noqa: PLC0415  # same

    began = time.monotonic()
    filled = fill()
    print(f"{engine}: {MESSAGES:,} messages stored in {time.monotonic() - began:.0f} s", flush=True)
    client = Client(headers={"Authorization": f"Bearer {filled.token}"})

    def call(action: str, **given: Any) -> Any:
        response = client.post(f"/api2/{action}.json", json.dumps(given), content_type="application/json")
        answer = json.loads(response.content)
        assert "error" not in answer, answer
        return answer

    def received(**given: Any) -> None:
        assert call("messages/recived", **given)["items"]

    received()  # what only the first call does
    half, last = MESSAGES // 200, MESSAGES // 100
    lists: dict[str, Callable[[int], Any]] = {
        "received, first page": lambda _index: received(),
        "received, newest first": lambda _index: received(order="desc"),
        "received, page 100": lambda index: received(page=100 + index),
        "received, page in the middle": lambda index: received(page=half + index),
        "received, last pages": lambda index: received(page=last - index),
        "received, shared numbers": lambda _index: received(type="nd"),
        "received, own numbers": lambda _index: received(type="ndi"),
        "received, of a type there is none of": lambda _index: call("messages/recived", type="eco"),
        "received, of a phone": lambda index: received(phone=str(48_600_000_000 + index * 97 % DIALOGUES)),
        "received, with contacts": lambda _index: received(show_contact=True),
        "received, of a day": lambda _index: received(date_from=day(30), date_to=day(29)),
        "received, marked read": lambda _index: received(read=True),
        "reports, first page": lambda _index: call("messages/reports"),
        "reports of 500 ids": lambda _index: call("messages/reports", id=list(filled.sent_ids), limit=500),
        "reports of a phone": lambda index: call("messages/reports", phone=str(48_600_000_000 + index * 97 % DIALOGUES)),
    }
    for name, ask in lists.items():
        if ONLY and not name.startswith(ONLY):
            continue
        report(f"{name}, {engine}", ask, ROUNDS)
    for count, rounds in () if ONLY else ((10_000, 3), (100_000, 1)):
        for name, sender in (("ECO+", ""), ("own number", filled.own_number)):
            if count == 100_000 and sender:
                continue
            phones = [[str(48_700_000_000 + count * (1 + index) + place) for place in range(count)] for index in range(rounds)]
            before = peak()
            report(
                f"send_sms to {count:,} phones, {name}, {engine}",
                lambda index, phones=phones, sender=sender: call("messages/send_sms", phone=phones[index], text="Hello", sender=sender),
                rounds,
            )
            figure(f"memory more at its peak, {count:,} phones, {name}, {engine}", round((peak() - before) / 1024, 1), "MB")
    if not ONLY:
        texts = [
            [{"phone": str(48_720_000_000 + 10_000 * index + place), "text": f"Hello {place}"} for place in range(10_000)]
            for index in range(3)
        ]
        before = peak()
        report(f"send_personalized, 10,000 texts, {engine}", lambda index: call("messages/send_personalized", messages=texts[index]), 3)
        figure(f"memory more at its peak, 10,000 personalised, {engine}", round((peak() - before) / 1024, 1), "MB")


def day(ago: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() - ago * 86400))


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def report(name: str, ask: Callable[[int], Any], rounds: int) -> None:
    """Time `ask` and print its figures."""
    taken, worked = [], []
    profiler = cProfile.Profile() if PROFILED and name.startswith(PROFILED) else None
    for index in range(rounds):
        began, begun = time.perf_counter(), time.process_time()
        if profiler:
            profiler.runcall(ask, index)
        else:
            ask(index)
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - begun) * 1000)
    if profiler:
        pstats.Stats(profiler).sort_stats("cumtime").print_stats(45)
    kind, value = ("p95", statistics.quantiles(taken, n=20)[-1]) if rounds >= 20 else ("median", statistics.median(taken))
    figure(f"{name}, {kind}", round(value, 1), "ms", min=round(min(taken), 1), max=round(max(taken), 1))
    figure(f"{name}, processor", round(statistics.median(worked), 1), "ms")


def figure(name: str, value: float, unit: str, **range_: float) -> None:
    print(json.dumps({"figure": name, "value": value, "unit": unit, **range_}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
