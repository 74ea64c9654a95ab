"""Writes about access numbers, and the counter that tells gateways to load their routes anew.

What belongs here: changing numbers, bumping the routing version. What does not: keywords and rules (`apps.keywords`), reads (`queries`).
"""

from django.db import transaction
from django.db.models import F

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number, RoutingVersion
from recado.core.number import CAPABILITIES, NumberKind


class NumberError(ValueError):
    """A number cannot be made or changed as asked; the text says why."""


def bump_routing() -> None:
    """Make gateways load their routes anew; call it in the transaction of the change they must see."""
    with transaction.atomic():
        RoutingVersion.objects.get_or_create(pk=1)
        RoutingVersion.objects.filter(pk=1).update(version=F("version") + 1)
        announce(Change("routing"))


@transaction.atomic
def add_number(
    digits: str, kind: NumberKind, *, account: Account | None = None, connection: Connection | None = None, label: str = ""
) -> Number:
    """Take a number into service; individual kinds need their owner, shared ones must have none."""
    digits = "".join(filter(str.isdecimal, digits))
    if not digits:
        raise NumberError("a number consists of digits")
    if CAPABILITIES[kind].is_shared is not (account is None):
        raise NumberError("an individual number needs its account" if account is None else "a shared number belongs to no account")
    if Number.objects.filter(digits=digits).exists():
        raise NumberError(f"the number {digits} is there already")
    number = Number.objects.create(digits=digits, kind=kind.value, account=account, connection=connection, label=label)
    bump_routing()
    return number


def label_number(number: Number, label: str) -> None:
    """Name a number for the people who use it; routing does not read the label."""
    number.label = label.strip()[:80]
    number.save(update_fields=["label"])


@transaction.atomic
def assign_number(number: Number, *, account: Account | None = None, connection: Connection | None = None) -> None:
    """Give an individual number to an account, or let a number's replies leave through a link; None changes nothing."""
    if account is not None:
        if number.capabilities.is_shared:
            raise NumberError("a shared number belongs to no account")
        if number.account_id not in {None, account.pk} and number.keywords.exists():
            raise NumberError("the number still has keywords of its owner; end them first")
        number.account = account
    if connection is not None:
        number.connection = connection
    number.save(update_fields=["account", "connection"])
    bump_routing()
