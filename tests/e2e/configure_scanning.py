"""Run as a program with RECADO_* set: one account with an owner, one number for MMS that come over HTTP; prints the connection's id."""

import sys

import django

django.setup()

from recado.apps.accounts.models import Role  # noqa: E402  # after django.setup
from recado.apps.accounts.services import add_member, create_account, create_user  # noqa: E402
from recado.apps.connections.services import add_connection  # noqa: E402
from recado.apps.numbers.services import add_number  # noqa: E402
from recado.core.number import NumberKind  # noqa: E402

carrier, account = add_connection("aggregator", "mms_http", {"token": "secret"}), create_account("Flowers", language="en")
add_member(account, create_user("olga@example.com", None, name="Olga"), Role.OWNER)
add_number("48600100200", NumberKind.INDIVIDUAL_LONG_MMS, account=account, connection=carrier)
sys.stdout.write(f"{carrier.pk}\n")
