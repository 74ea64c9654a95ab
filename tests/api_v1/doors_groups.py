"""Doors of `/groups`."""

from api_v1.doors import Door
from recado.apps.contacts.services import add_group


def a_group(account):
    return {"group_id": add_group(account, "Gardeners").pk}


DOORS = {
    "list_groups": Door(),
    "add_group": Door(body={"name": "Gardeners"}),
    "get_group": Door(a_group),
    "edit_group": Door(a_group, body={"name": "Florists"}),
    "delete_group": Door(a_group),
}
