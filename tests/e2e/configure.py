"""Run as a program with RECADO_* set: one account, one own number on an SMPP link, one keyword with group, reply and forward."""

import sys

import django

django.setup()

from recado.apps.accounts.services import create_account, create_api_user, create_owner  # noqa: E402  # after django.setup
from recado.apps.connections.services import add_connection  # noqa: E402
from recado.apps.contacts.models import Group  # noqa: E402
from recado.apps.keywords.models import Rule  # noqa: E402
from recado.apps.keywords.rules import RuleContent  # noqa: E402
from recado.apps.keywords.services import reserve_keyword  # noqa: E402
from recado.apps.numbers.services import add_number  # noqa: E402
from recado.apps.outbox.models import Destination  # noqa: E402
from recado.core.number import NumberKind  # noqa: E402

smsc_port, forward_url, links = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
account = create_account("Kwiaciarnia Róża", language="en")
create_owner(account, "owner@recado.example", "correct horse battery")
create_api_user(account, "shop", "secret-of-the-shop")
settings = {"host": "127.0.0.1", "port": smsc_port, "system_id": "recado", "password": "x", "links": links, "reconnect_seconds": 1}
carrier = add_connection("carrier", "smpp", settings)
number = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account, connection=carrier)
group = Group.objects.create(account=account, name="Newsletter")
destination = Destination.objects.create(account=account, name="shop", url=forward_url)
reserve_keyword(account, number, "Gardener", RuleContent((group,), "Thank you!", (destination,)))
Rule.objects.update(daily_ceiling=2_000_000_000)  # thousands are answered, and none is to be missed
