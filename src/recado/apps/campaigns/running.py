"""Stopping a campaign under way.

What belongs here: the word that ends it. What does not: giving its messages to the workers, and taking back at once those that were
(`delivery.feeder` does, told by the state); taking back one that has not begun (`services.cancel_schedule`).
"""

from datetime import datetime

from recado.apps.campaigns.models import Campaign
from recado.apps.changes import Change, announce

State = Campaign.State


def stop(campaign: Campaign, *, now: datetime) -> bool:
    """Give out nothing more; return whether this call did it, False where it was over already.

    What is being handed to a carrier at this moment is still sent. The messages left become unsent a moment later, in portions.
    """
    under_way = Campaign.objects.filter(pk=campaign.pk, state__in=(State.PREPARING, State.SENDING))
    if not under_way.update(state=State.STOPPED, finished_at=now):
        return False
    campaign.state, campaign.finished_at = State.STOPPED, now
    announce(Change("campaign", campaign.account_id, campaign.pk))
    return True
