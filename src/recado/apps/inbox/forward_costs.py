"""What forwarding received messages to a phone would have cost: the price of a decision, before it is made (product.md §7).

What belongs here: this estimate. What does not: what forwarding did cost (`apps.outbox.destinations`), doing it (`store.phone_forwards`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.plans.queries import prices_for
from recado.core.phone_forward import forwarded_text
from recado.core.price import Service
from recado.protocols.gsm import segments

LOOKED_BACK = timedelta(days=30)
MOST_READ = 500
"""So many of the latest messages are measured; more say no more about the length of what people write."""
MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class WouldHaveCost:
    """What came in within LOOKED_BACK, and what forwarding all of it would have cost in minor units net of VAT."""

    message_count: int
    cost: int


def would_have_cost(account: Account, now: datetime) -> WouldHaveCost:
    """Say what it would have cost to forward all messages of the last 30 days to a phone, at today's price."""
    lately = Message.objects.filter(account=account, id__gte=first_id_at(now - LOOKED_BACK), is_test=False).order_by("-id")
    measured = [_parts(sender, text) for sender, text in lately.values_list("sender", "text")[:MOST_READ]]
    count = len(measured) if len(measured) < MOST_READ else lately[:MOST_COUNTED].count()
    parts = round(sum(measured) * count / len(measured)) if measured else 0
    return WouldHaveCost(count, parts * prices_for(account)[Service.FORWARD])


def _parts(sender: str, text: str) -> int:
    return segments(forwarded_text(sender, text, _count)).count


def _count(text: str) -> int:
    return segments(text).count
