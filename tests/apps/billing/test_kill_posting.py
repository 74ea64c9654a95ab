"""A process that posts a month is killed at random moments, several times: everybody is invoiced and booked once, no number is missing."""

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from recado.config import Database
from recado.store.dialect import Connection, connect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]

TESTS = Path(__file__).parents[2]
ACCOUNTS, KILLS, FEE = 120, 3, 3000
COMPUTE = f"""
import django; django.setup()
from django.db import transaction
from apps.billing.ledger import AFTER, NOVEMBER, customer, priced, sells, subscribes
from recado.apps.accounts.models import User
from recado.apps.billing.runs import dry_run, order_post
sells()
with transaction.atomic():
    olga, plan = User.objects.create_user("olga@example.com", "a long password"), priced()
    for each in range({ACCOUNTS}):
        subscribes(customer(f"Firm {{each}}", plan=plan))
order_post(dry_run(NOVEMBER, olga, AFTER), olga, AFTER)
"""
POST = """
import sys
import django; django.setup()
from apps.billing.ledger import AFTER
from recado.apps.billing import issuing, runs
runs.AT_ONCE = 5
real = issuing.book_all
def told(*given):
    real(*given)  # inside the transaction: whoever reads along kills before, in or after the commit
    print("booked", flush=True)
issuing.book_all = told
runs.post_ordered(AFTER)
print("done", flush=True)
"""
BOOKED = """SELECT COUNT(*), COUNT(DISTINCT t.account_id), COUNT(DISTINCT t.reference_id), SUM(t.amount) FROM billing_transfer t
    JOIN billing_invoice i ON i.id = t.reference_id AND i.account_id = t.account_id AND i.net = t.amount WHERE t.event = 'fee'"""
DRAFTS = "SELECT COUNT(*) FROM billing_billingdraft WHERE is_posted"
INVOICES = "SELECT sequence FROM billing_invoice ORDER BY sequence"
OWED = "SELECT -SUM(balance) FROM billing_wallet"


def killed_while_posting(environment: Mapping[str, str], chance: random.Random) -> bool:
    """Let a process post, and kill it after a few portions; say whether it was not done before."""
    wanted = chance.randrange(1, 6)
    with subprocess.Popen([sys.executable, "-c", POST], env=environment, stdout=subprocess.PIPE, text=True) as process:  # our own program
        assert process.stdout is not None
        said = [line for line, _ in zip(process.stdout, range(wanted), strict=False)]
        for _ in range(chance.randrange(20_000)):  # a moment of chance within what follows
            pass
        process.kill()
    return "done\n" not in said


def booked(con: Connection) -> int:
    """Return how many invoices there are, after looking whether everything about them is there once."""
    with con.reading():
        numbers, drafts = [row[0] for row in con.rows(INVOICES)], con.row(DRAFTS)
        transfers, owed = con.row(BOOKED), con.row(OWED)
    count = len(numbers)
    assert numbers == list(range(1, count + 1))
    assert drafts == (count,)
    assert transfers == (count, count, count, count * FEE if count else None)
    assert owed is not None
    assert int(owed[0] or 0) == count * FEE
    return count


def test_posting_that_is_killed_goes_on_and_books_everybody_once(database: Database, request: pytest.FixtureRequest):
    is_file = database.engine == "sqlite"
    url = f"sqlite://{database.name}" if is_file else request.getfixturevalue("pg_server").url(database.name)
    environment = os.environ | {
        "RECADO_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
        "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]),
    }
    subprocess.run([sys.executable, "-c", COMPUTE], env=environment, check=True, timeout=120)  # our own program
    chance = random.Random(20261127)  # when to kill
    with closing(connect(database)) as con:
        seen = [0]
        for _ in range(KILLS):
            assert killed_while_posting(environment, chance)
            seen.append(booked(con))
        assert seen == sorted(seen)
        assert 0 < seen[-1] < ACCOUNTS
        done = subprocess.run([sys.executable, "-c", POST], env=environment, capture_output=True, text=True, check=True, timeout=120)
        assert done.stdout.endswith("done\n")
        assert booked(con) == ACCOUNTS
        assert con.row("SELECT state FROM billing_billingrun") == ("posted",)
