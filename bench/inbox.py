"""How long the server takes for the pages of the inbox with 1 million messages and 10,000 dialogues of one account.

Also what a first visit weighs.
Uses the production settings and middleware on SQLite in a temporary folder, through Django's test client, so that the network is left
out. Prints a table and one JSON line per figure. `RECADO_BENCH_MESSAGES` sets another size.
"""

import gzip
import json
import os
import re
import statistics
import tempfile
import time
from pathlib import Path

DIALOGUES = 10_000
MESSAGES = int(os.environ.get("RECADO_BENCH_MESSAGES", "1000000"))
ROUNDS = 60
TRAIL = (
    '[["received",{"encoding":"gsm7","parts":1}],["matched",{"keyword":"ROSE","keyword_id":1,"rule_id":1}],'
    '["added_to_group",{"group":"VIP","group_id":1}]]'
)


def main() -> None:
    """Build the database, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(RECADO_DATA=folder, DJANGO_SETTINGS_MODULE="recado.server.settings")
        import django  # noqa: PLC0415  # after the environment is set

        django.setup()
        began = time.monotonic()
        account, user = fill()
        print(f"{MESSAGES:,} messages in {DIALOGUES:,} dialogues stored in {time.monotonic() - began:.1f} s")
        measure(account, user)


def fill() -> tuple[object, object]:
    """Store an account whose dialogues are the newest 10,000, with all its messages."""
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup
    from django.db import connection  # noqa: PLC0415

    from recado.apps.accounts.models import Account, Membership, Role, User  # noqa: PLC0415
    from recado.apps.connections.models import Connection  # noqa: PLC0415
    from recado.apps.keywords.models import Keyword  # noqa: PLC0415
    from recado.apps.numbers.models import Number  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    account = Account.objects.create(name="Bench", language="en")
    user = User.objects.create_user("bench@example.com", None)
    Membership.objects.create(account=account, user=user, role=Role.OWNER)
    carrier = Connection.objects.create(name="Phone simulator", kind="simulator")
    number = Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)
    keyword = Keyword.objects.create(account=account, number=number, word="ROSE", tokens="rose", folded="rose")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<%s) INSERT INTO contacts_contact"
            " (id, account_id, msisdn, first_name, last_name, company, email, tax_id, address, city, description, created_at)"
            " SELECT i+1, %s, '48'||(600000000+i), 'Anna', 'Nowak '||i, '', '', '', '', '', '', datetime('now') FROM n",
            [DIALOGUES - 1, account.pk],
        )
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<%s) INSERT INTO dialogues_dialogue"
            " (id, account_id, number_id, msisdn, contact_id, state, last_message_at, last_text, last_is_inbound, last_keyword_id,"
            " unread_count, message_count, is_test) SELECT i+1, %s, %s, '48'||(600000000+i), CASE WHEN i %% 3 THEN i+1 END, 'open',"
            " strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', '-'||i||' seconds')||'000', 'Do you have roses? '||i, 1, %s, 0, 100, 0 FROM n",
            [DIALOGUES - 1, account.pk, number.pk, keyword.pk],
        )
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<%s) INSERT INTO inbox_message"
            " (id, account_id, number_id, connection_id, dialogue_id, keyword_id, sender, recipient, text, argument, encoding, received_at,"
            " parts_received, parts_total, fingerprint, trail, raw, is_test, is_read_by_api) SELECT i+1, %s, %s, %s, i %% %s+1, %s,"
            " '48'||(600000000+i %% %s), '48664200300', 'Do you have roses? Number '||i, '', 0, '2026-11-22 10:00:00.000000', 1, 1, 0, %s,"
            " x'00', 0, 0 FROM n",
            [MESSAGES - 1, account.pk, number.pk, carrier.pk, DIALOGUES, keyword.pk, DIALOGUES, TRAIL],
        )
    return account, user


def measure(account: object, user: object) -> None:
    """Ask for each page several times and print what it took."""
    from django.test import Client  # noqa: PLC0415  # after django.setup

    from recado.panel.fragments import render  # noqa: PLC0415

    client = Client()
    client.force_login(user)
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    report("inbox", lambda _index: client.get("/inbox/"))
    report("inbox, second page", lambda index: client.get(f"/inbox/?part=rows&before={50 + index}"))
    report("inbox, all conversations", lambda _index: client.get("/inbox/?tab=all"))
    report("inbox, all unread", lambda _index: client.get("/inbox/?tab=unread"))
    report("conversation, whole page", lambda index: client.get(f"/inbox/{index * 97 + 1}/"))
    report("conversation, thread alone", lambda index: client.get(f"/inbox/{index * 89 + 1}/", headers=partial))
    report("search, found", lambda index: client.get(f"/inbox/?part=list&q=Nowak+{9000 + index}"))
    report("search, nothing found", lambda index: client.get(f"/inbox/?part=list&q=zzz{index}"))
    report("live fragment", lambda index: render("message", account.pk, index * 83 + 1, user, "en"))
    first_visit(client.get("/inbox/1/"))


def report(name: str, ask: object) -> None:
    """Time `ask` and print its row and its JSON line."""
    taken = []
    for index in range(ROUNDS):
        began = time.perf_counter()
        answer = ask(index)
        taken.append((time.perf_counter() - began) * 1000)
        assert isinstance(answer, str) or answer.status_code == 200, answer
    median, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(f"{name:32} median {median:7.1f} ms   p95 {p95:7.1f} ms   max {max(taken):7.1f} ms")
    print(
        json.dumps(
            {"figure": f"{name}, p95", "value": round(p95, 1), "unit": "ms", "min": round(min(taken), 1), "max": round(max(taken), 1)}
        )
    )


def first_visit(page: object) -> None:
    """Add up the page and everything it loads, each compressed on its own."""
    import recado.panel  # noqa: PLC0415  # after django.setup

    text = page.content.decode()
    static = Path(recado.panel.__file__).parent / "static"
    names = {re.sub(r"\.[0-9a-f]{12}\.", ".", name) for name in re.findall(r'static/(panel/[^"#]+)', text)}
    weight = sum(len(gzip.compress(data, 6)) for data in (page.content, *((static / name).read_bytes() for name in names)))
    print(f"first visit of a conversation: {weight:,} bytes, {len(names) + 1} files")
    print(json.dumps({"figure": "first visit, compressed", "value": round(weight / 1000, 1), "unit": "kB"}))


if __name__ == "__main__":
    main()
