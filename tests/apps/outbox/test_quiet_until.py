"""Whether a text of an account may leave now, asked by whoever writes one."""

from datetime import UTC, datetime, time

import pytest

from recado.apps.accounts.models import Account
from recado.apps.outbox.quiet import quiet_until

EVENING = datetime(2026, 1, 10, 20, 30, tzinfo=UTC)
NIGHT = {"quiet_from": time(21), "quiet_until": time(8)}


@pytest.mark.parametrize(
    ("hours", "phone", "until"),
    [
        (NIGHT, "48501222333", datetime(2026, 1, 11, 7, tzinfo=UTC)),
        (NIGHT, "447400123456", None),
        (NIGHT, "4812", datetime(2026, 1, 11, 2, tzinfo=UTC)),  # no telling where: the account's own zone
        ({}, "48501222333", None),
        ({"quiet_from": time(21)}, "48501222333", None),
    ],
)
def test_quiet_hours_are_the_accounts_on_the_phones_wall_clock(hours, phone, until):
    account = Account(name="Shop", time_zone="Asia/Dhaka", **hours)
    assert quiet_until(account, phone, EVENING) == until
