"""Finds what an operator names on the command line, or says in one sentence how to see what there is."""

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.cli.errors import RefusedError


def account_by_id(account_id: int) -> Account:
    """Return the account."""
    found = Account.objects.filter(pk=account_id).first()
    if found is None:
        raise RefusedError(f"there is no account {account_id}; list them: recado account list")
    return found


def link_by_name(name: str) -> Connection:
    """Return the link."""
    found = Connection.objects.filter(name=name).first()
    if found is None:
        raise RefusedError(f"there is no link “{name}”; list them: recado link list")
    return found


def number_by_digits(digits: str) -> Number:
    """Return the number, written with or without country code and blanks."""
    wanted = "".join(filter(str.isdecimal, digits))
    found = Number.objects.filter(digits__in=[wanted, f"48{wanted}"]).first()
    if found is None:
        raise RefusedError(f"there is no number {digits}; list them: recado number list")
    return found
