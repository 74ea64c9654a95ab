"""Growth: the rate of receiving with a million messages stored, against the rate with none.

Both are runs of bench/receive.py's measurement, new senders all over the range of those stored. What lies between is made of the first
run's own rows: copied inside the database under other ids and phones, with their jobs done, until there are a million messages with all
they caused.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import ENGINES, fresh  # noqa: E402  # needs the path
from bench.receive import measure, script  # noqa: E402  # same

FIRST = 40_000
COPIES = int(os.environ.get("RECADO_BENCH_MESSAGES", "1000000")) // FIRST - 1
AFTER = 20_000
ROUNDS = 3
FIRST_SENDER = 48_000_000_000
STEP = 4_000_000_000_000
"""How far ids are moved: eleven days back per copy."""
IDS = ("id", "contact_id", "dialogue_id", "message_id", "outbound_message_id", "in_reply_to_id")
PHONES = {"contacts_contact": "msisdn", "dialogues_dialogue": "msisdn", "inbox_message": "sender", "outbox_outboundmessage": "recipient"}
DONE = {("outbox_job", "state"): "'done'", ("outbox_outboundmessage", "state"): "'delivered'"}
TABLES = (
    "contacts_contact",
    "contacts_groupmembership",
    "dialogues_dialogue",
    "inbox_message",
    "outbox_outboundmessage",
    "outbox_job",
)


def grow() -> None:
    """Copy everything `COPIES` times; runs as a process of its own with the database's environment."""
    from recado import config  # noqa: PLC0415  # this process only
    from recado.store.dialect import connect  # noqa: PLC0415

    con = connect(config.load().database)
    # The rows of the first run, wherever copies put theirs.
    floor = con.rows("SELECT MIN(id) FROM inbox_message")[0][0] - STEP // 2
    for copy in range(1, COPIES + 1):
        with con.transaction():
            for table in TABLES:
                con.execute(statement(con, table, copy, floor))
    con.execute("ANALYZE")
    print(con.rows("SELECT COUNT(*) FROM inbox_message")[0][0])
    con.close()


def statement(con: object, table: str, copy: int, floor: int) -> str:
    cursor = con.raw.execute(f"SELECT * FROM {table} LIMIT 0")  # type: ignore[attr-defined]
    names = [column[0] for column in cursor.description]
    values = ", ".join(value(table, name, copy) for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE id > {floor}"


def value(table: str, name: str, copy: int) -> str:
    if name in IDS:
        return f"{name} - {copy * STEP}"
    if PHONES.get(table) == name:
        return f"CAST(CAST({name} AS BIGINT) + {copy} AS VARCHAR(20))"
    return DONE.get((table, name), name)


def bench(engine: str) -> None:
    with fresh(engine) as environment:
        empty = measure(environment, FIRST, first_sender=FIRST_SENDER)["rate"]
        began = time.monotonic()
        done = subprocess.run(script(HERE / "growth.py", "grow"), env=environment, check=True, stdout=subprocess.PIPE, text=True)
        print(f"{engine}: {int(done.stdout):,} messages after {time.monotonic() - began:.0f} s")
        full = [measure(environment, AFTER, first_sender=FIRST_SENDER + COPIES + 1 + turn)["rate"] for turn in range(ROUNDS)]
    figure(f"receive, {engine}, empty", [empty], "msg/s")
    figure(f"receive, {engine}, {int(done.stdout):,} messages stored", full, "msg/s")
    figure(f"growth, {engine}: full / empty", [rate / empty for rate in full], "×")


def figure(name: str, values: list[float], unit: str) -> None:
    shown = {"figure": name, "value": round(statistics.median(values), 2), "unit": unit}
    print(json.dumps({**shown, "min": round(min(values), 2), "max": round(max(values), 2)}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    os.chdir(HERE.parent)
    if sys.argv[1:] == ["grow"]:
        grow()
    else:
        for engine in ENGINES:
            bench(engine)
