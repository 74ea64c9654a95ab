"""How long the server takes for every list of the panel and its commonest pages, and what they weigh on the wire.

A customer with a million messages, 100,000 contacts and 10,000 dialogues, on SQLite and on PostgreSQL; production settings and middleware
through Django's test client, so that the network is left out. `python bench/panel.py --engine sqlite` measures one of them.
"""

import gzip
import json
import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import ENGINES, on_each_engine  # noqa: E402  # needs the path

ROUNDS = 40
LISTS = {
    "start": "/",
    "inbox": "/inbox/",
    "inbox, all": "/inbox/?tab=all",
    "inbox, unread": "/inbox/?tab=unread",
    "inbox, mine": "/inbox/?tab=mine",
    "messages": "/messages/",
    "messages without a keyword": "/messages/?matched=no",
    "keywords": "/keywords/",
    "rule tester": "/tester/?text=rose",
    "autoresponders": "/autoresponders/",
    "near misses": "/keywords/near-misses/",
    "contacts": "/contacts/",
    "opted out and blocked": "/contacts/blocked/",
    "groups": "/groups/",
    "group sends": "/sends/",
    "statistics": "/stats/?period=12m",
    "forwarding": "/forwards/",
    "billing": "/billing/",
    "statement": "/billing/statement/",
    "numbers": "/numbers/",
    "activity": "/settings/activity/",
}


def main() -> int:
    return on_each_engine(Path(__file__), __doc__, measure)


def measure(engine: str) -> None:
    """Ask for each page several times and print what it took."""
    import django  # noqa: PLC0415  # after the environment is set

    django.setup()
    from django.test import Client  # noqa: PLC0415  # after django.setup

    from bench.panel_data import DIALOGUES, MESSAGES, fill  # noqa: PLC0415  # same
    from recado.panel.fragments import render  # noqa: PLC0415  # same

    began = time.monotonic()
    filled = fill()
    print(f"{engine}: {MESSAGES:,} messages stored in {time.monotonic() - began:.0f} s", flush=True)
    client = Client()
    client.force_login(filled.user)
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    pages: dict[str, Callable[[int], Any]] = {name: lambda _index, path=path: client.get(path) for name, path in LISTS.items()}
    pages |= {
        "inbox, second page": lambda index: client.get(f"/inbox/?part=rows&before={50 + index}"),
        "inbox, search, found": lambda index: client.get(f"/inbox/?part=list&q=Nowak+{9000 + index}"),
        "inbox, search, nothing found": lambda index: client.get(f"/inbox/?part=list&q=zzz{index}"),
        "conversation, whole page": lambda index: client.get(f"/inbox/{index * 97 % DIALOGUES + 1}/"),
        "conversation, thread alone": lambda index: client.get(f"/inbox/{index * 89 % DIALOGUES + 1}/", headers=partial),
        "messages of a keyword": lambda _index: client.get(f"/messages/?keyword={filled.keyword.pk}"),
        "messages of a phone": lambda index: client.get(f"/messages/?q=60000{index:04}"),
        "contacts, search": lambda index: client.get(f"/contacts/?q=Nowak+{90_000 + index}"),
        "contacts of a group": lambda _index: client.get(f"/contacts/?group={filled.group.pk}"),
        "group": lambda _index: client.get(f"/groups/{filled.group.pk}/"),
        "keyword": lambda _index: client.get(f"/keywords/{filled.keyword.pk}/"),
        "forward": lambda _index: client.get(f"/forwards/{filled.destination_id}/"),
        "forward, what was given up": lambda _index: client.get(f"/forwards/{filled.destination_id}/?state=given_up"),
        "forward, second page": lambda index: client.get(
            f"/forwards/{filled.destination_id}/?before={filled.message_id(MESSAGES - index)}"
        ),
        "invoice as PDF": lambda index: client.get(f"/billing/invoices/{filled.invoice_ids[index % len(filled.invoice_ids)]}/pdf/"),
        "trace": lambda index: client.get(f"/messages/{filled.message_id(MESSAGES - 1 - index)}/"),
        "live fragment": lambda index: render("message", filled.account.pk, index * 83 % DIALOGUES + 1, filled.user, "en"),
    }
    for name, ask in pages.items():
        report(f"{name}, {engine}", ask)
    if engine == ENGINES[0]:
        weigh(client)


def report(name: str, ask: Callable[[int], Any]) -> None:
    """Time `ask` and print its figure."""
    taken = []
    for index in range(ROUNDS):
        began = time.perf_counter()
        answer = ask(index)
        taken.append((time.perf_counter() - began) * 1000)
        if not isinstance(answer, str) and answer.status_code != 200:
            print(f"{name}: {answer.status_code}")
            return
    p95 = statistics.quantiles(taken, n=20)[-1]
    figure(f"{name}, p95", round(p95, 1), "ms", min=round(min(taken), 1), max=round(max(taken), 1))


def weigh(client: Any) -> None:
    """Say what a first visit and each list weigh, compressed as they are sent."""
    import recado.panel  # noqa: PLC0415  # after django.setup

    static = Path(recado.panel.__file__).parent / "static"
    page = client.get("/inbox/1/", headers={"Accept-Encoding": "identity"})
    names = sorted(set(re.findall(r'static/(panel/[^"#?]+)', page.content.decode())))
    scripts = [name for name in names if name.endswith(".js")]
    scripts += sorted({f"panel/js/{name}" for entry in scripts for name in imported(static / entry)})
    parts = {
        "CSS": weight(static, [name for name in names if name.endswith(".css")]),
        "JavaScript": weight(static, sorted(set(scripts))),
        "icons": weight(static, [name for name in names if name.endswith(".svg")]),
        "HTML": len(gzip.compress(page.content, 6)),
    }
    for name, size in parts.items():
        figure(f"first visit: {name}", round(size / 1000, 1), "kB")
    figure("first visit: all", round(sum(parts.values()) / 1000, 1), "kB")
    for name, path in LISTS.items():
        page = client.get(path, headers={"Accept-Encoding": "identity"})
        figure(f"HTML of {name}", round(len(gzip.compress(page.content, 6)) / 1000, 1), "kB")


def imported(script: Path) -> set[str]:
    """Return the names of the modules a script loads, those they load included."""
    found: set[str] = set()
    waiting = [script]
    while waiting:
        text = waiting.pop().read_text(encoding="utf-8")
        for name in re.findall(r'(?:from|import) "\./(?:js/)?([\w-]+\.js)"', text):
            if name not in found:
                found.add(name)
                waiting.append(script.parent / ("js" if script.parent.name != "js" else "") / name)
    return found


def weight(static: Path, names: list[str]) -> int:
    return sum(len(gzip.compress((static / name).read_bytes(), 6)) for name in names)


def figure(name: str, value: float, unit: str, **range_: float) -> None:
    print(json.dumps({"figure": name, "value": value, "unit": unit, **range_}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
