"""How long a worker's turn and the pages about forwards take while very much waits: what is looked for must not grow with what is there.

1,000 destinations, 100,000 jobs parked behind pauses, 100,000 that failed and wait for their next try, a million done with their attempts.
Figures are processor time, that of PostgreSQL included, the least of several rounds. `python bench/backlog.py --engine sqlite` measures
one of them.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import on_each_engine  # noqa: E402  # needs the path

ROUNDS = 20
LEAST_ROUNDS = 3
SECONDS = 3.0
"""The longest that one figure is measured."""


def main() -> int:
    return on_each_engine(Path(__file__), __doc__, measure)


def measure(engine: str) -> None:
    """Fill the database and ask each question several times."""
    import django  # noqa: PLC0415  # after the environment is set

    django.setup()
    from django.db import connection  # noqa: PLC0415  # after django.setup

    from bench.backlog_data import DONE, fill  # noqa: PLC0415  # same
    from recado import config  # noqa: PLC0415  # same
    from recado.store.dialect import connect  # noqa: PLC0415  # same

    began = time.monotonic()
    made = fill()
    print(f"{engine}: {DONE:,} jobs done and what waits, stored in {time.monotonic() - began:.0f} s", flush=True)
    con = connect(config.load().database)
    backends = backends_of(con, connection)
    for name, ask in (worker_questions(con, made) | page_questions(made)).items():
        report(f"{name}, {engine}", backends, ask)
    con.close()


def backends_of(con: Any, django: Any) -> list[int]:
    """Return the processes of PostgreSQL behind the connections, and let each work alone."""
    if django.vendor == "sqlite":
        return []
    with django.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    con.execute("SET max_parallel_workers_per_gather = 0")
    return [con.raw.info.backend_pid, django.connection.info.backend_pid]


def worker_questions(con: Any, made: Any) -> dict[str, Callable[[], Any]]:
    """What a worker asks in its turns."""
    from bench.backlog_data import FAILING, PAUSED  # noqa: PLC0415  # after django.setup
    from recado.store import due_forwards, handing, holding, jobs, mail_jobs, parking, phone_forwards  # noqa: PLC0415  # same

    now = datetime.now(UTC)
    without = tuple(one.pk for one in made.destinations[PAUSED + FAILING : PAUSED + FAILING + 40])
    due = jobs.due(con, jobs.FORWARD_URL, 500, now)
    places = [holding.Place(made.busiest.pk, f"48{600000000 + index}", job_id) for index, job_id in enumerate(due)]

    def claim() -> int:
        con.begin()
        try:
            claimed = jobs.claim(con, due, now, timedelta(seconds=60), 8)
            return len(set(claimed) - parking.park(con, claimed, now))
        finally:
            con.rollback()

    def take_out() -> int:
        con.begin()
        try:
            return parking.take_out(con, made.destinations[0].pk, now)
        finally:
            con.rollback()

    return {
        "due forwards": lambda: len(jobs.due(con, jobs.FORWARD_URL, 500, now)),
        "due forwards but to some": lambda: len(jobs.due(con, jobs.FORWARD_URL, 500, now, without, depth=1000)),
        "due forwards of each": lambda: len(due_forwards.due_of_each(con, now, without, 500)),
        "due tests": lambda: len(due_forwards.due_samples(con, now)),
        "due to other addresses": lambda: len(due_forwards.due_elsewhere(con, now, 100)),
        "due texts": lambda: len(jobs.due(con, jobs.SUBMIT, 500, now)),
        "due mails": lambda: len(mail_jobs.due(con, now, 50)),
        "due forwards to phones": lambda: len(phone_forwards.due(con, now, 50)),
        "lost": lambda: len(handing.lost(con, now, 8)),
        "held phones": lambda: len(holding.held(con, places, now)),
        "places": lambda: len(parking.places(con)),
        "left behind": lambda: len(parking.left_behind(con)),
        "claim 500, park": claim,
        "load 500": lambda: len(jobs.load_forwards(con, due)),
        "take 2,000 out": take_out,
    }


def page_questions(made: Any) -> dict[str, Callable[[], Any]]:
    """What pages ask."""
    from django.test import Client  # noqa: PLC0415  # after django.setup
    from django.utils import timezone  # noqa: PLC0415  # same

    from recado.apps.outbox import backlog, dead_letters, redelivery  # noqa: PLC0415  # same
    from recado.apps.outbox.deliveries import DeliveryFilter, deliveries, health, health_of  # noqa: PLC0415  # same
    from recado.apps.paging import page_of  # noqa: PLC0415  # same

    now, busiest, account = timezone.now(), made.busiest.pk, made.account
    failing = made.destinations[10].pk
    client = Client()
    client.force_login(made.user)

    def listed(wanted: DeliveryFilter, before: int | None = None) -> Callable[[], int]:
        return lambda: len(page_of(deliveries(account, wanted), before, 30, is_ordered=True).items)

    def dead(**wanted: Any) -> Callable[[], int]:
        return lambda: len(page_of(dead_letters.dead_jobs(dead_letters.DeadFilter(**wanted)), None).items)

    def get(path: str) -> Callable[[], int]:
        return lambda: len(client.get(path, headers={"Accept-Encoding": "identity"}).content)

    middle, week = made.first_id + made.step * 500_000, now - timedelta(days=7)
    return {
        "deliveries": listed(DeliveryFilter(busiest)),
        "deliveries, far down": listed(DeliveryFilter(busiest), middle),
        "deliveries of all places": listed(DeliveryFilter()),
        "deliveries done": listed(DeliveryFilter(busiest, "done")),
        "deliveries done, of a place where all waits": listed(DeliveryFilter(made.destinations[0].pk, "done")),
        "deliveries waiting": listed(DeliveryFilter(busiest, "waiting")),
        "deliveries waiting, of a paused place": listed(DeliveryFilter(made.destinations[0].pk, "waiting")),
        "deliveries given up": listed(DeliveryFilter(failing, "dead")),
        "deliveries given up, of a place that is well": listed(DeliveryFilter(busiest, "dead")),
        "deliveries given up, of all places": listed(DeliveryFilter(None, "dead")),
        "deliveries of a week": listed(DeliveryFilter(busiest, "", week, now - timedelta(days=6))),
        "deliveries of a phone": listed(DeliveryFilter(busiest, "", None, None, "48600000700")),
        "deliveries of an unknown phone": listed(DeliveryFilter(busiest, "", None, None, "48699999999")),
        "health of all": lambda: len(health(account)),
        "health of one": lambda: health_of(made.busiest).done,
        "forwards page": get("/forwards/"),
        "forward page": get(f"/forwards/{busiest}/"),
        "forward page, paused": get(f"/forwards/{made.destinations[0].pk}/"),
        "forward page, failed": get(f"/forwards/{failing}/?state=failed"),
        "backlogs": lambda: len(backlog.backlogs()),
        "retries": lambda: len(backlog.retries()),
        "waiting jobs": lambda: len(backlog.waiting_jobs()),
        "failing destinations": lambda: len(backlog.failing_destinations()),
        "late": lambda: backlog.late_count(now),
        "dead letters counted": dead_letters.dead_count,
        "dead letters": dead(),
        "dead letters of a place": dead(destination_id=failing),
        "dead letters of an account": dead(account_id=account.pk),
        "dead letters of a kind without any": dead(kind="submit"),
        "redeliver nothing": lambda: redelivery.redeliver_range(account, busiest, now, now + timedelta(days=1)).count,
    }


def report(name: str, backends: Sequence[int], ask: Callable[[], Any]) -> None:
    """Measure `ask` several times and print its figure."""
    waited, spent = [], []
    began = time.perf_counter()
    while len(waited) < ROUNDS and (len(waited) < LEAST_ROUNDS or time.perf_counter() - began < SECONDS):
        before, start = processor_ms(backends), time.perf_counter()
        answer = ask()
        waited.append((time.perf_counter() - start) * 1000)
        spent.append(processor_ms(backends) - before)
    shown = {"figure": name, "value": round(min(spent), 2), "unit": "ms", "min": round(min(spent), 2), "max": round(max(spent), 2)}
    print(json.dumps({**shown, "waited": round(min(waited), 2), "found": answer}, ensure_ascii=False), flush=True)


def processor_ms(backends: Sequence[int]) -> float:
    """Return the processor time of this process and of the processes of PostgreSQL that work for it."""
    theirs = sum(int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) for pid in backends)
    return time.process_time() * 1000 + theirs / 1e6


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
