"""Run as a program with RECADO_* set, after configure.py: put texts into the outbox, each to a phone of its own, and slow the link down."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402  # after django.setup
from django.utils import timezone  # noqa: E402

from recado.apps.accounts.models import Account  # noqa: E402
from recado.apps.connections.models import Connection  # noqa: E402
from recado.apps.numbers.models import Number  # noqa: E402
from recado.apps.outbox.models import Origin  # noqa: E402
from recado.apps.outbox.services import queue_text  # noqa: E402

count, per_second = int(sys.argv[1]), int(sys.argv[2])
carrier = Connection.objects.get(name="carrier")
carrier.settings |= {"max_per_second": per_second}
carrier.save()
account, number = Account.objects.get(), Number.objects.get()
with transaction.atomic():
    for index in range(count):
        queue_text(account, number, f"48{700_000_000 + index}", f"Text {index}", now=timezone.now(), origin=Origin.API)
