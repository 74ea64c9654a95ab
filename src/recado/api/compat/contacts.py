"""The actions `contacts/*` (provider-api.md §6.5).

What belongs here: parameters in, rows out. What does not: what contacts are and who may see them; that is asked of `apps.contacts`.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from recado.api.compat.call import Answer, Call, listing
from recado.api.compat.errors import INVALID_DATA, INVALID_ID, PHONE_INVALID, REQUIRED, ApiError
from recado.api.compat.groups import MAX_NAME
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.blocking import block_of
from recado.apps.contacts.importing import import_contacts
from recado.apps.contacts.models import Contact
from recado.apps.contacts.phone import to_e164
from recado.apps.contacts.queries import NotFoundError, contacts_of, get_contact_for, get_group_for
from recado.apps.contacts.services import DETAIL_FIELDS, ContactExistsError, add_contact, delete_contacts, edit_contact

_NO_GROUP = "none"
_LENGTHS = {name: getattr(Contact._meta.get_field(name), "max_length", None) or 10_000 for name in DETAIL_FIELDS}  # noqa: SLF001  # documented
_SORTS = {name: name for name in DETAIL_FIELDS} | {"id": "pk", "phone": "msisdn", "name": "last_name"}


def add(call: Call) -> Answer:
    """Add a contact, or complete the one with this phone; groups that do not exist are passed over."""
    details = _details(call)
    contact = add_contact(call.account, call.params.msisdn(), details, _group_ids(call), source=Contact.Source.API)
    return {"success": True, "id": contact.pk}


def index(call: Call) -> Answer:
    """List contacts: all, of one group, or (`group_id` = `none`) of no group."""
    search = call.params.text("search")
    asked = call.params.text("group_id").strip()
    sort = _SORTS.get(call.params.text("sort"), "pk")
    descending = call.params.text("order").lower() == "desc"
    try:
        group = get_group_for(call.account, call.params.identifier("group_id")) if asked and asked != _NO_GROUP else None
    except NotFoundError as error:
        raise ApiError(INVALID_ID) from error
    found = contacts_of(call.account, search=search, group=group, without_group=asked == _NO_GROUP)
    return listing(call, found.order_by(f"-{sort}" if descending else sort, "pk"), _row_with_group)


def view(call: Call) -> Answer:
    """Show one contact."""
    contact = _contact(call, call.params.identifier())
    return contact_row(contact, is_blocked=block_of(call.account, contact.msisdn) is not None)


def edit(call: Call) -> Answer:
    """Change what is given of a contact; `group_id` says anew which groups it is in."""
    contact = _contact(call, call.params.identifier())
    msisdn = call.params.msisdn() if call.params.has("phone") else None
    try:
        group_ids = _group_ids(call) if call.params.has("group_id") else None
        edit_contact(contact, msisdn=msisdn, details=_details(call), group_ids=group_ids, source=Contact.Source.API)
    except ContactExistsError as error:
        raise ApiError(PHONE_INVALID) from error
    return {"success": True, "id": contact.pk}


def delete(call: Call) -> Answer:
    """Remove one contact or several, all or none of them."""
    ids = set(call.params.identifiers())
    if not ids:
        raise ApiError(REQUIRED)
    contacts = list(contacts_of(call.account).filter(pk__in=ids))
    if len(contacts) != len(ids):
        raise ApiError(INVALID_ID)
    delete_contacts(call.account, contacts)
    return {"success": True}


def import_(call: Call) -> Answer:
    """Import contacts into a new group."""
    name = call.params.text("group_name").strip()
    if not name:
        raise ApiError(REQUIRED)
    rows = call.params.rows("contact")
    if len(name) > MAX_NAME:
        raise ApiError(INVALID_DATA)
    result = import_contacts(call.account, name, [_importable(row) for row in rows])
    return {"success": True, "id": result.group.pk, "correct": result.correct, "failed": result.failed}


def shows_contact(call: Call) -> bool:
    """Whether messages are to be shown with their contacts: where that is asked for, and the login may see contacts."""
    return call.params.boolean("show_contact") and call.may(Scope.CONTACTS_READ)


def contact_row(contact: Contact, *, is_blocked: bool) -> dict[str, Any]:
    """Show a contact as every list does, without groups."""
    details = {name: getattr(contact, name) for name in DETAIL_FIELDS}
    return {"id": contact.pk, "phone": to_e164(contact.msisdn), **details, "blacklist": is_blocked}


def _row_with_group(contact: Any) -> dict[str, Any]:
    return {
        **contact_row(contact, is_blocked=contact.is_blocked),
        "group_id": contact.shown_group_id,
        "group_name": contact.shown_group_name,
    }


def _contact(call: Call, contact_id: int) -> Contact:
    try:
        return get_contact_for(call.account, contact_id)
    except NotFoundError as error:
        raise ApiError(INVALID_ID) from error


def _group_ids(call: Call) -> tuple[int, ...]:
    """Read the groups a contact shall be in; `none` says in no group."""
    return () if call.params.values.get("group_id") == _NO_GROUP else call.params.identifiers("group_id")


def _details(call: Call) -> dict[str, str]:
    details = {name: call.params.text(name).strip() for name in DETAIL_FIELDS if call.params.values.get(name) is not None}
    if any(len(value) > _LENGTHS[name] for name, value in details.items()):
        raise ApiError(INVALID_DATA)
    if details.get("email") and not _is_email(details["email"]):
        raise ApiError(INVALID_DATA)
    return details


def _importable(row: Mapping[str, str]) -> dict[str, str]:
    """Cut what is too long instead of refusing a whole list for it, and leave out an e-mail address that is none."""
    cut = {name: row[name].strip()[: _LENGTHS[name]] for name in DETAIL_FIELDS if name in row}
    if not _is_email(cut.get("email", "")):
        cut.pop("email", None)
    return {"phone": row.get("phone", ""), **cut}


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
