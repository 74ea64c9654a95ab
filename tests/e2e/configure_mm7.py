"""Run as a program with RECADO_* set: one account, one number for MMS on a connection, MM7 or of the kind named, whose id it prints."""

import sys

import django

django.setup()

from recado.apps.accounts.services import create_account  # noqa: E402  # after django.setup
from recado.apps.connections.services import add_connection  # noqa: E402
from recado.apps.numbers.services import add_number  # noqa: E402
from recado.core.number import NumberKind  # noqa: E402

MM7 = {"receive_user": "centre", "receive_password": "secret"}
carrier = add_connection("centre", sys.argv[1], {}) if sys.argv[1:] else add_connection("centre", "mm7", MM7)
add_number("48600100200", NumberKind.INDIVIDUAL_LONG_MMS, account=create_account("Flowers", language="en"), connection=carrier)
sys.stdout.write(f"{carrier.pk}\n")
