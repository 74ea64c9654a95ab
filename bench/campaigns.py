"""How long it takes to prepare a campaign for a group of 100,000 contacts with a text of their own each, and to look at it.

On SQLite and on PostgreSQL, from an own number and from a pool of 50 (ECO+), with the longest transaction, which is how long receiving may
have to wait on SQLite, and with the most memory the process ever took. `python bench/campaigns.py --engine sqlite` measures one of them.
"""

import json
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

PEOPLE, POOL, LOOKS = 100_000, 50, 20
TEXT = "Dzień dobry {first_name}, wiosenna wyprzedaż róż w kwiaciarni Róża trwa do piątku. Zapraszamy! Rezygnacja: STOP na {number}"


def main() -> int:
    return on_each_engine(Path(__file__), __doc__, measure)


def measure(engine: str) -> None:
    """Fill a group, send to it, and print what each step takes."""
    import django  # noqa: PLC0415  # after the environment is set

    django.setup()
    from django.utils import timezone  # noqa: PLC0415  # same

    from recado.apps.accounts.models import Account  # noqa: PLC0415  # same
    from recado.apps.campaigns.estimating import estimate  # noqa: PLC0415  # same
    from recado.apps.campaigns.models import Campaign  # noqa: PLC0415  # same
    from recado.apps.campaigns.preparing import in_own_transaction, prepare  # noqa: PLC0415  # same
    from recado.apps.campaigns.report import messages_of, progress, report_rows  # noqa: PLC0415  # same
    from recado.apps.campaigns.services import create_draft, send, set_groups  # noqa: PLC0415  # same
    from recado.apps.outbox.models import OutboundMessage, SendKind  # noqa: PLC0415  # same

    account = Account.objects.create(name="Bench")
    group, number = fill(account)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    show(engine, "memory of the process before", before / 1024, "MB")
    longest = [0.0]

    def write(work: Callable[[Any], Any]) -> Any:
        started = time.perf_counter()
        result = in_own_transaction(work)
        longest[0] = max(longest[0], time.perf_counter() - started)
        return result

    for kind, sender in ((SendKind.FULL, number), (SendKind.ECO, None)):
        campaign = create_draft(account, text=TEXT, kind=kind, number=sender)
        set_groups(campaign, [group])
        started = time.perf_counter()
        found = estimate(campaign, timezone.now())
        show(engine, f"estimate of {kind}", time.perf_counter() - started, "s")
        send(campaign, now=timezone.now(), expected_count=PEOPLE, expected_cost=found.cost)
        longest[0] = 0.0
        started, began_cpu = time.perf_counter(), time.process_time()
        prepare(campaign.pk, timezone.now(), write)
        show(engine, f"preparing {kind}", time.perf_counter() - started, "s")
        show(engine, f"preparing {kind}, processor", time.process_time() - began_cpu, "s")
        show(engine, f"longest transaction of {kind}", longest[0] * 1000, "ms")
        campaign.refresh_from_db()
        done = OutboundMessage.objects.filter(campaign_id=campaign.pk).count(), campaign.segment_count, campaign.cost
        if done != (PEOPLE, found.segment_count, found.cost):
            raise SystemExit(f"estimated {found}, prepared {done}")
    show(engine, "most memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    as_if_sent(campaign.pk)
    campaign = Campaign.objects.get(pk=campaign.pk)
    for name, look in {
        "progress": lambda: progress(campaign, timezone.now()),
        "a page of messages": lambda: messages_of(campaign),
        "a page of undelivered ones": lambda: messages_of(campaign, state="undelivered"),
        "a page of delivered ones": lambda: messages_of(campaign, state="delivered"),
        "messages of one phone": lambda: messages_of(campaign, search="48600050000"),
    }.items():
        times = [timed(look) for _turn in range(LOOKS)]
        show(engine, name, statistics.median(times) * 1000, "ms")
    started = time.perf_counter()
    rows = sum(1 for _row in report_rows(campaign))
    show(engine, f"reading {rows} rows for a file", time.perf_counter() - started, "s")


def fill(account: Any) -> tuple[Any, Any]:
    """Write people in a group and numbers to send from, by the database itself."""
    from django.db import connection  # noqa: PLC0415  # after the environment is set

    from bench.panel_data import _complete, _insert  # noqa: PLC0415  # needs Django
    from recado.apps.connections.models import Connection  # noqa: PLC0415  # same
    from recado.apps.contacts.models import Group  # noqa: PLC0415  # same
    from recado.apps.numbers.models import Number  # noqa: PLC0415  # same

    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    number = Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)
    for place in range(POOL):
        Number.objects.create(digits=f"4866000{place:04}", kind="eco", connection=carrier)
    group = Group.objects.create(account=account, name="Garden")
    contact = {
        "id": "i+1",
        "account_id": f"{account.pk}",
        "msisdn": "'48'||(600000000+i)",
        "first_name": "'Anna'||(i % 997)",
        "last_name": "'Nowak'",
        "created_at": now_in(connection.vendor),
    }
    membership = {"id": "i+1", "contact_id": "i+1", "group_id": f"{group.pk}", "joined_at": now_in(connection.vendor)}
    with connection.cursor() as cursor:
        for app, model, table, row in (
            ("contacts", "Contact", "contacts_contact", contact),
            ("contacts", "GroupMembership", "contacts_groupmembership", membership),
        ):
            cursor.execute(_insert(table, PEOPLE - 1, _complete(app, model, row)))
        cursor.execute("ANALYZE")
    return group, number


def now_in(vendor: str) -> str:
    return "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')||'000'" if vendor == "sqlite" else "now()"


def as_if_sent(campaign_id: int) -> None:
    """Give nine in ten messages an end, as carriers would."""
    from django.db import connection  # noqa: PLC0415  # after the environment is set

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_outboundmessage SET state = CASE WHEN id %% 10 = 0 THEN 'sent' WHEN id %% 97 = 1 THEN 'undelivered'"
            " ELSE 'delivered' END, reason = CASE WHEN id %% 97 = 1 AND id %% 10 > 0 THEN 'wrong_number' ELSE '' END,"
            " sent_at = created_at WHERE campaign_id = %s",
            [campaign_id],
        )
        cursor.execute("UPDATE campaigns_campaign SET released_to = 9007199254740991 WHERE id = %s", [campaign_id])
        cursor.execute("ANALYZE")


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show(engine: str, figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": f"{engine}: {figure}", "value": round(value, 2), "unit": unit}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
