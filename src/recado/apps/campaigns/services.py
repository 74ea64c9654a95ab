"""Writes about campaigns: drafts, sending one now or later, taking that back.

What belongs here: these changes. What does not: single people of a draft (`entries`), who gets it (`audience`), writing its messages
(`preparing`), stopping it under way (`running`).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.campaigns.audience import MOST_RECIPIENTS
from recado.apps.campaigns.entries import copy_entries
from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.estimating import Estimate, estimate, preview
from recado.apps.campaigns.holding import hold, let_go
from recado.apps.campaigns.models import Campaign, CampaignEntry, CampaignGroup
from recado.apps.campaigns.multimedia import files_of, forget_files, ready_files, set_files, shared_content
from recado.apps.campaigns.sender import check_sender, sender_shown
from recado.apps.campaigns.texts import NOBODY, Writer
from recado.apps.changes import Change, announce
from recado.apps.contacts.models import Group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.apps.outbox.services import Order, queue_text
from recado.apps.senders.models import SenderName

State = Campaign.State
MOST_SEGMENTS = 10
LATENESS = timedelta(minutes=5)
"""A time that went by while somebody looked at the summary still means now."""
_NAME_LENGTH = 40
_COPIED = (
    "name", "text", "subject", "kind", "sender_name", "number", "validity_minutes", "per_minute", "is_flash", "is_test",
    "keeps_quiet_hours", "receipt_destination_id", "places",
)  # fmt: skip


class Content(TypedDict, total=False):
    """What of a draft can be said; what is left out stays as it is."""

    name: str
    text: str
    subject: str
    """Of an MMS, whose files are set by `multimedia.set_files`."""
    kind: SendKind
    sender_name: SenderName | None
    """An approved name of the account; only with `FULL`."""
    number: Number | None
    """A number of the account that may send; only with `FULL` and without a name, or one that has MMS with `MMS`."""
    scheduled_at: datetime | None
    """When it is meant to begin; it does only once somebody sends it."""
    validity_minutes: int | None
    per_minute: int | None
    is_flash: bool
    is_test: bool
    keeps_quiet_hours: bool
    receipt_destination_id: int | None
    survey_id: int | None
    """The survey whose first question it asks."""


def create_draft(account: Account, *, author: User | None = None, origin: Origin = Origin.CAMPAIGN, **content: Unpack[Content]) -> Campaign:
    """Begin a campaign; without a name it is called after the beginning of its text when it is sent."""
    return Campaign.objects.create(account=account, author=author, origin=origin, **content)


def edit_draft(campaign: Campaign, **content: Unpack[Content]) -> None:
    """Change what a draft says; raise CampaignError where it is none any more."""
    drafts = Campaign.objects.filter(pk=campaign.pk, state=State.DRAFT)
    if not (drafts.update(**content) if content else drafts.exists()):
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
        forget_files(campaign)
        campaign.delete()


def copy(campaign: Campaign, *, author: User | None = None) -> Campaign:
    """Begin a new draft with everything of a campaign but its time."""
    draft = Campaign.objects.create(account=campaign.account, author=author, **{name: getattr(campaign, name) for name in _COPIED})
    groups = CampaignGroup.objects.filter(campaign=campaign).order_by("pk")
    CampaignGroup.objects.bulk_create([CampaignGroup(campaign=draft, group_id=one.group_id, is_excluded=one.is_excluded) for one in groups])
    copy_entries(campaign, draft)
    if files := files_of(campaign):
        set_files(draft, files)
    return draft


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
    whoever sends it was shown, NoSenderError (`apps.outbox.senders`) if nothing can leave from the sender chosen, and NoCreditError
    (`apps.outbox.credit`) if the account cannot pay for all of it: the whole cost is reserved here, also for a time to come. An MMS raises
    MmsRefusedError (`apps.mms.drafts`), and takes a moment for each picture that is made smaller.
    """
    campaign.refresh_from_db()
    if campaign.state != State.DRAFT:
        return False
    if scheduled_at is not None and scheduled_at < now - LATENESS:
        raise CampaignError(CampaignRefusal.IN_THE_PAST)
    check_sender(campaign)
    found = estimate(campaign, now)
    _check_estimate(found, expected_count, expected_cost)
    ready_files(campaign)
    at = max(scheduled_at or now, now)
    name = campaign.name or " ".join(campaign.text.split())[:_NAME_LENGTH] or str(found.recipient_count)
    with transaction.atomic():
        is_mine = Campaign.objects.filter(pk=campaign.pk, state=State.DRAFT).update(state=State.SCHEDULED, scheduled_at=at, name=name)
        if is_mine:
            hold(campaign, found.cost, now)
    campaign.refresh_from_db()
    announce(Change("campaign", campaign.account_id, campaign.pk))
    return bool(is_mine)


def cancel_schedule(campaign: Campaign) -> bool:
    """Make a scheduled campaign a draft again; return whether it had not begun yet."""
    with transaction.atomic():
        is_in_time = Campaign.objects.filter(pk=campaign.pk, state=State.SCHEDULED).update(state=State.DRAFT, scheduled_at=None)
        if is_in_time:
            let_go(campaign.pk, timezone.now())
    campaign.refresh_from_db()
    announce(Change("campaign", campaign.account_id, campaign.pk))
    return bool(is_in_time)


def send_to_myself(campaign: Campaign, msisdn: str, *, now: datetime, author: User | None = None) -> OutboundMessage:
    """Send a draft's text, filled for its first recipient, to one phone as a single message that counts in no report.

    It costs what a single message costs. Raises CampaignError, NoSenderError, OptedOutError and NoCreditError.
    """
    check_sender(campaign)
    shown = preview(campaign, now, 0)
    text = shown.text if shown else Writer(campaign.text, campaign.places).text_for(NOBODY, sender_shown(campaign))
    ready_files(campaign)
    if not text.strip() and campaign.attachments_id is None:
        raise CampaignError(CampaignRefusal.NO_TEXT)
    order = Order(kind=SendKind(campaign.kind), sender_name=campaign.sender_name, is_flash=campaign.is_flash, mms=shared_content(campaign))
    number = campaign.number if campaign.kind != SendKind.ECO else None
    return queue_text(
        campaign.account, number, msisdn, text, now=now, origin=Origin.CAMPAIGN, author=author, is_test=campaign.is_test, order=order
    )


def refusals_of(found: Estimate) -> list[CampaignRefusal]:
    """Say what keeps a draft from being sent as it is estimated."""
    refused = {
        CampaignRefusal.NO_RECIPIENTS: not found.recipient_count,
        CampaignRefusal.TOO_MANY_RECIPIENTS: found.recipient_count > MOST_RECIPIENTS,
        CampaignRefusal.NO_TEXT: bool(found.empty_count),
        CampaignRefusal.TEXT_TOO_LONG: found.most_segments > MOST_SEGMENTS,
    }
    return [reason for reason, applies in refused.items() if applies]


def _check_estimate(found: Estimate, expected_count: int | None, expected_cost: int | None) -> None:
    if expected_count not in {None, found.recipient_count} or expected_cost not in {None, found.cost}:
        raise CampaignError(CampaignRefusal.COUNT_CHANGED)
    for reason in refusals_of(found):
        raise CampaignError(reason)


def _check_draft(campaign: Campaign) -> None:
    """Take hold of a draft for the rest of the transaction."""
    if not Campaign.objects.select_for_update().filter(pk=campaign.pk, state=State.DRAFT).exists():
        raise CampaignError(CampaignRefusal.NOT_A_DRAFT)
