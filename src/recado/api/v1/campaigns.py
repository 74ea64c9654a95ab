"""`/campaigns`: group sends as drafts: which there are, writing one, copying and deleting it.

What belongs here: routes. What does not: people of a draft (`campaign_people`), sending it (`campaign_sending`), its report
(`campaign_report`), what a campaign is (`apps.campaigns`).
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.campaign_shapes import CampaignIn, CampaignOut, shown
from recado.api.v1.campaign_trouble import NO_SENDER, REFUSED, campaign_problems, not_a_test
from recado.api.v1.mms_drafts import kept_files
from recado.api.v1.paging import Page, PagingQuery, page_of, position
from recado.api.v1.problems import ProblemOut, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Search
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.errors import CampaignError
from recado.apps.campaigns.limits import check_moment
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import set_files
from recado.apps.campaigns.overview import delivered_counts
from recado.apps.campaigns.queries import campaigns_of, get_campaign_for, groups_of_campaign
from recado.apps.campaigns.services import copy, create_draft, delete_draft, edit_draft, set_groups
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import group_names_of
from recado.apps.mms.drafts import DraftFile
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.senders import NoSenderError, SenderRefusal, written_sender

router = Router(tags=["Campaigns"])
AS_THEY_ARE = ("name", "text", "scheduled_at", "validity_minutes", "per_minute", "is_flash", "is_test", "keeps_quiet_hours")


class CampaignFilter(Schema):
    """Which group sends are wanted; what is left out does not narrow."""

    state: list[Campaign.State] = Field(default_factory=list, max_length=10)
    search: Search = ""


@router.get("", auth=key(Scope.MESSAGES_READ), response=Page[CampaignOut], operation_id="list_campaigns", summary="List group sends")
def list_campaigns(request: ProgramRequest, paging: PagingQuery, only: Query[CampaignFilter]) -> Page[CampaignOut]:
    """Newest first; `state` may be given several times, `search` finds part of a name."""
    found = campaigns_of(request.account, only.state, only.search.strip()).prefetch_related("audience")
    before = position(paging)
    some = list((found.filter(pk__lt=before) if before else found)[: paging.limit + 1])
    delivered = delivered_counts([one for one in some if one.started_at])
    return page_of(some, paging, lambda one: shown(one, delivered.get(one.pk, 0)))


@router.post("", auth=key(Scope.MESSAGES_SEND), response={201: CampaignOut}, operation_id="add_campaign", summary="Begin a group send")
@transaction.atomic
def add(request: ProgramRequest, body: CampaignIn) -> Status[CampaignOut]:
    """Make a draft; nothing is sent. With a key for tests it is a test."""
    content = _content(request, body) | ({"is_test": True} if request.auth.is_test else {})
    made = create_draft(request.account, **content)
    _set_groups(request.account, made, body)
    _set_files(request.account, made, body)
    return Status(201, answer(request, made.pk))


@router.get("/{campaign_id}", auth=key(Scope.MESSAGES_READ), response=CampaignOut, operation_id="get_campaign", summary="Show a group send")
def show(request: ProgramRequest, campaign_id: Path[Id]) -> CampaignOut:
    """One group send, whatever its state."""
    return answer(request, campaign_id)


@router.patch(
    "/{campaign_id}",
    auth=key(Scope.MESSAGES_SEND),
    response={200: CampaignOut, 409: ProblemOut},
    operation_id="edit_campaign",
    summary="Change a draft",
)
@transaction.atomic
def edit(request: ProgramRequest, campaign_id: Path[Id], body: CampaignIn) -> CampaignOut:
    """Change what is given. Refused (409 `not-a-draft`) once it was sent or scheduled."""
    found = get_campaign_for(request.account, campaign_id)
    content = _content(request, body, found)
    if request.auth.is_test and content.get("is_test") is False:
        raise not_a_test()
    with campaign_problems():
        edit_draft(found, **content)
        _set_groups(request.account, found, body)
        _set_files(request.account, found, body)
    return answer(request, campaign_id)


@router.delete(
    "/{campaign_id}",
    auth=key(Scope.MESSAGES_SEND),
    response={204: None, 409: ProblemOut},
    operation_id="delete_campaign",
    summary="Delete a draft",
)
@transaction.atomic
def delete(request: ProgramRequest, campaign_id: Path[Id]) -> Status[None]:
    """Forget a draft. What was sent is kept (409 `not-a-draft`)."""
    found = get_campaign_for(request.account, campaign_id)
    note(request, "send.deleted", found.name, found.pk)
    with campaign_problems():
        delete_draft(found)
    return Status(204, None)


@router.post(
    "/{campaign_id}/copy",
    auth=key(Scope.MESSAGES_SEND),
    response={201: CampaignOut},
    operation_id="copy_campaign",
    summary="Copy a group send",
)
def copy_it(request: ProgramRequest, campaign_id: Path[Id]) -> Status[CampaignOut]:
    """Make a draft with everything of a group send but its time. With a key for tests it is a test."""
    made = copy(get_campaign_for(request.account, campaign_id))
    if request.auth.is_test:
        edit_draft(made, is_test=True)
    return Status(201, answer(request, made.pk))


def answer(request: ProgramRequest, campaign_id: int) -> CampaignOut:
    """Show a campaign as it is now."""
    found = get_campaign_for(request.account, campaign_id)
    return shown(found, delivered_counts([found])[found.pk])


def _content(request: ProgramRequest, body: CampaignIn, now: Campaign | None = None) -> dict[str, Any]:
    """Read what is given as fields of a campaign, as it is `now`; raise Problem."""
    given = body.model_fields_set
    content: dict[str, Any] = {name: getattr(body, name) for name in AS_THEY_ARE if name in given}
    if at := content.get("scheduled_at"):
        try:
            check_moment(at, timezone.now())
        except CampaignError as error:
            raise invalid("body.scheduled_at", REFUSED[error.reason]) from error
    if "sender" in given:
        content |= _sender(request.account, body.sender)
    if "mms" in given:
        content["subject"] = body.mms.subject.strip() if body.mms else ""
    is_mms = body.mms is not None if "mms" in given else now is not None and now.kind == SendKind.MMS
    if "sender" in given or "mms" in given:
        sender = content if "sender" in given else {"sender_name": now and now.sender_name, "number": now and now.number}
        content["kind"] = _kind(sender, is_mms=is_mms)
    return content


def _kind(sender: Mapping[str, Any], *, is_mms: bool) -> SendKind:
    if is_mms and sender["number"] is None:
        raise invalid("body.sender", NO_SENDER[SenderRefusal.NO_MMS])
    if is_mms:
        return SendKind.MMS
    return SendKind.FULL if sender["number"] or sender["sender_name"] else SendKind.ECO


def _set_files(account: Account, campaign: Campaign, body: CampaignIn) -> None:
    if "mms" in body.model_fields_set:
        set_files(campaign, [DraftFile.of(one) for one in kept_files(account, body.mms)] if body.mms else [])


def _sender(account: Account, written: str | None) -> dict[str, Any]:
    if written is None:
        return {"kind": SendKind.ECO, "sender_name": None, "number": None}
    try:
        name, number = written_sender(account, written)
    except NoSenderError as error:
        raise invalid("body.sender", NO_SENDER[error.reason]) from error
    return {"kind": SendKind.FULL, "sender_name": name, "number": number}


def _set_groups(account: Account, campaign: Campaign, body: CampaignIn) -> None:
    if not body.model_fields_set & {"group_ids", "excluded_group_ids"}:
        return
    chosen = [
        _groups(account, name, getattr(body, name)) if name in body.model_fields_set else _groups_now(campaign, is_excluded=is_excluded)
        for name, is_excluded in (("group_ids", False), ("excluded_group_ids", True))
    ]
    set_groups(campaign, chosen[0], chosen[1])


def _groups_now(campaign: Campaign, *, is_excluded: bool) -> list[Group]:
    return [one.group for one in groups_of_campaign(campaign, excluded=is_excluded)]


def _groups(account: Account, field: str, group_ids: Collection[int]) -> list[Group]:
    found = list(group_names_of(account).filter(pk__in=group_ids))
    if missing := set(group_ids) - {group.pk for group in found}:
        raise invalid(f"body.{field}", f"the account has no group {min(missing)}")
    return found
