"""The later life of a number: suspended, in use again, released, resting, back in stock (product.md §1).

What belongs here: these changes of state. What does not: adding and assigning (`services`), what a state means for messages
(`core.ownership`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from recado.apps.numbers.models import Number
from recado.apps.numbers.services import NumberError, NumberRefusal, bump_routing
from recado.core.number import NumberState

REASON = 300
REST = timedelta(days=90)
"""How long a released number belongs to nobody, so that people who still text its last owner reach no stranger."""


@transaction.atomic
def suspend_number(number: Number, now: datetime, reason: str = "") -> None:
    """Receive and keep what arrives, but do nothing with it until the number is resumed; the customer reads the reason."""
    number.suspended_reason = reason.strip()[:REASON]
    _change(number, NumberState.ASSIGNED, NumberState.SUSPENDED, now)


@transaction.atomic
def resume_number(number: Number, now: datetime) -> None:
    """Use a suspended number again."""
    number.suspended_reason = ""
    _change(number, NumberState.SUSPENDED, NumberState.ASSIGNED, now)


@transaction.atomic
def release_number(number: Number, now: datetime) -> None:
    """Take an individual number from its owner, with the rules on it, and let it rest; on a shared one no word must be kept.

    Messages stay where they are. Whoever texts it meanwhile reaches nobody; the message is kept for the operator.
    """
    if number.state not in {NumberState.ASSIGNED.value, NumberState.SUSPENDED.value}:
        raise NumberError(NumberRefusal.NOT_IN_USE)
    if number.capabilities.is_shared and number.spellings.filter(Q(kept_until=None) | Q(kept_until__gt=now)).exists():
        raise NumberError(NumberRefusal.HAS_KEYWORDS)
    number.rules.all().delete()
    number.keywords.all().delete()
    number.rule_examples.all().delete()
    number.account, number.state, number.released_at, number.state_since = None, NumberState.QUARANTINED.value, now, now
    number.expires_at = number.reminded_at = None
    number.suspended_reason = number.label = ""
    number.save(update_fields=["account", "state", "released_at", "state_since", "expires_at", "reminded_at", "suspended_reason", "label"])
    bump_routing()


@transaction.atomic
def end_rest(number: Number, now: datetime) -> None:
    """Put a number back into stock once it has rested long enough."""
    if number.state != NumberState.QUARANTINED.value:
        raise NumberError(NumberRefusal.NOT_IN_USE)
    if not is_rested(number, now):
        raise NumberError(NumberRefusal.IN_QUARANTINE)
    number.state = (NumberState.ASSIGNED if number.capabilities.is_shared else NumberState.IN_STOCK).value
    number.released_at, number.state_since = None, now
    number.save(update_fields=["state", "released_at", "state_since"])
    bump_routing()


def end_due_rests(now: datetime) -> int:
    """Put every number back into stock that has rested long enough; return how many.

    Who calls it, and how often, is `server.notice_mails`; an operator need not wait for it.
    """
    due = list(Number.objects.filter(state=NumberState.QUARANTINED.value, released_at__lte=now - REST))
    for number in due:
        end_rest(number, now)
    return len(due)


def rest_ends_at(number: Number) -> datetime | None:
    """Return when a number in quarantine has rested long enough; None for all others."""
    return number.released_at + REST if number.released_at and number.state == NumberState.QUARANTINED.value else None


@transaction.atomic
def set_expiry(number: Number, expires_at: datetime | None) -> None:
    """Say until when the owner has the number; None: without an end. Nothing happens by itself then."""
    if number.account_id is None:
        raise NumberError(NumberRefusal.NOT_IN_USE)
    number.expires_at, number.reminded_at = expires_at, None
    number.save(update_fields=["expires_at", "reminded_at"])


def is_rested(number: Number, now: datetime) -> bool:
    """Say whether a number in quarantine may be used again."""
    return number.released_at is None or number.released_at + REST <= now


def _change(number: Number, before: NumberState, after: NumberState, now: datetime) -> None:
    if number.state != before.value:
        raise NumberError(NumberRefusal.NOT_IN_USE)
    number.state, number.state_since = after.value, now
    number.save(update_fields=["state", "state_since", "suspended_reason"])
    bump_routing()
