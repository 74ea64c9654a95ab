"""Shapes of group sends, and rows in them.

What belongs here: what a campaign looks like in requests and answers. What does not: routes, how far one is (`campaign_report`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, Strict

from recado.api.v1.exact import ExactId, Flag, WrittenMoment
from recado.api.v1.mms_drafts import MmsIn
from recado.api.v1.shapes import Text, phone_out
from recado.apps.campaigns.limits import LONGEST_VALIDITY, MOST_A_MINUTE
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import files_of
from recado.apps.dialogues.answering import MAX_CHARACTERS
from recado.apps.media.links import absolute_media_link
from recado.apps.outbox.models import SendKind

MOST_GROUPS = 1_000
Body = Annotated[Text, Field(max_length=MAX_CHARACTERS)]
Groups = Annotated[list[ExactId], Field(max_length=MOST_GROUPS)]


class CampaignIn(Schema):
    """What a draft says. Fields left out stay as they are; a new draft has nothing in them."""

    name: Annotated[Text, Field(max_length=80)] = Field(default_factory=str, description="Only the account sees it.")
    text: Body = Field(default_factory=str, description="May have `{first_name}`, `{last_name}`, `{name}`, `{number}` and values of rows.")
    sender: Annotated[Text, Field(min_length=1, max_length=20)] | None = Field(
        default_factory=lambda: None,
        description="An approved sender name, or a number of the account; null: a pool number (ECO+), which people can answer.",
    )
    scheduled_at: WrittenMoment | None = Field(
        default_factory=lambda: None, description="When it is meant to begin, within a year; null: at once. It does only once it is sent."
    )
    validity_minutes: Annotated[int, Strict(), Field(ge=1, le=int(LONGEST_VALIDITY.total_seconds()) // 60)] | None = Field(
        default_factory=lambda: None, description="Who cannot be reached for so long does not get it; null: as long as the carrier tries."
    )
    per_minute: Annotated[int, Strict(), Field(ge=1, le=MOST_A_MINUTE)] | None = Field(
        default_factory=lambda: None, description="At most so many a minute; null: as fast as the carrier takes them."
    )
    is_flash: Flag = Field(default_factory=bool, description="Shown at once and not kept by the phone.")
    is_test: Flag = Field(default_factory=bool, description="Goes to the simulator: reaches nobody, costs nothing.")
    keeps_quiet_hours: Flag = Field(default_factory=lambda: True, description="Whether people are left alone in the quiet hours.")
    mms: MmsIn | None = Field(
        default_factory=lambda: None,
        description="Makes it an MMS, from a `sender` that is a number with MMS; null: a text. It is the whole of subject and files.",
    )
    group_ids: Groups = Field(default_factory=list, description="Whom it goes to; the whole list.")
    excluded_group_ids: Groups = Field(default_factory=list, description="Whose members are left out, whatever else they are in.")


class CampaignFile(Schema):
    """A file of a group send that is an MMS."""

    name: str
    content_type: str
    size: int
    url: str = Field(description="Where it is fetched for a day, without a key.")


class CampaignMms(Schema):
    """What makes a group send an MMS."""

    subject: str
    files: list[CampaignFile]


class CampaignLeftOut(Schema):
    """People who do not get it, each counted once."""

    duplicate: int = Field(description="In the lists more than once.")
    opted_out: int
    blocked: int
    excluded: int = Field(description="Members of a group that is left out.")
    invalid: int = Field(description="No phones: short codes, our own numbers.")


class CampaignOut(Schema):
    """A group send."""

    id: int
    name: str
    state: Campaign.State
    text: str
    sender: str | None = Field(description="A name or a number; null: a pool number (ECO+).")
    mms: CampaignMms | None = Field(description="Null: texts.")
    scheduled_at: datetime | None
    validity_minutes: int | None
    per_minute: int | None
    is_flash: bool
    is_test: bool
    keeps_quiet_hours: bool
    group_ids: list[int]
    excluded_group_ids: list[int]
    placeholders: list[str] = Field(description="Values that its people have, besides their names.")
    author: str | None = Field(description="Who made it; null: a program.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    recipient_count: int = Field(description="Messages written; nothing before it begins.")
    delivered_count: int
    left_out: CampaignLeftOut = Field(description="As it was when it began.")
    segment_count: int
    cost: int = Field(description="Minor units, net, of all messages written.")
    trouble: str | None = Field(description="Why it was stopped by itself when its time came; null: it was not.")


def shown(campaign: Campaign, delivered_count: int) -> CampaignOut:
    """Show a campaign whose `audience` is loaded."""
    groups = [(one.group_id, one.is_excluded) for one in campaign.audience.all()]
    return CampaignOut(
        id=campaign.pk,
        name=campaign.name,
        state=Campaign.State(campaign.state),
        text=campaign.text,
        sender=_sender(campaign),
        mms=_mms(campaign),
        scheduled_at=campaign.scheduled_at,
        validity_minutes=campaign.validity_minutes,
        per_minute=campaign.per_minute,
        is_flash=campaign.is_flash,
        is_test=campaign.is_test,
        keeps_quiet_hours=campaign.keeps_quiet_hours,
        group_ids=_in_order(pk for pk, is_excluded in groups if not is_excluded),
        excluded_group_ids=_in_order(pk for pk, is_excluded in groups if is_excluded),
        placeholders=campaign.places,
        author=str(campaign.author) if campaign.author else None,
        created_at=campaign.created_at,
        started_at=campaign.started_at,
        finished_at=campaign.finished_at,
        recipient_count=campaign.recipient_count,
        delivered_count=delivered_count,
        left_out=CampaignLeftOut(
            duplicate=campaign.duplicate_count,
            opted_out=campaign.opted_out_count,
            blocked=campaign.blocked_count,
            excluded=campaign.excluded_count,
            invalid=campaign.invalid_count,
        ),
        segment_count=campaign.segment_count,
        cost=campaign.cost,
        trouble=campaign.trouble.replace("_", "-") or None,
    )


def _sender(campaign: Campaign) -> str | None:
    if campaign.sender_name is not None:
        return campaign.sender_name.name
    return phone_out(campaign.number.digits) if campaign.number is not None else None


def _mms(campaign: Campaign) -> CampaignMms | None:
    if campaign.kind != SendKind.MMS:
        return None
    files = [
        CampaignFile(
            name=one.name,
            content_type=one.content_type,
            size=one.size,
            url=absolute_media_link(one.sha256, one.content_type, account=campaign.account, name=one.name or "file"),
        )
        for one in files_of(campaign)
    ]
    return CampaignMms(subject=campaign.subject, files=files)


def _in_order(group_ids: Iterable[int]) -> list[int]:
    return sorted(group_ids)
