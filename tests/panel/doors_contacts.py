"""Access to contacts and groups."""

from django.utils import timezone

from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.contacts.batches import keep_table
from recado.apps.contacts.blocking import block
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.contacts.services import add_contact, add_group


def a_contact(account, user):
    return {"contact_id": add_contact(account, "48604218377").pk}


def a_group(account, user):
    return {"group_id": add_group(account, "Ogród").pk}


def a_membership(account, user):
    group = add_group(account, "Ogród")
    return {"group_id": group.pk, "contact_id": add_contact(account, "48604218377", {}, [group.pk]).pk}


def an_opt_out(account, user):
    return {"opt_out_id": opt_out(account, "48604218377", OptOut.Scope.ACCOUNT, now=timezone.now()).pk}


def a_blocked_sender(account, user):
    return {"blocked_id": block(account, "48604218377")[0].pk}


def an_import(account, user):
    return {"batch_id": keep_table(account, user, [["phone"], ["604218377"]]).pk}


DOORS = {
    "contacts": Door(refuses=Role.BILLING),
    "new-contact": Door(refuses=Role.AGENT),
    "contact": Door(a_contact, Role.BILLING),
    "contact-delete": Door(a_contact, Role.AGENT, "post"),
    "contacts-export": Door(refuses=Role.BILLING),
    "contacts-bulk": Door(refuses=Role.AGENT, method="post"),
    "contacts-rejoin": Door(refuses=Role.AGENT, method="post"),
    "contact-data": Door(a_contact, Role.BILLING),
    "contact-erase": Door(a_contact, Role.AGENT, "post"),
    "membership-end": Door(a_membership, Role.AGENT, "post"),
    "blocked": Door(refuses=Role.BILLING),
    "opt-out-add": Door(refuses=Role.AGENT, method="post", data={"msisdn": "604218377", "target": "account-0"}),
    "opt-out-lift": Door(an_opt_out, Role.AGENT, "post", {"reason": "Asked again"}),
    "sender-block": Door(refuses=Role.AGENT, method="post", data={"sender": "604218377"}),
    "sender-unblock": Door(a_blocked_sender, Role.AGENT, "post"),
    "import": Door(refuses=Role.AGENT),
    "import-mapping": Door(an_import, Role.AGENT),
    "import-check": Door(an_import, Role.AGENT),
    "import-bad": Door(an_import, Role.AGENT),
    "import-run": Door(an_import, Role.AGENT, "post"),
    "import-result": Door(an_import, Role.AGENT),
    "import-undo": Door(an_import, Role.AGENT, "post"),
    "group-join": Door(a_group, Role.AGENT, "post"),
    "groups": Door(refuses=Role.BILLING),
    "group": Door(a_group, Role.BILLING),
    "group-delete": Door(a_group, Role.AGENT, "post"),
    "group-leave": Door(a_membership, Role.AGENT, "post"),
}
