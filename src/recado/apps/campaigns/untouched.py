"""Drafts that were opened and never written in: they are given out again and shown in no list.

What belongs here: telling them from others. What does not: drafts somebody wrote in (`queries`, `services`).
"""

from typing import Unpack

from django.db.models import Exists, OuterRef, Q, QuerySet

from recado.apps.accounts.models import Account, User
from recado.apps.campaigns.models import Campaign, CampaignEntry, CampaignGroup
from recado.apps.campaigns.services import Content, create_draft, edit_draft


def _untouched() -> Q:
    of_it = {"campaign": OuterRef("pk")}
    is_empty = Q(state=Campaign.State.DRAFT, name="", text="", subject="", attachments_id=None)
    return is_empty & ~Exists(CampaignGroup.objects.filter(**of_it)) & ~Exists(CampaignEntry.objects.filter(**of_it))


def without_untouched(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Leave out drafts nobody wrote in."""
    return campaigns.exclude(_untouched())


def fresh_draft(account: Account, user: User, **content: Unpack[Content]) -> Campaign:
    """Give somebody a draft with nothing but `content`: the one they opened last and left as it was, else a new one."""
    left = Campaign.objects.filter(_untouched(), account=account, author=user).order_by("-pk").first()
    if left is None:
        return create_draft(account, author=user, **content)
    edit_draft(left, **content)
    return left
