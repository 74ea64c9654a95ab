"""Names of campaigns for what came of them: messages in conversations say which group send they were part of.

What belongs here: names by id. What does not: whole campaigns (`queries`).
"""

from collections.abc import Collection

from recado.apps.campaigns.models import Campaign


def campaign_names(campaign_ids: Collection[int]) -> dict[int, str]:
    """Return the names of campaigns that messages of an account belong to; asks nothing where there are none."""
    return dict(Campaign.objects.filter(pk__in=campaign_ids).values_list("pk", "name")) if campaign_ids else {}
