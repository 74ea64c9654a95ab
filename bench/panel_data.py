"""A customer's account as it is after years: a million messages, 100,000 contacts, 10,000 dialogues, written by the database itself.

Runs on SQLite and PostgreSQL alike. `RECADO_BENCH_MESSAGES` sets another number of messages.
"""

import os
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from recado.apps.accounts.models import Account, Membership, Role, User
from recado.apps.billing.models import Invoice, Wallet
from recado.apps.connections.models import Connection
from recado.apps.contacts.models import Group
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Destination
from recado.core.ledger import Book, Event
from recado.store.ids import greatest_before

MESSAGES = int(os.environ.get("RECADO_BENCH_MESSAGES", "1000000"))
CONTACTS, DIALOGUES, GROUPS = 100_000, 10_000, 5
REPLIES = MESSAGES // 5
PRICE = 9
LASTING = timedelta(days=90)
"""Over so long the messages are spread, the newest now."""
TRAIL = (
    '[["received",{"encoding":"gsm7","parts":1}],["matched",{"keyword":"ROSE","keyword_id":1,"rule_id":1}],'
    '["added_to_group",{"group":"VIP","group_id":1}]]'
)
COUNTED = "WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i+1 FROM n WHERE i < {last}) "


class Filled:
    """What was made; `message_id(i)` gives the id of the i-th message, 0 the oldest."""

    def __init__(self, account: Account, user: User, keyword: Keyword, group: Group) -> None:
        self.account, self.user, self.keyword, self.group = account, user, keyword, group
        self.destination_id = 0
        self.invoice_ids: list[int] = []
        self.now = timezone.now()
        last = greatest_before(int(self.now.timestamp() * 1000))
        first = greatest_before(int((self.now - LASTING).timestamp() * 1000))
        self.step = (last - first) // MESSAGES
        self.first = last - self.step * MESSAGES

    def message_id(self, index: int) -> int:
        return self.first + index * self.step


def ago(seconds: str) -> str:
    """Write the moment so many seconds ago in the words of the database."""
    if connection.vendor == "sqlite":
        return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', (0 - ({seconds}))||' seconds')||'000'"
    return f"now() - ({seconds}) * interval '1 second'"


def fill() -> Filled:
    """Make the tables and everything in them."""
    call_command("migrate", verbosity=0)
    account = Account.objects.create(name="Bench", language="en")
    user = User.objects.create_user("bench@example.com", None)
    Membership.objects.create(account=account, user=user, role=Role.OWNER)
    carrier = Connection.objects.create(name="Phone simulator", kind="simulator")
    number = Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)
    keyword = Keyword.objects.create(account=account, number=number, word="ROSE", tokens="rose", folded="rose")
    groups = [Group.objects.create(account=account, name=f"Group {index}") for index in range(GROUPS)]
    destination = Destination.objects.create(account=account, name="Shop", url="http://127.0.0.1:9/")
    filled = Filled(account, user, keyword, groups[0])
    filled.destination_id = destination.pk
    filled.invoice_ids = [invoice.pk for invoice in _invoices(account)]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        for statement in (*_people(filled, groups[0].pk), *_messages(filled, number.pk, carrier.pk, destination.pk)):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    Wallet.objects.create(account=account, balance=-PRICE * REPLIES, floor=-10 * PRICE * REPLIES)
    return filled


def _invoices(account: Account) -> list[Invoice]:
    """Write an invoice of ten lines for each of two years' months."""
    party = {"name": "Shop", "tax_id": "5260250274", "address": "Długa 1", "postcode": "00-001", "city": "Warszawa"}
    seller = party | {"place": "Warszawa", "bank_account": "PL61109010140000071219812874", "bank_name": "Bank"}
    line = {"text": "Texts", "quantity": 1000, "unit": "szt.", "unit_net": 9, "net": 9000, "vat_rate": 23, "vat": 2070, "gross": 11070}
    line |= {"code": "message", "month": "2026-01-01", "reference": ""}
    sums = {"net": 90_000, "vat": 20_700, "gross": 110_700, "lines": [line] * 10, "seller": seller, "buyer": party}
    days = [date(2024 + month // 12, 1 + month % 12, 28) for month in range(24)]
    dated = [{"series": f"{day:%Y-%m}", "issued_on": day, "sold_on": day, "due_on": day + timedelta(days=14)} for day in days]
    return [Invoice.objects.create(account=account, sequence=1, language="en", **sums, **dates) for dates in dated]


def insert(table: str, last: int, columns: dict[str, str]) -> str:
    """Write one row for each i from 0 to `last`; values are in the words of the database."""
    counted = COUNTED.format(last=last)
    select = f"SELECT {', '.join(columns.values())} FROM n"
    if connection.vendor == "sqlite":
        return f"{counted}INSERT INTO {table} ({', '.join(columns)}) {select}".replace("%%", "%")
    return f"INSERT INTO {table} ({', '.join(columns)}) {counted}{select}".replace("%%", "%")


def _people(filled: Filled, first_group: int) -> list[str]:
    account, word = filled.account.pk, filled.keyword.pk
    every = ago(f"i * {LASTING.total_seconds() / CONTACTS}")
    contact = {"id": "i+1", "account_id": f"{account}", "msisdn": "'48'||(600000000+i)", "first_name": "'Anna'", "last_name": "'Nowak '||i"}
    membership = {
        "id": "i+1",
        "contact_id": "i+1",
        "group_id": f"{first_group} + i % {GROUPS}",
        "joined_at": every,
        "keyword_id": f"{word}",
    }
    dialogue = {
        "id": "i+1",
        "account_id": f"{account}",
        "number_id": f"{filled.keyword.number_id}",
        "msisdn": "'48'||(600000000+i)",
        "contact_id": "CASE WHEN i % 3 > 0 THEN i+1 END",
        "state": "CASE WHEN i % 10 > 0 THEN 'open' ELSE 'done' END",
        "last_message_at": ago("i"),
        "last_text": "'Do you have roses? '||i",
        "last_is_inbound": "TRUE",
        "last_keyword_id": f"{word}",
        "unread_count": "CASE WHEN i % 7 > 0 THEN 0 ELSE 1 END",
        "message_count": "100",
        "is_test": "FALSE",
    }
    return [
        insert("contacts_contact", CONTACTS - 1, complete("contacts", "Contact", {**contact, "created_at": every})),
        insert("contacts_groupmembership", CONTACTS - 1, complete("contacts", "GroupMembership", membership)),
        insert("dialogues_dialogue", DIALOGUES - 1, complete("dialogues", "Dialogue", dialogue)),
    ]


def _messages(filled: Filled, number: int, carrier: int, destination: int) -> list[str]:
    account, word = filled.account.pk, filled.keyword.pk
    blob = "x'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    at = ago(f"({MESSAGES} - i) * {LASTING.total_seconds() / MESSAGES}")
    message = {
        "id": f"{filled.first} + i * {filled.step}",
        "account_id": f"{account}",
        "number_id": f"{number}",
        "connection_id": f"{carrier}",
        "dialogue_id": f"i % {DIALOGUES} + 1",
        "keyword_id": f"CASE WHEN i % 4 > 0 THEN {word} END",
        "sender": f"'48'||(600000000+i % {DIALOGUES})",
        "recipient": "'48664200300'",
        "text": "'Do you have roses? Number '||i",
        "argument": "''",
        "encoding": "0",
        "received_at": at,
        "parts_received": "1",
        "parts_total": "1",
        "fingerprint": "0",
        "trail": f"'{TRAIL}'",
        "raw": blob,
        "is_test": "FALSE",
        "is_read_by_api": "FALSE",
    }
    every_fifth = f"{filled.first} + i * 5 * {filled.step}"
    late = ago(f"({REPLIES} - i) * {LASTING.total_seconds() / REPLIES}")
    reply = {
        "id": f"{every_fifth} + 1",
        "account_id": f"{account}",
        "number_id": f"{number}",
        "connection_id": f"{carrier}",
        "dialogue_id": f"i * 5 % {DIALOGUES} + 1",
        "sender": "'48664200300'",
        "recipient": f"'48'||(600000000+i * 5 % {DIALOGUES})",
        "text": "'Yes, 12 kinds.'",
        "segment_count": "1",
        "origin": "'rule'",
        "cost": f"{PRICE}",
        "charge_state": "'settled'",
        "in_reply_to_id": every_fifth,
        "state": "'delivered'",
        "reason": "''",
        "created_at": late,
        "is_test": "FALSE",
    }
    job = {
        "id": f"{every_fifth} + 2",
        "account_id": f"{account}",
        "kind": "'forward_url'",
        "message_id": every_fifth,
        "destination_id": f"{destination}",
        "state": "'done'",
        "next_attempt_at": late,
        "created_at": late,
    }
    transfer = {
        "id": f"{every_fifth} + 3",
        "account_id": f"{account}",
        "debit": f"'{Book.CUSTOMER.value}'",
        "credit": f"'{Book.MESSAGES.value}'",
        "amount": f"{PRICE}",
        "event": f"'{Event.MESSAGE.value}'",
        "reference_id": f"{every_fifth} + 1",
        "at": late,
    }
    attempt = {
        "id": f"{every_fifth} + 4",
        "job_id": f"{every_fifth} + 2",
        "position": "1",
        "started_at": late,
        "duration_ms": "20 + i % 300",
        "request": "'POST https://shop.example/in'",
        "response_status": "200",
        "response_body": "'OK'",
    }
    return [
        insert("billing_transfer", REPLIES - 1, complete("billing", "Transfer", transfer)),
        insert("outbox_attempt", REPLIES - 1, complete("outbox", "Attempt", attempt)),
        insert("inbox_message", MESSAGES - 1, complete("inbox", "Message", message)),
        insert("outbox_outboundmessage", REPLIES - 1, complete("outbox", "OutboundMessage", reply)),
        insert("outbox_job", REPLIES - 1, complete("outbox", "Job", job)),
    ]


def complete(app: str, model: str, columns: dict[str, str]) -> dict[str, str]:
    """Add the defaults of the columns not named, as the model has them."""
    from django.apps import apps  # noqa: PLC0415  # after django.setup

    made = dict(columns)
    for field in apps.get_model(app, model)._meta.concrete_fields:  # noqa: SLF001  # documented Django API
        if field.column in made or field.null:
            continue
        value = field.get_default() if field.has_default() else ""
        if isinstance(value, bool):
            made[field.column] = str(value).upper()
        elif isinstance(value, str) or hasattr(value, "isoformat"):
            made[field.column] = f"'{value}'"
        else:
            made[field.column] = str(value)
    return made
