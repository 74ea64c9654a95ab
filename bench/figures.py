"""How long the statistics take of an account with ten million messages: each question and whole pages, without filters and with each one.

Makes a SQLite database of N messages (argument, ten million unless given) over 366 days, from 500,000 phones to 5 numbers and 50 keywords,
with half as many outgoing ones and 20 groups; rolls them up; asks. `python bench/figures.py 1000000`. The file is about 1 kB a message.
"""

import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

ROUNDS = 7
PHONES, KEYWORDS, NUMBERS, DAYS = 500_000, 50, 5, 366
GROUP_SIZES = [50_000, 40_000, 30_000, 25_000, 25_000, 20_000, 15_000, 15_000, 10_000, 10_000, *[5_000] * 10]
FILTERS: list[tuple[str, dict[str, int]]] = [
    ("all", {}),
    ("a number", {"number_id": 1}),
    ("a keyword", {"keyword_id": 1}),
    ("a group of 25,000", {"group_id": 4}),
    ("a group of 50,000", {"group_id": 1}),
    ("a group of 25,000 and a keyword", {"group_id": 4, "keyword_id": 1}),
]
NOW = datetime(2027, 4, 1, 21, tzinfo=UTC)
"""As if it were then: the year before it is full."""


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    folder = Path(tempfile.mkdtemp(prefix="recado-bench-statistics-", dir=os.environ.get("RECADO_BENCH_DIR")))
    try:
        os.environ |= {
            "RECADO_DATA": str(folder),
            "RECADO_DATABASE_URL": f"sqlite://{folder / 'recado.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "recado.server.settings",
            "RECADO_LOG_LEVEL": "ERROR",
        }
        import django  # noqa: PLC0415  # after the environment is set
        from django.core.management import call_command  # noqa: PLC0415  # same

        django.setup()
        call_command("migrate", verbosity=0)
        fill(folder / "recado.sqlite3", count)
        measure(folder / "recado.sqlite3")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def fill(path: Path, count: int) -> None:
    """Write the log by SQL alone."""
    from django.db import connections  # noqa: PLC0415  # after django.setup

    from recado.apps.ids import first_id_at  # noqa: PLC0415  # same

    began = time.monotonic()
    _name_things()
    start = first_id_at(datetime(2026, 3, 31, 22, tzinfo=UTC))
    day = first_id_at(datetime(2026, 4, 1, 22, tzinfo=UTC)) - start
    connections.close_all()
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-400000; PRAGMA foreign_keys=OFF")
    for name in ("unread_by_api", "unread_by_number", "by_answered", "by_campaign", "by_dialogue"):
        con.execute(f"DROP INDEX IF EXISTS message_{name}")
    stamp = "2026-03-31 00:00:00"
    per_day = count // DAYS + 1
    numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
    chance = "(abs(random()) % 1000000 / 1000000.0)"
    con.execute("BEGIN")
    # Of each day's messages the first comes at six in the morning and the last at ten in the evening.
    con.execute(
        numbers.rstrip()
        + f""", drawn(i, p, k) AS MATERIALIZED (
            SELECT i, CAST({PHONES} * {chance} * {chance} AS INTEGER) * 7919 % {PHONES}, CAST({KEYWORDS} * 1.25 * {chance} AS INTEGER)
            FROM n)
        INSERT INTO inbox_message (id, account_id, number_id, keyword_id, sender, recipient, text, argument, encoding, received_at,
            parts_received, parts_total, fingerprint, trail, raw, is_test, is_read_by_api, is_discarded, flag)
        SELECT ? + (i / ?) * ? + ? / 4 + (i % ?) * (? * 2 / 3 / ?), 1, 1 + k % {NUMBERS}, CASE WHEN k < {KEYWORDS} THEN 1 + k END,
            48500000000 + p, '48664200300', 'A text of ordinary length, as people write them', CASE WHEN k < {KEYWORDS} AND k % 10 = 0
            THEN 'answer ' || (abs(random()) % 200) ELSE '' END, 0, '{stamp}', 1, 1, 0,
            CASE WHEN k < {KEYWORDS} AND k % 3 = 1 THEN '[["added_to_group", {{}}]]' ELSE '[]' END, x'', 0, 1, 0, ''
        FROM drawn""",  # materialised, or chance is asked for each mention of k, and a keyword's messages come to other numbers, too
        (count - 1, start, per_day, day, day, per_day, day, per_day),
    )
    sent = """INSERT INTO outbox_outboundmessage (id, account_id, number_id, sender, recipient, text, segment_count, state, reason,
            carrier_error, origin, in_reply_to_id, is_test, kind, cost, charge_state, is_flash, created_at, sent_at)
        SELECT id + ?, 1, number_id, '48664200300', sender, 'A reply', 1 + id % 3 / 2,
            CASE WHEN s < 90 THEN 'delivered' WHEN s < 96 THEN 'undelivered' WHEN s < 98 THEN 'sent' ELSE 'unsent' END,
            CASE WHEN s < 90 THEN '' WHEN s < 94 THEN 'wrong_number' WHEN s < 96 THEN 'operator_error' ELSE '' END, '', ?,
            CASE WHEN ? THEN id END, 0, 'full', 0, '', 0, received_at, received_at
        FROM (SELECT *, abs(random()) % 100 AS s FROM inbox_message WHERE abs(random()) % 100 < ?)"""
    for offset, origin, is_reply, percent in ((1, "rule", 1, 28), (2, "agent", 0, 2), (3, "campaign", 0, 20)):
        con.execute(sent, (offset, origin, is_reply, percent))
    con.execute(
        numbers
        + """INSERT INTO contacts_contact (id, account_id, msisdn, created_at, source, first_name, last_name, company, email, tax_id,
            address, city, description)
        SELECT 1 + i, 1, 48500000000 + i, ?, 'keyword', '', '', '', '', '', '', '', '' FROM n""",
        (PHONES - 1, stamp),
    )
    key = 1
    for at, size in enumerate(GROUP_SIZES):
        con.execute(
            numbers
            + f"""INSERT INTO contacts_groupmembership (id, group_id, contact_id, joined_at, source)
            SELECT ? + i, ?, 1 + (i * 7919 + ? * 17) % {PHONES}, ?, 'keyword' FROM n""",
            (size - 1, key, 1 + at, at, stamp),
        )
        key += size
    con.execute(
        f"""INSERT INTO contacts_consentrecord (id, account_id, msisdn, kind, group_id, number_id, keyword_id, message_id, text,
            routes_version, source, at)
        SELECT id + 4, 1, sender, CASE WHEN c < 30 THEN 'joined' WHEN c < 35 THEN 'left' ELSE 'opted_out' END,
            CASE WHEN c < 35 THEN 1 + id % {len(GROUP_SIZES)} END, number_id, keyword_id, id, '', 1, 'keyword', received_at
        FROM (SELECT *, abs(random()) % 1000 AS c FROM inbox_message) WHERE c < 40"""
    )
    con.execute("COMMIT")
    con.execute("ANALYZE")
    con.close()
    say("filled", time.monotonic() - began, "s", bytes=path.stat().st_size)


def _name_things() -> None:
    from recado.apps.accounts.models import Account  # noqa: PLC0415  # after django.setup
    from recado.apps.contacts.models import Group  # noqa: PLC0415  # same
    from recado.apps.keywords.models import Keyword  # noqa: PLC0415  # same
    from recado.apps.numbers.models import Number  # noqa: PLC0415  # same

    Account.objects.create(pk=1, name="Large", language="en")
    Number.objects.bulk_create([Number(pk=1 + at, digits=f"4866420030{at}", kind="individual_long", account_id=1) for at in range(NUMBERS)])
    Keyword.objects.bulk_create(
        [
            Keyword(pk=1 + at, account_id=1, number_id=1 + at % NUMBERS, word=f"Word{at}", tokens=f"word{at}", folded=f"word{at}")
            for at in range(KEYWORDS)
        ]
    )
    Group.objects.bulk_create([Group(pk=1 + at, account_id=1, name=f"Group {at}") for at in range(len(GROUP_SIZES))])


def measure(path: Path) -> None:
    """Roll up, and ask everything several times."""
    from unittest import mock  # noqa: PLC0415  # where it is used

    from recado.apps.accounts.models import Account  # noqa: PLC0415  # after django.setup
    from recado.apps.statistics import rolling  # noqa: PLC0415  # same

    account = Account.objects.get()
    before, began = path.stat().st_size, time.monotonic()
    while not rolling.roll_up(NOW, limit=1000, size=5000):
        print(f"{time.monotonic() - began:.0f} s …", file=sys.stderr, flush=True)
    taken = time.monotonic() - began
    say("rolled up", taken, "s")
    say("counts take", (path.stat().st_size - before) / 1e6, "MB")
    began = time.monotonic()
    rolling.roll_up(NOW)
    say("rolled up with nothing to do", (time.monotonic() - began) * 1000, "ms")
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        open_pages(account)
        ask(account)


def open_pages(account: Any) -> None:
    """Ask for each page as a browser does, with sign-in, templates and all."""
    from django.conf import settings  # noqa: PLC0415  # after django.setup
    from django.test import Client  # noqa: PLC0415  # same

    from recado.apps.accounts.models import Role, User  # noqa: PLC0415  # same
    from recado.apps.accounts.services import add_member  # noqa: PLC0415  # same

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.create(email="large@example.com")
    add_member(account, user, Role.OWNER)
    client = Client()
    client.force_login(user)
    for period in ("12m", "30d", "today"):
        for what, extra in FILTERS:
            names = {"number_id": "number", "keyword_id": "keyword", "group_id": "group"}
            given = {"period": period, **{names[key]: value for key, value in extra.items()}}
            for page in ("", "keywords/", "people/", "sending/"):
                timed(f"page /stats/{page} {period}, {what}", lambda p=page, g=given: _opened(client, p, g))


def _opened(client: Any, page: str, given: dict[str, Any]) -> None:
    response = client.get(f"/stats/{page}", given)
    if response.status_code != 200:  # OK
        raise RuntimeError(f"{page} answered {response.status_code} {response.headers.get('Location', '')}")


def ask(account: Any) -> None:
    from datetime import date  # noqa: PLC0415  # where it is used

    from recado.apps.statistics import queries  # noqa: PLC0415  # after django.setup
    from recado.apps.statistics.figures import Filters, Measure, Period  # noqa: PLC0415  # same

    last = date(2027, 4, 1)
    year, month = Period(last - timedelta(days=365), last), Period(last - timedelta(days=29), last)
    for name, period in (("366 days", year), ("30 days", month)):
        for what, extra in FILTERS:
            filters = Filters(period, **extra)
            before = period.before
            questions: dict[str, Callable[[], Any]] = {
                "totals": lambda f=filters: queries.totals(account, f),
                "totals before": lambda f=filters, b=before: queries.totals(account, Filters(b, f.number_id, f.keyword_id, f.group_id)),
                "series": lambda f=filters: queries.series(account, f, Measure.RECEIVED),
                "keywords": lambda f=filters, b=before: queries.keywords(account, f, b),
                "arguments": lambda f=filters: queries.arguments(account, f),
                "numbers": lambda f=filters, b=before: queries.numbers(account, f, b),
                "groups": lambda f=filters: queries.groups(account, f),
                "hours": lambda f=filters: queries.hours_by_weekday(account, f),
                "sent states": lambda f=filters: queries.sent_states(account, f),
                "sent reasons": lambda f=filters: queries.sent_reasons(account, f),
                "operators": lambda f=filters: queries.operators(account, f),
                "first reply": lambda f=filters: queries.first_reply(account, f),
                "median first reply": lambda f=filters: queries.median_first_reply(account, f),
                "near misses": lambda f=filters: queries.near_misses(account, f),
                "conversion": lambda f=filters: queries.conversion(account, f),
                "nearest": lambda f=filters: queries.nearest_with_data(account, f),
            }
            for question, call in questions.items():
                timed(f"{name}, {what}: {question}", call)
            timed(f"{name}, {what}: everything", lambda q=questions: [call() for call in q.values()])


def timed(name: str, call: Callable[[], Any]) -> None:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    say(name, statistics.median(taken), "ms", min=round(min(taken), 1), max=round(max(taken), 1))


def say(name: str, value: float, unit: str, **more: float) -> None:
    print(json.dumps({"figure": name, "value": round(value, 1), "unit": unit, **more}), flush=True)


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
