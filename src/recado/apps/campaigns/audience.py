"""Whom a campaign goes to, for services and reads of the panel: the choice of `core.audience` on what `store.audience` loads.

What belongs here: joining the two for a campaign. What does not: what people get (`texts`), what it costs (`estimating`).
"""

from datetime import datetime

from recado.apps.campaigns.models import Campaign
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.pool import pool_numbers
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
    return load_audience(lent_connection(), campaign.pk, campaign.account_id, _sending_numbers(campaign), now)


def _sending_numbers(campaign: Campaign) -> list[int]:
    """Return the numbers a campaign may leave from; who opted out of one of the pool gets nothing from any other of it."""
    if campaign.kind == SendKind.ECO:
        return [number.id for number in pool_numbers()]
    return [campaign.number_id] if campaign.number_id and campaign.sender_name_id is None else []
