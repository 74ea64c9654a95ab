"""`/groups/{group_id}/members`: who is in a group, since when and until when; joining, leaving, coming back.

What belongs here: routes. What does not: shapes (`member_shapes`), groups as such (`groups`), who may be put into one
(`apps.contacts.memberships`).
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.member_shapes import (
    DayOut,
    GrowthOut,
    JoinedOut,
    JoinsOut,
    LeftOut,
    MemberOut,
    MemberPatch,
    PeopleIn,
    RestoredOut,
    UndoIn,
    member_out,
)
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.memberships import (
    TooLateError,
    add_to_group,
    get_membership_for,
    remove_from_group,
    restore,
    sealed,
    set_end,
    unsealed,
    until,
)
from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.queries import contacts_among, contacts_by_number, get_group_for, joined_per_day, memberships_of
from recado.apps.contacts.services import add_or_complete

router = Router(tags=["Groups"])
API = Contact.Source.API


@router.get(
    "/{group_id}/members",
    auth=key(Scope.CONTACTS_READ),
    response=Page[MemberOut],
    operation_id="list_group_members",
    summary="List who is in a group",
)
def list_members(request: ProgramRequest, group_id: Path[Id], paging: PagingQuery) -> Page[MemberOut]:
    """Who joined last comes first."""
    return newest_first(memberships_of(get_group_for(request.account, group_id)), paging, member_out)


@router.post(
    "/{group_id}/members",
    auth=key(Scope.CONTACTS_WRITE),
    response=JoinsOut,
    operation_id="add_group_members",
    summary="Put people into a group",
)
@transaction.atomic
def add(request: ProgramRequest, group_id: Path[Id], body: PeopleIn) -> JoinsOut:
    """By contact or by phone; who is no contact yet becomes one. Who opted out stays out. Repeating it changes nothing."""
    group = get_group_for(request.account, group_id)
    by_phone = [add_or_complete(request.account, phone, source=API) for phone in dict.fromkeys(body.phones)]
    new = {one.pk for one, is_new in by_phone if is_new}
    people = {one.pk: one for one in (*contacts_among(request.account, body.contact_ids), *(one for one, _ in by_phone))}
    done = add_to_group(request.account, group, people, source=API)
    if done.added:
        note(request, "group.joined", group.name, group.pk, after={"contacts": done.added})
    return JoinsOut(
        members=[
            JoinedOut(
                contact_id=pk,
                phone=phone_out(one.msisdn),
                is_new_contact=pk in new,
                outcome="joined" if pk in done.joined else "opted-out" if pk in done.kept_out else "already-there",
            )
            for pk, one in people.items()
        ],
        not_found=sorted(set(body.contact_ids) - people.keys()),
    )


@router.post(
    "/{group_id}/members/remove",
    auth=key(Scope.CONTACTS_WRITE),
    response=LeftOut,
    operation_id="remove_group_members",
    summary="Take people out of a group",
)
def remove(request: ProgramRequest, group_id: Path[Id], body: PeopleIn) -> LeftOut:
    """Who is not in it is passed over."""
    group = get_group_for(request.account, group_id)
    by_phone = contacts_by_number(request.account, body.phones)
    return _remove(request, group, {*body.contact_ids, *(one.pk for one in by_phone.values())})


@router.post(
    "/{group_id}/members/restore",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: RestoredOut, 409: ProblemOut},
    operation_id="restore_group_members",
    summary="Bring removed people back",
)
@transaction.atomic
def bring_back(request: ProgramRequest, group_id: Path[Id], body: UndoIn) -> RestoredOut:
    """They are in the group again with the consent they gave, but nobody who opted out since. 409 `too-late` after an hour."""
    group = get_group_for(request.account, group_id)
    try:
        left = unsealed(body.undo)
    except TooLateError as error:
        raise conflict("too-late", "`undo` is older than an hour, or none of ours. Use add_members instead.") from error
    restored = restore(request.account, [one for one in left if one["group"] == group.pk], source=API)
    if restored:
        note(request, "group.joined", group.name, group.pk, after={"contacts": restored})
    return RestoredOut(restored=restored)


@router.get(
    "/{group_id}/members/{contact_id}",
    auth=key(Scope.CONTACTS_READ),
    response=MemberOut,
    operation_id="get_group_member",
    summary="Show a member",
)
def show(request: ProgramRequest, group_id: Path[Id], contact_id: Path[Id]) -> MemberOut:
    """404 where the contact is not in the group."""
    return member_out(get_membership_for(request.account, group_id, contact_id))


@router.patch(
    "/{group_id}/members/{contact_id}",
    auth=key(Scope.CONTACTS_WRITE),
    response=MemberOut,
    operation_id="edit_group_member",
    summary="Say until when somebody is in a group",
)
@transaction.atomic
def edit(request: ProgramRequest, group_id: Path[Id], contact_id: Path[Id], body: MemberPatch) -> MemberOut:
    """Who is to leave now is removed instead."""
    membership = get_membership_for(request.account, group_id, contact_id)
    if body.ends_at is not None and body.ends_at <= timezone.now():
        raise invalid("body.ends_at", "is over; take the person out of the group instead")
    before = until(membership, request.account.zone)
    set_end(membership, body.ends_at)
    after = {"group": membership.group.name, "until": until(membership, request.account.zone)}
    note(request, "group.end_changed", str(membership.contact), contact_id, before={"until": before}, after=after)
    return member_out(membership)


@router.delete(
    "/{group_id}/members/{contact_id}",
    auth=key(Scope.CONTACTS_WRITE),
    response={204: None},
    operation_id="remove_group_member",
    summary="Take somebody out of a group",
)
def leave(request: ProgramRequest, group_id: Path[Id], contact_id: Path[Id]) -> Status[None]:
    """Keep the contact."""
    membership = get_membership_for(request.account, group_id, contact_id)
    _remove(request, membership.group, {contact_id})
    return Status(204, None)


@router.get(
    "/{group_id}/growth",
    auth=key(Scope.CONTACTS_READ),
    response=GrowthOut,
    operation_id="get_group_growth",
    summary="Show how a group grew",
)
def growth(
    request: ProgramRequest, group_id: Path[Id], days: Annotated[int, Field(ge=1, le=365, description="How many, up to today.")] = 30
) -> GrowthOut:
    """How many of those who are in it joined on each day of the account's calendar, the oldest first."""
    group = get_group_for(request.account, group_id)
    with timezone.override(request.account.zone):
        return GrowthOut(days=[DayOut(day=day, joined=joined) for day, joined in joined_per_day(group, days)])


@transaction.atomic
def _remove(request: ProgramRequest, group: Group, contact_ids: set[int]) -> LeftOut:
    left = remove_from_group(request.account, group, contact_ids, source=API)
    if left:
        note(request, "group.left", group.name, group.pk, before={"contacts": len(left)})
    return LeftOut(left=sorted(one["contact"] for one in left), undo=sealed(left) if left else None)
