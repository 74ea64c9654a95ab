"""Whom a campaign goes to, for services and reads of the panel: the choice of `core.audience` on what `store.audience` loads.

What belongs here: joining the two for a campaign. What does not: what people get (`texts`), what it costs (`estimating`).
"""

from datetime import datetime

from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.sender import sending_numbers
from recado.apps.sql import lent_connection
from recado.core.audience import Audience, Skipped
from recado.store.audience import Loaded, load_audience

__all__ = ("MOST_RECIPIENTS", "Audience", "Skipped", "audience_of", "loaded_audience_of")

MOST_RECIPIENTS = 100_000


def audience_of(campaign: Campaign, now: datetime) -> Audience:
    """Choose who gets a campaign at this moment."""
    return loaded_audience_of(campaign, now).audience


def loaded_audience_of(campaign: Campaign, now: datetime) -> Loaded:
    """Choose who gets a campaign at this moment, with the entries of those who are single people of it."""
    return load_audience(lent_connection(), campaign.pk, campaign.account_id, sending_numbers(campaign), now)
