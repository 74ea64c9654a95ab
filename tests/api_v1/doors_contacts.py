"""Doors of contacts, members, imports, opt-outs and blocked senders."""

from django.utils import timezone

from api_v1.doors import Door
from recado.apps.contacts.batches import import_some, keep_table, start
from recado.apps.contacts.blocking import block
from recado.apps.contacts.memberships import sealed
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.contacts.services import add_contact, add_group

PHONE = "+48604218377"
DIGITS = "48604218377"


def a_contact(account):
    return {"contact_id": add_contact(account, DIGITS).pk}


def a_group(account):
    return {"group_id": add_group(account, "Gardeners").pk}


def a_member(account):
    group = add_group(account, "Gardeners")
    return {"group_id": group.pk, "contact_id": add_contact(account, DIGITS, {}, [group.pk]).pk}


def an_import(account):
    return {"import_id": keep_table(account, None, [["phone", "name"], ["604218377", "Ewa"]]).pk}


def a_done_import(account):
    found = keep_table(account, None, [["phone"], ["604218377"]])
    start(found, None)
    import_some(found)
    return {"import_id": found.pk}


def an_opt_out(account):
    return {"opt_out_id": opt_out(account, DIGITS, OptOut.Scope.ACCOUNT, now=timezone.now()).pk}


def a_blocked_sender(account):
    return {"blocked_id": block(account, DIGITS)[0].pk}


DOORS = {
    "list_contacts": Door(),
    "add_contact": Door(body={"phone": PHONE}),
    "export_contacts": Door(),
    "delete_contacts": Door(body={"contact_ids": [1]}),
    "get_contact": Door(a_contact),
    "edit_contact": Door(a_contact, body={"first_name": "Ewa"}),
    "delete_contact": Door(a_contact),
    "list_contact_memberships": Door(a_contact),
    "list_contact_consents": Door(a_contact),
    "list_consents": Door(query={"phone": DIGITS}),
    "get_contact_data": Door(a_contact),
    "erase_contact": Door(a_contact),
    "list_group_members": Door(a_group),
    "add_group_members": Door(a_group, body={"phones": [PHONE]}),
    "remove_group_members": Door(a_group, body={"phones": [PHONE]}),
    "restore_group_members": Door(a_group, body={"undo": sealed([])}),
    "get_group_growth": Door(a_group),
    "get_group_member": Door(a_member),
    "edit_group_member": Door(a_member, body={"ends_at": None}),
    "remove_group_member": Door(a_member),
    "list_imports": Door(),
    "add_import": Door(body={"rows": [{"phone": PHONE}]}),
    "upload_import": Door(body={"file": b"phone;name\n604218377;Ewa"}),
    "get_import": Door(an_import),
    "edit_import": Door(an_import, body={"columns": ["phone", ""]}),
    "check_import": Door(an_import),
    "get_bad_rows": Door(an_import),
    "run_import": Door(an_import, body={}),
    "undo_import": Door(a_done_import),
    "list_opt_outs": Door(),
    "add_opt_out": Door(body={"phone": PHONE}),
    "get_opt_out": Door(an_opt_out),
    "lift_opt_out": Door(an_opt_out, body={"reason": "Asked again in the shop"}),
    "list_blocked_senders": Door(),
    "block_sender": Door(body={"sender": PHONE}),
    "get_blocked_sender": Door(a_blocked_sender),
    "unblock_sender": Door(a_blocked_sender),
}
