"""The money of a group send: reserved at once when somebody sends or schedules it, so that nobody finds half of it unsent.

What belongs here: taking the whole estimate, giving back what is left. What does not: what it costs (`estimating`), moving it from the
campaign to its messages (`store.preparing`), the wallet (`apps.outbox.credit`).
"""

from datetime import datetime

from django.db import transaction

from recado.apps.campaigns.models import Campaign
from recado.apps.outbox.credit import give_back, reserve_money


def hold(campaign: Campaign, amount: int, now: datetime) -> None:
    """Reserve what a campaign will cost, in the transaction that sends it; raise NoCreditError, whereupon that must be undone."""
    Campaign.objects.filter(pk=campaign.pk).update(held=amount)
    reserve_money(campaign.account, amount, now)


@transaction.atomic
def let_go(campaign_id: int, now: datetime) -> None:
    """Give back what a campaign holds and no message took; call it where none will be written any more."""
    campaign = Campaign.objects.select_for_update().only("account_id", "held").get(pk=campaign_id)
    if campaign.held:
        Campaign.objects.filter(pk=campaign_id).update(held=0)
        give_back(campaign.account_id, campaign.held, now)
