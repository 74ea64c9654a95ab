"""An account as programs see it: a million received messages on two kinds of numbers, 200,000 sent ones, written by the database itself.

Runs on SQLite and PostgreSQL alike. `RECADO_BENCH_MESSAGES` sets another number of messages.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bench.panel_data import DIALOGUES, MESSAGES, ago, complete, insert
from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account, create_api_user, issue_token
from recado.apps.billing.models import Wallet
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.core.outbound_id import to_public
from recado.store.ids import greatest_before

SENT = MESSAGES // 5
LASTING = timedelta(days=90)
"""Over so long the messages are spread, the newest now."""
SHARE = 5
"""Of so many phones one writes to the shared number."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made."""

    account: Account
    token: str
    own_number: str
    sent_ids: tuple[str, ...]
    """Of the messages sent last."""


def fill() -> Filled:
    """Make everything."""
    account = create_account("Bench", language="en")
    token = issue_token(create_api_user(account, "bench", "bench"))
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    own = Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)
    shared = Number.objects.create(digits="48503340503", kind="shared_long", connection=carrier)
    for place in range(10):
        Number.objects.create(digits=f"4866000000{place}", kind="eco", connection=carrier)
    last = greatest_before(int(timezone.now().timestamp() * 1000))
    step = (last - greatest_before(int((timezone.now() - LASTING).timestamp() * 1000))) // MESSAGES
    first = last - step * MESSAGES
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        for statement in _rows(account.pk, carrier.pk, own.pk, shared.pk, first, step):
            cursor.execute(statement)
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=FULL")
    Wallet.objects.create(account=account, balance=0, floor=-(10**9))
    newest = tuple(to_public(first + index * SHARE * step + 1) for index in range(SENT - 500, SENT))
    return Filled(account, token, own.digits, newest)


def _rows(account: int, carrier: int, own: int, shared: int, first: int, step: int) -> list[str]:
    number = f"CASE WHEN i % {SHARE} > 0 THEN {own} ELSE {shared} END"
    dialogue = {
        "id": "i+1",
        "account_id": f"{account}",
        "number_id": number,
        "msisdn": "'48'||(600000000+i)",
        "state": "'open'",
        "last_message_at": ago("i"),
        "last_text": "'Do you have roses? '||i",
        "last_is_inbound": "TRUE",
        "message_count": "100",
        "is_test": "FALSE",
    }
    message = {
        "id": f"{first} + i * {step}",
        "account_id": f"{account}",
        "number_id": number,
        "connection_id": f"{carrier}",
        "dialogue_id": f"i % {DIALOGUES} + 1",
        "sender": f"'48'||(600000000+i % {DIALOGUES})",
        "recipient": f"CASE WHEN i % {SHARE} > 0 THEN '48664200300' ELSE '48503340503' END",
        "text": "'Do you have roses? Number '||i",
        "argument": "''",
        "encoding": "0",
        "received_at": ago(f"({MESSAGES} - i) * {LASTING.total_seconds() / MESSAGES}"),
        "parts_received": "1",
        "parts_total": "1",
        "fingerprint": "0",
        "trail": "'[]'",
        "raw": "x'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea",
        "is_test": "FALSE",
        "is_read_by_api": "FALSE",
    }
    sent = {
        "id": f"{first} + i * {SHARE * step} + 1",
        "account_id": f"{account}",
        "number_id": f"{own}",
        "connection_id": f"{carrier}",
        "sender": "'48664200300'",
        "recipient": f"'48'||(600000000+i % {DIALOGUES})",
        "text": "'Yes, 12 kinds.'",
        "segment_count": "1",
        "origin": "'api'",
        "cost": "9",
        "charge_state": "'settled'",
        "state": "'delivered'",
        "reason": "''",
        "created_at": ago(f"({SENT} - i) * {LASTING.total_seconds() / SENT}"),
        "is_test": "FALSE",
    }
    return [
        insert("dialogues_dialogue", DIALOGUES - 1, complete("dialogues", "Dialogue", dialogue)),
        insert("inbox_message", MESSAGES - 1, complete("inbox", "Message", message)),
        insert("outbox_outboundmessage", SENT - 1, complete("outbox", "OutboundMessage", sent)),
    ]
