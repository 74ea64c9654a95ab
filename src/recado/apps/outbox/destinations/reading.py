"""Finding destinations, and what uses them.

What belongs here: reads by account. What does not: how well deliveries go (`apps.outbox.deliveries`), the places of delivery reports
(`reports`).
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import Destination

FORWARD_KINDS = (Destination.Kind.URL, Destination.Kind.WEBHOOK, Destination.Kind.EMAIL, Destination.Kind.PHONE)
"""What messages can be forwarded to; the other kind is for delivery reports."""


@dataclass(frozen=True, slots=True)
class DestinationUse:
    """A rule that forwards to a destination, and where it stands."""

    rule_id: int
    number_id: int
    digits: str
    """The number."""
    keyword_id: int | None = None
    """None: what the number does with everything else."""
    word: str = ""
    is_enabled: bool = True


def destinations_of(account: Account) -> QuerySet[Destination]:
    """Return the places the account forwards messages to, by name."""
    return Destination.objects.filter(account=account, kind__in=FORWARD_KINDS, removed_at=None).order_by("name", "id")


def get_destination_for(account: Account, destination_id: int) -> Destination:
    """Return a place the account forwards to, or one its delivery reports go to; raise Destination.DoesNotExist."""
    return Destination.objects.get(account=account, pk=destination_id, removed_at=None)


def used_by(destination: Destination) -> list[DestinationUse]:
    """Return the rules that forward to a destination, one after the other by number and keyword."""
    fields = ("rule_id", "rule__number_id", "rule__number__digits", "rule__keyword_id", "rule__keyword__word", "rule__is_enabled")
    rows = destination.rule_actions.order_by("rule__number__digits", "rule__keyword__word", "rule_id").values_list(*fields)
    return [
        DestinationUse(rule_id, number_id, digits, keyword_id, word or "", is_enabled)
        for rule_id, number_id, digits, keyword_id, word, is_enabled in dict.fromkeys(rows)
    ]
