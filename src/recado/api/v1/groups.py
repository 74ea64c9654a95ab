"""`/groups`: contact groups and who is in them.

What belongs here: routes and shapes. What does not: what a group is and who may see it; that is asked of `apps.contacts`.
"""

from typing import Annotated

from django.db import transaction
from ninja import Path, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Search, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import get_group_for, groups_of, members_of
from recado.apps.contacts.services import GroupInUseError, add_group, delete_groups, rename_group

router = Router(tags=["Groups"])
Name = Annotated[Text, Field(min_length=1, max_length=100, pattern=r"\S")]


class GroupIn(Schema):
    """What a group is called."""

    name: Name


class GroupOut(Schema):
    """A group."""

    id: int
    name: str
    contact_count: int


@router.get("", auth=key(Scope.CONTACTS_READ), response=Page[GroupOut], operation_id="list_groups", summary="List groups")
def list_groups(request: ProgramRequest, paging: PagingQuery, search: Search = "") -> Page[GroupOut]:
    """Newest first; `search` finds part of a name."""
    return newest_first(groups_of(request.account, search.strip()), paging, _shown)


@router.post("", auth=key(Scope.CONTACTS_WRITE), response={201: GroupOut}, operation_id="add_group", summary="Add a group")
def add(request: ProgramRequest, body: GroupIn) -> Status[GroupOut]:
    """Several groups may have the same name."""
    return Status(201, _shown(get_group_for(request.account, add_group(request.account, body.name.strip()).pk)))


@router.get("/{group_id}", auth=key(Scope.CONTACTS_READ), response=GroupOut, operation_id="get_group", summary="Show a group")
def show(request: ProgramRequest, group_id: Path[Id]) -> GroupOut:
    """One group with the number of contacts in it."""
    return _shown(get_group_for(request.account, group_id))


@router.patch("/{group_id}", auth=key(Scope.CONTACTS_WRITE), response=GroupOut, operation_id="edit_group", summary="Rename a group")
def edit(request: ProgramRequest, group_id: Path[Id], body: GroupIn) -> GroupOut:
    """Its contacts stay in it."""
    rename_group(get_group_for(request.account, group_id), body.name.strip())
    return _shown(get_group_for(request.account, group_id))


@router.delete("/{group_id}", auth=key(Scope.CONTACTS_WRITE), response={204: None}, operation_id="delete_group", summary="Delete a group")
@transaction.atomic
def delete(request: ProgramRequest, group_id: Path[Id]) -> Status[None]:
    """Leave its contacts where they are. Refused (409 `in-use`) while a rule depends on it."""
    found = get_group_for(request.account, group_id)
    note(request, "group.deleted", found.name, found.pk, before={"contacts": members_of(found).count()})
    try:
        delete_groups(request.account, [found])
    except GroupInUseError as error:
        raise conflict("in-use", "A rule or an autoresponder depends on the group. Change that first.") from error
    return Status(204, None)


def _shown(group: Group) -> GroupOut:
    return GroupOut(id=group.pk, name=group.name, contact_count=getattr(group, "contact_count", 0))
