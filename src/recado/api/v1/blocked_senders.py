"""`/blocked-senders`: whom the account does not want to hear from.

What belongs here: routes and shapes. What does not: the list itself (`apps.contacts.blocking`), who does not want to be written to
(`opt_outs`).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from ninja import Path, Router, Schema, Status
from pydantic import AfterValidator, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.blocking import block, blocked_senders, get_blocked_for, parse_sender, unblock
from recado.apps.contacts.models import BlockedSender

router = Router(tags=["Blocked senders"])


def _sender(value: str) -> str:
    found = parse_sender(value)
    if found is None:
        raise ValueError("is neither a phone number nor the name or short code of a sender")
    return found


class BlockIn(Schema):
    """Whom to block."""

    sender: Annotated[Text, AfterValidator(_sender), Field(max_length=40, description="A phone, a name or a short code.")]
    reason: Annotated[Text, Field(max_length=200)] = ""


class BlockedOut(Schema):
    """A blocked sender."""

    id: int
    sender: str
    reason: str
    created_at: datetime


class BlockOut(BlockedOut):
    """A sender that is blocked now."""

    is_new: bool


@router.get(
    "", auth=key(Scope.CONTACTS_READ), response=Page[BlockedOut], operation_id="list_blocked_senders", summary="List blocked senders"
)
def list_blocked(request: ProgramRequest, paging: PagingQuery) -> Page[BlockedOut]:
    """Who was blocked last comes first."""
    return newest_first(blocked_senders(request.account), paging, _shown)


@router.post(
    "", auth=key(Scope.CONTACTS_WRITE), response={200: BlockOut, 201: BlockOut}, operation_id="block_sender", summary="Block a sender"
)
@transaction.atomic
def add(request: ProgramRequest, body: BlockIn) -> Status[BlockOut]:
    """Store what it sends from now on, and do nothing else. One that is blocked already stays as it is (200)."""
    found, is_new = block(request.account, body.sender, body.reason.strip())
    if is_new:
        note(request, "sender.blocked", phone_out(found.msisdn), found.pk)
    return Status(201 if is_new else 200, BlockOut(**_shown(found).model_dump(), is_new=is_new))


@router.get(
    "/{blocked_id}", auth=key(Scope.CONTACTS_READ), response=BlockedOut, operation_id="get_blocked_sender", summary="Show a blocked sender"
)
def show(request: ProgramRequest, blocked_id: Path[Id]) -> BlockedOut:
    """One of the list."""
    return _shown(get_blocked_for(request.account, blocked_id))


@router.delete(
    "/{blocked_id}", auth=key(Scope.CONTACTS_WRITE), response={204: None}, operation_id="unblock_sender", summary="Hear from a sender again"
)
@transaction.atomic
def delete(request: ProgramRequest, blocked_id: Path[Id]) -> Status[None]:
    """Leave what it sent meanwhile as it was stored."""
    found = get_blocked_for(request.account, blocked_id)
    unblock(found)
    note(request, "sender.unblocked", phone_out(found.msisdn), blocked_id)
    return Status(204, None)


def _shown(one: BlockedSender) -> BlockedOut:
    return BlockedOut(id=one.pk, sender=phone_out(one.msisdn), reason=one.reason, created_at=one.created_at)
