"""Rows that several tests of the API look at, as gateway and panel leave them."""

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number


def pool_number(digits: str = "48666000001") -> Number:
    """A number of the pool that can send."""
    carrier, _ = Connection.objects.get_or_create(name="Carrier", kind="smpp")
    return Number.objects.get_or_create(digits=digits, defaults={"kind": "eco", "connection": carrier})[0]


def own_number(account: Account, digits: str = "48664200300") -> Number:
    """A number of the account that can send."""
    carrier, _ = Connection.objects.get_or_create(name="Carrier", kind="smpp")
    return Number.objects.get_or_create(digits=digits, defaults={"kind": "individual_long", "account": account, "connection": carrier})[0]


def shared_number(digits: str = "48503340503") -> Number:
    """A number that all accounts share."""
    return Number.objects.get_or_create(digits=digits, defaults={"kind": "shared_long"})[0]
