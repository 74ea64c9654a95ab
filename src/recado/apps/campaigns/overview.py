"""Little about many campaigns at once: their names, and how much of each arrived.

What belongs here: what lists and conversations say of them. What does not: whole campaigns (`queries`), all figures of one (`report`).
"""

from collections.abc import Collection

from django.db.models import Count

from recado.apps.campaigns.models import Campaign
from recado.apps.outbox.models import OutboundMessage
from recado.core.receipt import OutboundState


def campaign_names(campaign_ids: Collection[int]) -> dict[int, str]:
    """Return the names of campaigns that messages of an account belong to; asks nothing where there are none."""
    return dict(Campaign.objects.filter(pk__in=campaign_ids).values_list("pk", "name")) if campaign_ids else {}


def delivered_counts(campaigns: Collection[Campaign]) -> dict[int, int]:
    """Count the messages of each that arrived."""
    arrived = OutboundMessage.objects.filter(campaign_id__in=[one.pk for one in campaigns], state=OutboundState.DELIVERED)
    return dict.fromkeys((one.pk for one in campaigns), 0) | dict(arrived.order_by().values_list("campaign_id").annotate(Count("pk")))
