"""Several processes' worth of posting at once, on both databases: every account one invoice, numbers without holes."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[2]
ACCOUNTS = 9
PROGRAM = f"""
import threading
import django; django.setup()
from django.db import connection
from apps.billing.ledger import AFTER, NOVEMBER, customer, priced, sells, sent, subscribes
from recado.apps.accounts.models import User
from recado.apps.billing.models import BillingRun, Invoice, Transfer
from recado.apps.billing.runs import dry_run, order_post, post_some
sells()
olga, plan = User.objects.create_user("olga@example.com", "a long password"), priced()
for each in range({ACCOUNTS}):
    subscribes(account := customer(f"Firm {{each}}", plan=plan))
    sent(account, segments=2)
run = dry_run(NOVEMBER, olga, AFTER)
order_post(run, olga, AFTER)
begin = threading.Barrier(3)
def work():
    begin.wait()
    post_some(run, AFTER, seconds=60)
    connection.close()
threads = [threading.Thread(target=work) for _ in range(3)]
[each.start() for each in threads]
[each.join() for each in threads]
numbers = sorted(Invoice.objects.values_list("sequence", flat=True))
assert numbers == list(range(1, {ACCOUNTS} + 1)), numbers
assert Invoice.objects.values("account").distinct().count() == {ACCOUNTS}
assert Invoice.objects.filter(net=3018).count() == {ACCOUNTS}
assert Transfer.objects.filter(event="fee").count() == {ACCOUNTS}
assert BillingRun.objects.get().state == "posted"
print("posted")
"""


def test_posting_at_once_makes_each_invoice_once(database, request):
    is_file = database.engine == "sqlite"
    url = f"sqlite://{database.name}" if is_file else request.getfixturevalue("pg_server").url(database.name)
    environment = os.environ | {
        "RECADO_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
        "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False, timeout=120
    )  # our own program
    assert done.stdout.strip() == "posted", done.stderr[-3000:]
