"""`/contacts`: who the account knows: listed, added, changed, deleted, given as a file.

What belongs here: routes. What does not: shapes (`contact_shapes`), what is known about a person besides (`personal_data`), business rules
(`apps.contacts`).
"""

from collections.abc import Iterator

from django.db import transaction
from django.http import HttpResponseBase
from ninja import Path, Query, Router, Schema, Status

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.contact_shapes import (
    AddedContactOut,
    ContactIn,
    ContactOut,
    ContactPatch,
    ContactsIn,
    asked_group,
    check_groups,
    contact_out,
    contacts_out,
)
from recado.api.v1.csv_files import CSV_ANSWER, Cell, csv_response
from recado.api.v1.paging import Page, PagingQuery, cursor, position
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Search, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.opt_outs import barred_groups
from recado.apps.contacts.queries import contact_page, contacts_among, every_contact, get_contact_for
from recado.apps.contacts.services import DETAIL_FIELDS, ContactExistsError, add_or_complete, delete_contacts, edit_contact

router = Router(tags=["Contacts"])
LONGEST_EXPORT = 100_000
_COLUMNS = ["id", "phone", *DETAIL_FIELDS, "groups", "source", "created_at"]


class Narrowed(Schema):
    """Which contacts are asked for."""

    search: Search = ""
    group_id: Id | None = None
    source: Contact.Source | None = None


class DeletedOut(Schema):
    """What became of contacts that were to be deleted."""

    deleted: list[int]
    not_found: list[int]


@router.get("", auth=key(Scope.CONTACTS_READ), response=Page[ContactOut], operation_id="list_contacts", summary="List contacts")
def list_contacts(request: ProgramRequest, paging: PagingQuery, asked: Query[Narrowed]) -> Page[ContactOut]:
    """Newest first; `search` finds a phone, or part of a name, company, e-mail address, city or description."""
    found = contact_page(
        request.account,
        search=asked.search.strip(),
        group=asked_group(request.account, asked.group_id),
        source=asked.source or "",
        before=position(paging),
        size=paging.limit,
    )
    shown = found[: paging.limit]
    following = cursor(shown[-1].pk) if len(found) > paging.limit else None
    return Page(items=contacts_out(request.account, shown), next=following)


@router.post(
    "",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: AddedContactOut, 201: AddedContactOut},
    operation_id="add_contact",
    summary="Add a contact",
)
def add(request: ProgramRequest, body: ContactIn) -> Status[AddedContactOut]:
    """201 for a new one. A phone that is known is completed instead (200): what is empty or left out stays, and no group is left."""
    check_groups(request.account, body.group_ids)
    found, is_new = add_or_complete(request.account, body.phone, body.given(), body.group_ids, source=Contact.Source.API)
    kept_out = sorted(barred_groups(request.account.pk, found.msisdn, body.group_ids))
    shown = contact_out(request.account, found).model_dump()
    return Status(201 if is_new else 200, AddedContactOut(**shown, is_new=is_new, kept_out_of=kept_out))


@router.get(
    "/export", auth=key(Scope.CONTACTS_READ), operation_id="export_contacts", summary="Export contacts as CSV", openapi_extra=CSV_ANSWER
)
def export(request: ProgramRequest, asked: Query[Narrowed]) -> HttpResponseBase:
    """Give the contacts the list would show, all pages of it and at most 100,000, as a file while they are read."""
    group = asked_group(request.account, asked.group_id)
    return csv_response("contacts", _COLUMNS, _rows(request.account, asked, group))


@router.post(
    "/delete", auth=key(Scope.CONTACTS_WRITE), response=DeletedOut, operation_id="delete_contacts", summary="Delete several contacts"
)
@transaction.atomic
def delete_many(request: ProgramRequest, body: ContactsIn) -> DeletedOut:
    """Delete at most 200 contacts; ids that are none are passed over and said. Messages stay, and so does what is noted of consent."""
    chosen = contacts_among(request.account, body.contact_ids)
    there = {one.pk for one in chosen}
    if chosen:
        delete_contacts(request.account, chosen, source=Contact.Source.API)
        note(request, "contact.deleted", ", ".join(map(str, chosen)), before={"contacts": len(chosen)})
    return DeletedOut(deleted=sorted(there), not_found=sorted(set(body.contact_ids) - there))


@router.get("/{contact_id}", auth=key(Scope.CONTACTS_READ), response=ContactOut, operation_id="get_contact", summary="Show a contact")
def show(request: ProgramRequest, contact_id: Path[Id]) -> ContactOut:
    """One contact with its groups, and whether it may be written to."""
    return contact_out(request.account, get_contact_for(request.account, contact_id))


@router.patch(
    "/{contact_id}",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: ContactOut, 409: ProblemOut},
    operation_id="edit_contact",
    summary="Change a contact",
)
def edit(request: ProgramRequest, contact_id: Path[Id], body: ContactPatch) -> ContactOut:
    """Change what is sent and nothing else. `group_ids` are all groups it is in afterwards, but none it opted out of."""
    found = get_contact_for(request.account, contact_id)
    check_groups(request.account, body.group_ids or ())
    try:
        edit_contact(found, msisdn=body.phone, details=body.given(), group_ids=body.group_ids, source=Contact.Source.API)
    except ContactExistsError as error:
        raise conflict("phone-taken", "Another contact has this phone. Change or delete that one first.") from error
    return contact_out(request.account, get_contact_for(request.account, contact_id))


@router.delete(
    "/{contact_id}", auth=key(Scope.CONTACTS_WRITE), response={204: None}, operation_id="delete_contact", summary="Delete a contact"
)
@transaction.atomic
def delete(request: ProgramRequest, contact_id: Path[Id]) -> Status[None]:
    """Messages stay, and so does what is noted of consent; `erase_contact` forgets a person."""
    found = get_contact_for(request.account, contact_id)
    note(request, "contact.deleted", str(found), found.pk, before={"msisdn": found.msisdn})
    delete_contacts(request.account, [found], source=Contact.Source.API)
    return Status(204, None)


def _rows(account: Account, asked: Narrowed, group: Group | None) -> Iterator[list[Cell]]:
    found = every_contact(account, search=asked.search.strip(), group=group, source=asked.source or "", limit=LONGEST_EXPORT)
    for one in found:
        groups = ", ".join(group.name for group in one.groups.all())
        details = [getattr(one, name) for name in DETAIL_FIELDS]
        yield [one.pk, phone_out(one.msisdn), *details, groups, one.source, one.created_at]
