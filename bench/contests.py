"""Contests: entries and hand-outs of codes a second, beside messages whose keyword only answers, each group committed as the writer does.

Groups of 200 texts from ever new phones on an own number, round about: a keyword that only answers, one that enters a contest under an
"every 7th" rule with limits, one that gives a code. `share` is how much of the speed of plain answers is left.

    python bench/contests.py                    on both databases
    python bench/contests.py --engine sqlite    on one
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import on_each_engine  # noqa: E402  # needs the path

GROUP, ROUNDS, GROUPS = 200, 5, 5
WORDS = ("PLAIN", "BIKE", "CODE")


def measure(engine: str) -> None:
    from recado import config  # noqa: PLC0415  # this process only
    from recado.core.message import Encoding, InboundPart  # noqa: PLC0415
    from recado.gateway.receive import receive_group  # noqa: PLC0415
    from recado.store.dialect import connect  # noqa: PLC0415
    from recado.store.ids import IdGenerator  # noqa: PLC0415
    from recado.store.snapshot import load_routes  # noqa: PLC0415
    from recado.testing.contests import contest, keyword_for, pool  # noqa: PLC0415
    from recado.testing.routing import INDIVIDUAL, configure  # noqa: PLC0415

    now, con, numbers = datetime.now(UTC), connect(config.load().database), count(1)
    with con.transaction():
        made = configure(con, now)
        at, account = con.dialect.timestamp(now), made.accounts[0]
        bike = contest(con, account, now, entry_rule="kth", every=7, limit_per_day=1, entered_text="Thank you, {entry}.")
        codes = pool(con, account, now, GROUP * GROUPS * (ROUNDS + 1))
        keyword_for(con, account, made.individual_id, "PLAIN", at, "Thank you.")
        keyword_for(con, account, made.individual_id, "BIKE", at, "Thank you.", contest=bike)
        keyword_for(con, account, made.individual_id, "CODE", at, "Your code: {code}", pool=codes)
        con.execute("UPDATE keywords_rule SET daily_ceiling = 2000000000")
    routes, ids = load_routes(con), IdGenerator(0)

    def texts(word: str) -> Iterator[InboundPart]:
        for _ in range(GROUP):
            place = next(numbers)
            yield InboundPart(1, str(48_600_000_000 + place), INDIVIDUAL, word, Encoding.GSM7, now, b"\0", place)

    def seconds(word: str) -> float:
        groups = [list(texts(word)) for _ in range(GROUPS)]
        began = time.perf_counter()
        for group in groups:
            with con.transaction():
                receive_group(con, group, routes, ids.stream(int(now.timestamp() * 1000)), now)
        return time.perf_counter() - began

    for word in WORDS:
        seconds(word)
    taken: dict[str, list[float]] = {word: [] for word in WORDS}
    for _ in range(ROUNDS):
        for word in WORDS:
            taken[word].append(seconds(word))
    rates = {word: sorted(GROUP * GROUPS / each for each in taken[word]) for word in WORDS}
    for word, name in zip(WORDS, ("plain answers", "entries", "codes"), strict=True):
        found = rates[word]
        said = {"value": round(statistics.median(found)), "unit": "messages/s", "min": round(found[0]), "max": round(found[-1])}
        print(json.dumps({"figure": f"{name} ({engine})", **said}), flush=True)
    for word, name in zip(WORDS[1:], ("entries", "codes"), strict=True):
        share = statistics.median(rates[word]) / statistics.median(rates["PLAIN"])
        print(json.dumps({"figure": f"{name}, share of plain answers ({engine})", "value": round(share, 2), "unit": "×"}), flush=True)


if __name__ == "__main__":
    raise SystemExit(on_each_engine(Path(__file__), __doc__, measure))
