"""What a draft may ask for, whoever writes it: how soon, how fast, for how long.

What belongs here: limits that panel and API share. What does not: what is looked at when it is sent (`services.send`).
"""

from datetime import datetime, timedelta

from recado.apps.campaigns.errors import CampaignError, CampaignRefusal

MOST_A_MINUTE = 60_000
LONGEST_AHEAD = timedelta(days=366)
LONGEST_VALIDITY = timedelta(days=3)
"""No carrier tries for longer."""


def check_moment(at: datetime, now: datetime) -> None:
    """Refuse a beginning that is over, or more than a year ahead; raise CampaignError."""
    if at <= now:
        raise CampaignError(CampaignRefusal.IN_THE_PAST)
    if at > now + LONGEST_AHEAD:
        raise CampaignError(CampaignRefusal.TOO_FAR_AHEAD)
