"""Writes about campaigns: drafts, sending one now or later, taking that back.

What belongs here: these changes. What does not: single people of a draft (`entries`), who gets it (`audience`), writing its messages
(`preparing`), stopping it under way (`running`).
"""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from recado.apps.accounts.models import Account, User
from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.models import Campaign, CampaignEntry, CampaignGroup
from recado.apps.contacts.models import Group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage, SendKind
from recado.apps.senders.models import SenderName

State = Campaign.State


class Content(TypedDict, total=False):
    """What of a draft can be said; what is left out stays as it is."""

    name: str
    text: str
    kind: SendKind
    sender_name: SenderName | None
    """An approved name of the account; only with `FULL`."""
    number: Number | None
    """A number of the account that may send; only with `FULL`, and without a name."""
    validity_minutes: int | None
    per_minute: int | None
    is_flash: bool
    is_test: bool
    keeps_quiet_hours: bool
    receipt_destination_id: int | None


def create_draft(account: Account, *, author: User | None = None, **content: Unpack[Content]) -> Campaign:
    """Begin a campaign; without a name it is called after the beginning of its text when it is sent."""
    return Campaign.objects.create(account=account, author=author, **content)


def edit_draft(campaign: Campaign, **content: Unpack[Content]) -> None:
    """Change what a draft says; raise CampaignError where it is none any more."""
    if not Campaign.objects.filter(pk=campaign.pk, state=State.DRAFT).update(**content):
        raise CampaignError(CampaignRefusal.NOT_A_DRAFT)
    campaign.refresh_from_db()


@transaction.atomic
def set_groups(campaign: Campaign, groups: Collection[Group], excluded: Collection[Group] = ()) -> None:
    """Say which groups it goes to, and whose members are left out; groups of another account are not taken."""
    _check_draft(campaign)
    leaving_out = {group.pk for group in excluded if group.account_id == campaign.account_id}
    going_to = {group.pk for group in groups if group.account_id == campaign.account_id} - leaving_out
    CampaignGroup.objects.filter(campaign=campaign).delete()
    rows = [CampaignGroup(campaign=campaign, group_id=pk, is_excluded=pk in leaving_out) for pk in sorted(going_to | leaving_out)]
    CampaignGroup.objects.bulk_create(rows)


def delete_draft(campaign: Campaign) -> None:
    """Forget a draft; raise CampaignError where it is none any more, for what was sent is kept."""
    with transaction.atomic():
        _check_draft(campaign)
        CampaignEntry.objects.filter(campaign=campaign)._raw_delete("default")  # noqa: SLF001  # 100,000 rows nothing refers to
        campaign.delete()


def copy(campaign: Campaign, *, author: User | None = None) -> Campaign:
    """Begin a new draft with everything of a campaign but its time."""
    raise NotImplementedError


def send(
    campaign: Campaign,
    *,
    now: datetime,
    scheduled_at: datetime | None = None,
    expected_count: int | None = None,
    expected_cost: int | None = None,
) -> bool:
    """Send a draft at once, or at a time to come; return whether this call did it, False where it was sent already (a double click).

    Raises CampaignError: with COUNT_CHANGED if other than `expected_count` people would get it now or it would cost something else than
    whoever sends it was shown, and NoSenderError (`apps.outbox.senders`) if nothing can leave from the sender chosen.
    """
    raise NotImplementedError


def cancel_schedule(campaign: Campaign) -> bool:
    """Make a scheduled campaign a draft again; return whether its time had not come yet."""
    raise NotImplementedError


def send_to_myself(campaign: Campaign, msisdn: str, *, now: datetime, author: User | None = None) -> OutboundMessage:
    """Send a draft's text, filled for its first recipient, to one phone as a single message that counts in no report.

    Raises CampaignError, NoSenderError and OptedOutError.
    """
    raise NotImplementedError


def _check_draft(campaign: Campaign) -> None:
    """Take hold of a draft for the rest of the transaction."""
    if not Campaign.objects.select_for_update().filter(pk=campaign.pk, state=State.DRAFT).exists():
        raise CampaignError(CampaignRefusal.NOT_A_DRAFT)
