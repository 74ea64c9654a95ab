"""Access to contacts and groups."""

from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.contacts.services import add_contact, add_group


def a_contact(account, user):
    return {"contact_id": add_contact(account, "48604218377").pk}


def a_group(account, user):
    return {"group_id": add_group(account, "Ogród").pk}


def a_membership(account, user):
    group = add_group(account, "Ogród")
    return {"group_id": group.pk, "contact_id": add_contact(account, "48604218377", {}, [group.pk]).pk}


DOORS = {
    "contacts": Door(refuses=Role.BILLING),
    "new-contact": Door(refuses=Role.AGENT),
    "contact": Door(a_contact, Role.BILLING),
    "contact-delete": Door(a_contact, Role.AGENT, "post"),
    "groups": Door(refuses=Role.BILLING),
    "group": Door(a_group, Role.BILLING),
    "group-delete": Door(a_group, Role.AGENT, "post"),
    "group-leave": Door(a_membership, Role.AGENT, "post"),
}
