"""What forwarding to a phone costs: for each part of a text, and what it came to lately.

What belongs here: sums for people who decide. What does not: prices (`apps.plans`), charging (`store.charging`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import Destination, OutboundMessage
from recado.apps.plans.queries import prices_for
from recado.core.price import Service

LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PhoneEstimate:
    """What forwarding to a phone costs, in minor units net of VAT."""

    per_segment: int
    cost: int = 0
    """What was forwarded there within LOOKED_BACK; 0 for a place that is not there yet."""
    message_count: int = 0
    segment_count: int = 0


def estimate_phone(account: Account, destination: Destination | None = None, *, now: datetime) -> PhoneEstimate:
    """Say what a text forwarded to a phone costs the account, and what those to this destination came to in the last 30 days."""
    price = prices_for(account)[Service.FORWARD]
    if destination is None:
        return PhoneEstimate(price)
    lately = OutboundMessage.objects.filter(account=account, destination_id=destination.pk, created_at__gt=now - LOOKED_BACK, is_test=False)
    sums = lately.exclude(charge_state="released").aggregate(cost=Sum("cost"), segments=Sum("segment_count"))
    return PhoneEstimate(price, sums["cost"] or 0, lately.exclude(charge_state="released").count(), sums["segments"] or 0)
