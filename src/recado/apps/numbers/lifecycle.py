"""The later life of a number: suspended, in use again, released, resting, back in stock (product.md §1).

What belongs here: these changes of state. What does not: adding and assigning (`services`), what a state means for messages
(`core.ownership`).
"""

from datetime import datetime, timedelta

from django.db import transaction

from recado.apps.numbers.models import Number
from recado.apps.numbers.services import NumberError, NumberRefusal, bump_routing
from recado.core.number import NumberState

REST = timedelta(days=90)
"""How long a released number belongs to nobody, so that people who still text its last owner reach no stranger."""


@transaction.atomic
def suspend_number(number: Number) -> None:
    """Receive and keep what arrives, but do nothing with it until the number is resumed."""
    _change(number, NumberState.ASSIGNED, NumberState.SUSPENDED)


@transaction.atomic
def resume_number(number: Number) -> None:
    """Use a suspended number again."""
    _change(number, NumberState.SUSPENDED, NumberState.ASSIGNED)


@transaction.atomic
def release_number(number: Number, now: datetime) -> None:
    """Take an individual number from its owner, with the rules on it, and let it rest; a shared one must have no keywords.

    Messages stay where they are. Whoever texts it meanwhile reaches nobody; the message is kept for the operator.
    """
    if number.state not in {NumberState.ASSIGNED.value, NumberState.SUSPENDED.value}:
        raise NumberError(NumberRefusal.NOT_IN_USE)
    if number.capabilities.is_shared and number.keywords.exists():
        raise NumberError(NumberRefusal.HAS_KEYWORDS)
    number.rules.all().delete()
    number.keywords.all().delete()
    number.rule_examples.all().delete()
    number.account, number.state, number.released_at = None, NumberState.QUARANTINED.value, now
    number.save(update_fields=["account", "state", "released_at"])
    bump_routing()


@transaction.atomic
def end_rest(number: Number, now: datetime) -> None:
    """Put a number back into stock once it has rested long enough."""
    if number.state != NumberState.QUARANTINED.value:
        raise NumberError(NumberRefusal.NOT_IN_USE)
    if not is_rested(number, now):
        raise NumberError(NumberRefusal.IN_QUARANTINE)
    number.state = (NumberState.ASSIGNED if number.capabilities.is_shared else NumberState.IN_STOCK).value
    number.released_at = None
    number.save(update_fields=["state", "released_at"])
    bump_routing()


def is_rested(number: Number, now: datetime) -> bool:
    """Say whether a number in quarantine may be used again."""
    return number.released_at is None or number.released_at + REST <= now


def _change(number: Number, before: NumberState, after: NumberState) -> None:
    if number.state != before.value:
        raise NumberError(NumberRefusal.NOT_IN_USE)
    number.state = after.value
    number.save(update_fields=["state"])
    bump_routing()
