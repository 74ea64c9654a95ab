"""`/opt-outs`: who wants no messages, of what, since when, with the proof.

What belongs here: routes and shapes. What does not: what an opt-out covers (`apps.contacts.opt_outs`), whom the account does not want to
hear from (`blocked_senders`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, page_of, position
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, PhoneIn, Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.models import Contact, OptOut
from recado.apps.contacts.opt_outs import get_opt_out_for, lift, note_opt_out, opt_out_page
from recado.apps.contacts.queries import group_names_of
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.queries import usable_numbers

router = Router(tags=["Opt-outs"])
API = Contact.Source.API
_TARGETS: dict[str, tuple[Callable[[Account], QuerySet[Any]], str]] = {
    OptOut.Scope.GROUP: (group_names_of, "name"),
    OptOut.Scope.NUMBER: (usable_numbers, "digits"),
    OptOut.Scope.KEYWORD: (keywords_of, "word"),
}
"""What each scope can name, and what that is called; `account` names nothing."""


class OptOutIn(Schema):
    """Somebody who does not want messages and said so elsewhere."""

    phone: PhoneIn
    scope: OptOut.Scope = Field(OptOut.Scope.ACCOUNT, description="`account` covers everything.")
    target_id: Id | None = Field(None, description="The id of the group, number or keyword; none for `account`.")
    text: Annotated[Text, Field(max_length=500, description="What they said: the proof.")] = ""


class LiftIn(Schema):
    """Why somebody may be written to again."""

    reason: Annotated[Text, Field(min_length=1, max_length=200, pattern=r"\S")]


class OptOutOut(Schema):
    """An opt-out."""

    id: int
    phone: str
    scope: OptOut.Scope
    target_id: int | None
    number_id: int | None = Field(description="The number it arrived on; none where it was noted by hand or by a program.")
    message_id: int | None
    text: str
    created_at: datetime
    lifted_at: datetime | None = Field(description="When a fresh sign-up, START, a person or a program ended it.")
    lift_reason: str


class NotedOptOutOut(OptOutOut):
    """An opt-out that is in force now."""

    is_new: bool


class NarrowedOptOuts(Schema):
    """Which opt-outs are asked for."""

    lifted: Annotated[bool, Field(description="Those that were ended, in place of those in force.")] = False
    digits: Annotated[str, Field(pattern=r"^[0-9]*$", max_length=20, description="Part of the phone.")] = ""


@router.get("", auth=key(Scope.CONTACTS_READ), response=Page[OptOutOut], operation_id="list_opt_outs", summary="List opt-outs")
def list_opt_outs(request: ProgramRequest, paging: PagingQuery, asked: Query[NarrowedOptOuts]) -> Page[OptOutOut]:
    """Those in force, or those that were lifted, the latest first."""
    rows = opt_out_page(request.account, lifted=asked.lifted, msisdn=asked.digits, before=position(paging), size=paging.limit)
    return page_of(rows, paging, _shown)


@router.post(
    "",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: NotedOptOutOut, 201: NotedOptOutOut},
    operation_id="add_opt_out",
    summary="Note an opt-out",
)
@transaction.atomic
def add(request: ProgramRequest, body: OptOutIn) -> Status[NotedOptOutOut]:
    """Nothing it covers is sent from now on. One that is noted already stays as it is (200). An opt-out of a group leaves the group."""
    name, now = _target_name(request.account, body), timezone.now()
    noted, is_new = note_opt_out(request.account, body.phone, body.scope, body.target_id or 0, now=now, source=API, text=body.text.strip())
    if is_new:
        note(request, "opt_out.noted", f"+{noted.msisdn}", noted.pk, after={"scope": noted.scope, "name": name})
    return Status(201 if is_new else 200, NotedOptOutOut(**_shown(noted).model_dump(), is_new=is_new))


@router.get("/{opt_out_id}", auth=key(Scope.CONTACTS_READ), response=OptOutOut, operation_id="get_opt_out", summary="Show an opt-out")
def show(request: ProgramRequest, opt_out_id: Path[Id]) -> OptOutOut:
    """One in force or one that was lifted."""
    return _shown(get_opt_out_for(request.account, opt_out_id, also_lifted=True))


@router.post(
    "/{opt_out_id}/lift",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: OptOutOut, 409: ProblemOut},
    operation_id="lift_opt_out",
    summary="Lift an opt-out",
)
@transaction.atomic
def end(request: ProgramRequest, opt_out_id: Path[Id], body: LiftIn) -> OptOutOut:
    """Only who asked for messages again may be written to again; `reason` is kept as the proof. 409 `already-lifted`."""
    found = get_opt_out_for(request.account, opt_out_id, also_lifted=True)
    if not lift(found, now=timezone.now(), source=API, reason=body.reason.strip()):
        raise conflict("already-lifted", "The opt-out is not in force any more. There is nothing to do.")
    note(request, "opt_out.lifted", f"+{found.msisdn}", found.pk, before={"scope": found.scope})
    return _shown(get_opt_out_for(request.account, opt_out_id, also_lifted=True))


def _target_name(account: Account, body: OptOutIn) -> str:
    """Name what an opt-out covers; raise Problem where the account has no such thing."""
    if body.scope == OptOut.Scope.ACCOUNT:
        if body.target_id is not None:
            raise invalid("body.target_id", "goes with a narrower scope; leave it out, everything is covered")
        return ""
    those, called = _TARGETS[body.scope]
    found = those(account).filter(pk=body.target_id or 0).first()
    if found is None:
        raise invalid("body.target_id", f"must be the id of a {body.scope.value} of this account")
    return str(getattr(found, called))


def _shown(one: OptOut) -> OptOutOut:
    return OptOutOut(
        id=one.pk,
        phone=phone_out(one.msisdn),
        scope=OptOut.Scope(one.scope),
        target_id=one.target_id or None,
        number_id=one.number_id,
        message_id=one.message_id,
        text=one.text,
        created_at=one.created_at,
        lifted_at=one.lifted_at,
        lift_reason=one.lift_reason,
    )
