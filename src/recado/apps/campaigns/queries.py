"""Reads about campaigns: which an account has, and one of them. Whoever asks names the account, and gets nothing of another.

What belongs here: finding and listing. What does not: who gets one (`audience`), what one costs (`estimating`), how far one is and what
came back (`report`).
"""

from collections.abc import Collection

from django.db.models import Count, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.campaigns.errors import NoSuchCampaignError
from recado.apps.campaigns.models import Campaign, CampaignEntry, CampaignGroup


def campaigns_of(account: Account, states: Collection[str] = (), search: str = "") -> QuerySet[Campaign]:
    """List the account's campaigns, to be cut into pages by key (`apps.paging`); without states, all of them."""
    found = Campaign.objects.filter(account=account).select_related("author", "number", "sender_name")
    if states:
        found = found.filter(state__in=states)
    if search:
        found = found.filter(name__icontains=search)
    return found.order_by("-id")


def count_by_state(account: Account) -> dict[str, int]:
    """Count the account's campaigns in each state."""
    return dict(Campaign.objects.filter(account=account).order_by().values_list("state").annotate(Count("pk")))


def get_campaign_for(account: Account, campaign_id: int) -> Campaign:
    """Find a campaign of the account, or raise NoSuchCampaignError."""
    found = campaigns_of(account).filter(pk=campaign_id).select_related("account").first()
    if found is None:
        raise NoSuchCampaignError(f"no campaign {campaign_id} in this account")
    return found


def groups_of_campaign(campaign: Campaign, *, excluded: bool = False) -> QuerySet[CampaignGroup]:
    """List the groups it goes to, or those whose members are left out, with the groups."""
    return CampaignGroup.objects.filter(campaign=campaign, is_excluded=excluded).select_related("group").order_by("group__name", "pk")


def entries_of(campaign: Campaign) -> QuerySet[CampaignEntry]:
    """List the single people it goes to, in the order they were added, with their contacts."""
    return CampaignEntry.objects.filter(campaign=campaign).select_related("contact").order_by("id")
