"""A thousand destinations with what a bad week leaves: jobs parked behind pauses, jobs that failed and wait, a million that are done.

Runs on SQLite and PostgreSQL alike. `RECADO_BENCH_JOBS` sets another number of jobs that are done; what waits follows it.
"""

import os
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bench.panel_data import ago, complete, insert
from recado.apps.accounts.models import Account, Membership, Role, User
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Destination
from recado.store.ids import greatest_before

DONE = int(os.environ.get("RECADO_BENCH_JOBS", "1000000"))
PARKED = LATER = DONE // 10
DUE, DEAD, MESSAGES, PHONES = 1000, DONE // 50, DONE // 10, DONE // 100
DESTINATIONS, ACCOUNTS = 1000, 50
PAUSED = 10
"""The first ones, beside a phone and a mailbox that are paused, too."""
FAILING = 200
"""The next ones."""
LASTING = timedelta(days=30)
KINDS = {"phone": "forward_phone", "email": "forward_email"}


@dataclass(frozen=True, slots=True)
class Backlog:
    """What was made. The first account has every fifth destination, among them the busiest."""

    account: Account
    user: User
    operator: User
    destinations: list[Destination]
    paused_phone: Destination
    first_id: int
    step: int
    """Between the ids of two jobs that are done."""

    @property
    def busiest(self) -> Destination:
        """The one that every third job went to."""
        return self.destinations[PAUSED + FAILING]


def fill() -> Backlog:
    """Make the destinations and everything that happened to them."""
    accounts = Account.objects.bulk_create(Account(name=f"Account {index}", language="en") for index in range(ACCOUNTS))
    user, operator = (User.objects.create_user(f"{name}@example.com", None) for name in ("owner", "operator"))
    Membership.objects.create(account=accounts[0], user=user, role=Role.OWNER)
    carrier = Connection.objects.create(name="Phone simulator", kind="simulator")
    number = Number.objects.create(digits="48664200300", kind="individual_long", account=accounts[0], connection=carrier)
    places = Destination.objects.bulk_create(_destination(accounts, index) for index in range(DESTINATIONS))
    now = timezone.now()
    at_hand = {"account": accounts[0], "msisdn": "48600000001", "email": "a@example.com", "paused_at": now}
    phone, mailbox = (Destination.objects.create(name=f"A {kind}", kind=kind, **at_hand) for kind in KINDS)
    last = greatest_before(int(now.timestamp() * 1000))
    first = greatest_before(int((now - LASTING).timestamp() * 1000))
    made = Backlog(accounts[0], user, operator, list(places), phone, first, (last - first) // DONE)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        for statement in _rows(made, number.pk, carrier.pk, mailbox.pk):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    return made


def _destination(accounts: list[Account], index: int) -> Destination:
    now = timezone.now()
    owner = accounts[0] if index % 5 == 0 else accounts[1 + index % (ACCOUNTS - 1)]
    paused = now - timedelta(days=1) if index < PAUSED else None
    failing = now - timedelta(days=2) if index < PAUSED + FAILING else None
    return Destination(
        account=owner, name=f"Shop {index}", url=f"https://shop-{index}.example/in", kind="webhook", paused_at=paused, failing_since=failing
    )


def _rows(made: Backlog, number: int, carrier: int, mailbox: int) -> list[str]:
    first, step, base = made.first_id, made.step, made.destinations[0].pk
    lasting = LASTING.total_seconds()
    message = {
        "id": f"{first} + i * {step * (DONE // MESSAGES)}",
        "account_id": f"{made.account.pk}",
        "number_id": f"{number}",
        "connection_id": f"{carrier}",
        "dialogue_id": f"i % {PHONES} + 1",
        "sender": f"'48'||(600000000 + i % {PHONES})",
        "recipient": "'48664200300'",
        "text": "'Do you have roses? Number '||i",
        "received_at": ago(f"({MESSAGES} - i) * {lasting / MESSAGES}"),
        "parts_received": "1",
        "parts_total": "1",
        "raw": "x'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea",
        "trail": "'[]'",
    }
    dialogue = {
        "id": "i + 1",
        "account_id": f"{made.account.pk}",
        "number_id": f"{number}",
        "msisdn": "'48'||(600000000 + i)",
        "last_message_at": ago("i"),
    }
    about = f"{first} + i % {MESSAGES} * {step * (DONE // MESSAGES)}"
    at = ago(f"({DONE} - i) * {lasting / DONE}")
    # Every third to the busiest, the others to all that are well.
    well = f"{base + PAUSED + FAILING} + CASE WHEN i % 3 = 0 THEN 0 ELSE i % {DESTINATIONS - PAUSED - FAILING} END"
    done = _job(f"{first} + i * {step} + 1", well, base, {"state": "'done'", "message_id": about, "attempt_count": "1", "created_at": at})
    attempt = {
        "id": f"{first} + i * {step} + 2",
        "job_id": f"{first} + i * {step} + 1",
        "position": "1",
        "started_at": at,
        "duration_ms": "20 + i % 300",
        "request": "'POST https://shop.example/in'||' content-type: application/json'||i",
        "response_status": "200",
        "response_body": "'OK'",
    }
    dead = _job(
        f"{first} + i * {step * (DONE // DEAD)} + 3",
        f"{base + PAUSED} + i % {FAILING}",
        base,
        {"state": "'dead'", "message_id": about, "attempt_count": "16", "created_at": ago(f"({DEAD} - i) * {lasting / DEAD}")},
    )
    open_ = {"state": "'waiting'", "message_id": about}
    late = f"{first} + ({DONE} - i) * {step} + "
    never = "'9999-01-01 00:00:00'" if connection.vendor == "sqlite" else "TIMESTAMPTZ '9999-01-01 00:00:00+00'"
    parked = open_ | {"created_at": ago(f"{PARKED} - i"), "next_attempt_at": never}
    # Half of what is parked waits for one of them.
    paused = f"{base} + CASE WHEN i % 2 = 0 THEN 0 ELSE i % {PAUSED} END"
    later = open_ | {"created_at": ago(f"{LATER} - i"), "next_attempt_at": ago("-60 - i"), "attempt_count": "1 + i % 12"}
    due = open_ | {"created_at": ago("i / 100"), "next_attempt_at": ago("i / 100")}
    return [
        insert("dialogues_dialogue", PHONES - 1, complete("dialogues", "Dialogue", dialogue)),
        insert("inbox_message", MESSAGES - 1, complete("inbox", "Message", message)),
        insert("outbox_job", DONE - 1, done),
        insert("outbox_attempt", DONE - 1, complete("outbox", "Attempt", attempt)),
        insert("outbox_job", DEAD - 1, dead),
        insert("outbox_job", PARKED - 1, _job(late + "4", paused, base, parked)),
        insert("outbox_job", LATER - 1, _job(late + "5", f"{base + PAUSED} + i % {FAILING}", base, later)),
        insert("outbox_job", DUE - 1, _job(late + "6", f"{base + PAUSED + FAILING} + i % 50", base, due)),
        insert("outbox_job", LATER // 10, _job(late + "7", f"{made.paused_phone.pk}", None, parked | {"kind": "'forward_phone'"})),
        insert("outbox_job", LATER // 10, _job(late + "8", f"{mailbox}", None, parked | {"kind": "'forward_email'"})),
    ]


def _job(key: str, destination: str, base: int | None, columns: dict[str, str]) -> dict[str, str]:
    """Complete a job; whose it is follows from the destination."""
    row = {"id": key, "kind": "'forward_url'", "destination_id": destination, "next_attempt_at": columns["created_at"], **columns}
    owner = "1" if base is None else f"(SELECT d.account_id FROM outbox_destination d WHERE d.id = {destination})"
    return complete("outbox", "Job", {"account_id": owner, **row})
