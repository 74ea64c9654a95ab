"""A campaign under way: stopping it, and how many of its messages wait for the end of quiet hours.

What belongs here: what a person wants of it then. What does not: giving its messages to the workers, and taking back at once those that
were (`delivery.feeder` does, told by the state); taking back one that has not begun (`services.cancel_schedule`).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min

from recado.apps.campaigns.holding import let_go
from recado.apps.campaigns.models import Campaign
from recado.apps.changes import Change, announce
from recado.apps.outbox.models import OutboundMessage
from recado.core.receipt import OutboundState

State = Campaign.State


def stop(campaign: Campaign, *, now: datetime) -> bool:
    """Give out nothing more; return whether this call did it, False where it was over already.

    What is being handed to a carrier at this moment is still sent. The messages left become unsent a moment later, in portions.
    """
    under_way = Campaign.objects.filter(pk=campaign.pk, state__in=(State.PREPARING, State.SENDING))
    with transaction.atomic():
        if not under_way.update(state=State.STOPPED, finished_at=now):
            return False
        let_go(campaign.pk, now)
    campaign.state, campaign.finished_at = State.STOPPED, now
    announce(Change("campaign", campaign.account_id, campaign.pk))
    return True


def kept_back(campaign: Campaign) -> tuple[int, datetime | None]:
    """Return how many messages wait because it is quiet where they go, and when the first of them may leave."""
    waiting = OutboundMessage.objects.filter(campaign_id=campaign.pk, state=OutboundState.QUEUED, scheduled_at__isnull=False)
    found = waiting.aggregate(count=Count("id"), until=Min("scheduled_at"))
    return found["count"], found["until"]
