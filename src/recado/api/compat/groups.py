"""The actions `groups/*` (provider-api.md §6.5).

What belongs here: parameters in, rows out. What does not: what groups are and who may see them; that is asked of `apps.contacts`.
"""

from typing import Any

from recado.api.compat.call import Answer, Call, listing
from recado.api.compat.errors import INVALID_DATA, INVALID_ID, REQUIRED, ApiError
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import NotFoundError, get_group_for, groups_of, memberships_of_number
from recado.apps.contacts.services import GroupInUseError, add_group, delete_groups, rename_group

MAX_NAME = 100
"""Signs in a group's name."""
_SORTS = {"id": "pk", "name": "name", "count": "contact_count"}


def add(call: Call) -> Answer:
    """Add a group."""
    return {"success": True, "id": add_group(call.account, _name(call)).pk}


def index(call: Call) -> Answer:
    """List groups with the number of their contacts; Perl's library sends `name` where the others send `search`."""
    search = call.params.text("search") or call.params.text("name")
    sort = _SORTS.get(call.params.text("sort"), "pk")
    descending = call.params.text("order").lower() == "desc"
    return listing(call, groups_of(call.account, search.strip()).order_by(f"-{sort}" if descending else sort, "pk"), _row)


def view(call: Call) -> Answer:
    """Show one group."""
    return _row(_group(call, call.params.identifier()))


def edit(call: Call) -> Answer:
    """Rename a group."""
    group = _group(call, call.params.identifier())
    rename_group(group, _name(call))
    return {"success": True, "id": group.pk}


def delete(call: Call) -> Answer:
    """Remove one group or several, all or none of them."""
    ids = call.params.identifiers()
    if not ids:
        raise ApiError(REQUIRED)
    groups = list(groups_of(call.account).filter(pk__in=ids))
    if len(groups) != len(set(ids)):
        raise ApiError(INVALID_ID)
    try:
        delete_groups(call.account, groups, with_contacts=call.params.boolean("delete_contacts"))
    except GroupInUseError as error:
        raise ApiError(INVALID_DATA) from error
    return {"success": True}


def check(call: Call) -> Answer:
    """List the groups a phone is in."""
    memberships = memberships_of_number(call.account, call.params.msisdn())
    items = [{"id": each.contact_id, "group_id": each.group_id, "group_name": each.group.name} for each in memberships]
    return {"items": items}


def _name(call: Call) -> str:
    call.params.require("name")
    name = call.params.text("name").strip()
    if not name:
        raise ApiError(REQUIRED)
    if len(name) > MAX_NAME:
        raise ApiError(INVALID_DATA)
    return name


def _group(call: Call, group_id: int) -> Group:
    try:
        return get_group_for(call.account, group_id)
    except NotFoundError as error:
        raise ApiError(INVALID_ID) from error


def _row(group: Any) -> dict[str, Any]:
    return {"id": group.pk, "name": group.name, "count": group.contact_count}
