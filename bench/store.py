"""How long storing a message takes: load, decide and write seven rows, committed with fsync, in groups of several sizes.

Every sender is new; the configuration has 1,000 keywords. One connection, no queue, no network: the share of `store` and `core` in the
figures of `receive.py`. Prints a table and one JSON line per figure; RECADO_BENCH_SECONDS bounds each row (default 1.5).
"""

import json
import os
import statistics
import time
from datetime import UTC, datetime
from itertools import count

import databases
from recado import config
from recado.core.message import Encoding, InboundPart
from recado.core.routes import Routes
from recado.gateway.receive import receive_group
from recado.store.dialect import Connection, connect
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes
from recado.testing.routing import SHARED, configure

SIZES = (1, 50, 500)
SECONDS = float(os.environ.get("RECADO_BENCH_SECONDS", "1.5"))
TABLES = (
    "inbox_message",
    "dialogues_dialogue",
    "contacts_contact",
    "contacts_groupmembership",
    "outbox_outboundmessage",
    "outbox_job",
)
SENDERS = count(1)


def part(connection_id: int, received_at: datetime) -> InboundPart:
    number = next(SENDERS)
    sender = str(48_500_000_000 + number * 48_271 % 99_999_989)
    return InboundPart(connection_id, sender, SHARED, "Gardener", Encoding.GSM7, received_at, b"\0" * 60, number)


def measure(con: Connection, routes: Routes, ids: IdGenerator, connection_id: int, size: int) -> list[float]:
    """Return microseconds per message of each group."""
    taken: list[float] = []
    while sum(taken) * size < SECONDS * 1e6:
        now = datetime.now(UTC)
        group = [part(connection_id, now) for _ in range(size)]
        began = time.perf_counter()
        con.begin()
        receive_group(con, group, routes, ids.stream(int(now.timestamp() * 1000)), now)
        con.commit()
        taken.append((time.perf_counter() - began) / size * 1e6)
    return taken


def main() -> None:
    print(f"{'store, microseconds per message':34}{'min':>8}{'median':>8}{'max':>8}{'msg/s':>9}")
    figures = []
    for engine in databases.ENGINES:
        with databases.fresh(engine) as environment:
            con = connect(config.load(environment).database)
            with con.transaction():
                configured = configure(con, datetime.now(UTC), further_keywords=1000)
                con.execute("UPDATE keywords_rule SET daily_ceiling = 2000000000")  # no ceiling of costs ends the measurement
            routes, ids = load_routes(con), IdGenerator(0)
            for size in SIZES:
                taken = measure(con, routes, ids, configured.connection_id, size)
                name = f"store {engine}, groups of {size}"
                least, median, most = min(taken), statistics.median(taken), max(taken)
                print(f"{name:34}{least:8.1f}{median:8.1f}{most:8.1f}{1e6 / median:9,.0f}")
                figures.append(
                    {"figure": name, "value": round(median, 1), "unit": "us/message", "min": round(least, 1), "max": round(most, 1)}
                )
            counts = {table: con.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in TABLES}
            assert len({counts[table] for table in TABLES[:5]}) == 1, counts
            assert counts["outbox_job"] == 2 * counts["inbox_message"], counts
            con.close()
    for figure in figures:
        print(json.dumps(figure))


if __name__ == "__main__":
    main()
