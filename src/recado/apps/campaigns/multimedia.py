"""Campaigns that are MMS: the files of a draft, and what is sent of them.

What belongs here: noting files once under the campaign's `attachments_id`, and making them fit the carrier when it is sent. What does not:
subject and text (`services`), the rows of its messages (`store.preparing`), what may be sent at all (`apps.mms.composing`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.models import Campaign
from recado.apps.ids import first_id_at
from recado.apps.mms.composing import content_of, problems
from recado.apps.mms.drafts import Draft, DraftFile, MmsProblem
from recado.apps.mms.models import Attachment, SentMms
from recado.apps.mms.sending import share_files
from recado.apps.outbox.models import SendKind
from recado.core.mms import MmsContent, MmsPart, PartRole

LOOKED_EVERY = SPARED_FOR = timedelta(days=1)
_looked_at: list[datetime] = []


@transaction.atomic
def set_files(campaign: Campaign, files: Sequence[DraftFile]) -> None:
    """Say which files a draft takes with it, in order; raise CampaignError where it is no draft any more. Nothing is made smaller yet."""
    if not Campaign.objects.select_for_update().filter(pk=campaign.pk, state=Campaign.State.DRAFT).exists():
        raise CampaignError(CampaignRefusal.NOT_A_DRAFT)
    forget_files(campaign)
    if files:
        parts = tuple([MmsPart(PartRole.MEDIA, one.sha256, one.size, one.content_type, name=one.name) for one in files])
        _note(campaign, MmsContent(campaign.subject, parts))


def files_of(campaign: Campaign) -> list[DraftFile]:
    """Return the files of a campaign, in order."""
    if campaign.attachments_id is None:
        return []
    found = Attachment.objects.filter(outbound_id=campaign.attachments_id).order_by("position")
    return [DraftFile(one.sha256, one.size, one.content_type, one.name) for one in found]


def draft_of(campaign: Campaign) -> Draft:
    """Return a campaign as the MMS it is, with the text as it is before anything is put in its places."""
    return Draft(campaign.subject, campaign.text, tuple(files_of(campaign)))


def mms_problems(campaign: Campaign) -> list[MmsProblem]:
    """Say what speaks against a campaign that is MMS; nothing of one that is not."""
    return problems(draft_of(campaign), campaign.number, is_test=campaign.is_test) if campaign.kind == SendKind.MMS else []


def shared_content(campaign: Campaign) -> MmsContent | None:
    """Return what its messages have beside their texts; None where they are texts."""
    if campaign.kind != SendKind.MMS:
        return None
    return MmsContent(campaign.subject.strip(), (), campaign.attachments_id)


def ready_files(campaign: Campaign) -> None:
    """Make the files fit what the carrier takes, before it is sent; raise MmsRefusedError. Nothing happens where they fit, or are none."""
    if campaign.kind != SendKind.MMS:
        return
    draft = draft_of(campaign)
    content = content_of(draft, campaign.number, is_test=campaign.is_test)
    if [one.sha256 for one in content.parts] != [one.sha256 for one in draft.files]:
        with transaction.atomic():
            forget_files(campaign)
            _note(campaign, content)


def forget_files(campaign: Campaign) -> None:
    """Take the files from a draft; the bytes go with the next sweep where nothing else has them."""
    if campaign.attachments_id is not None:
        Attachment.objects.filter(outbound_id=campaign.attachments_id).delete()
    _point(campaign, None)


def forget_unused(now: datetime) -> None:
    """Forget files noted once for messages that are all deleted, or that were never written; once a day."""
    if _looked_at and now - _looked_at[-1] < LOOKED_EVERY:
        return
    _looked_at[:] = [now]
    holder = OuterRef("outbound_id")
    noted = Attachment.objects.filter(outbound_id__isnull=False, outbound_id__lt=first_id_at(now - SPARED_FOR))
    unused = noted.exclude(Exists(SentMms.objects.filter(Q(pk=holder) | Q(attachments_id=holder)))).exclude(
        Exists(Campaign.objects.filter(attachments_id=holder))
    )
    unused.delete()


def _note(campaign: Campaign, content: MmsContent) -> None:
    _point(campaign, share_files(content, timezone.now()).attachments_id)


def _point(campaign: Campaign, attachments_id: int | None) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(attachments_id=attachments_id)
    campaign.attachments_id = attachments_id
